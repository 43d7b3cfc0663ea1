"""Texts of a form with their merge fields filled: ``{period.lfy}``, ``{setting.auditor}``."""

from __future__ import annotations

import re
from datetime import date

from candor.forms import periods, words
from candor.forms.answers import Context
from candor.forms.definition import Form, Texts, text_in

_FIELD = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|[{}]")
_DATES = ("determination_date", "fiscal_year_end")


def faults(text: str, periods_known: set[str], settings: set[str]) -> tuple[str, ...]:
    """What is wrong with the merge fields of one text, as clauses."""
    found: list[str] = []
    for match in _FIELD.finditer(text):
        name = match[1]
        if match[0] in {"{{", "}}"} or name in _DATES:
            continue
        if name is None:
            found.append("a brace stands alone; write it twice to print it")
            continue
        base, _, member = name.partition(".")
        known = {"period": periods_known, "setting": settings}.get(base, set())
        if member not in known:
            found.append(f"“{{{name}}}” names nothing that this form declares")
    return tuple(found)


def fill(text: str, form: Form, context: Context, language: str = "en") -> str:
    """The text with every merge field replaced by its words."""

    def value(match: re.Match[str]) -> str:
        if match[0] in {"{{", "}}"}:
            return match[0][0]
        return _words_for(match[1] or "", form, context, language)

    return _FIELD.sub(value, text)


def wording(texts: Texts, form: Form, context: Context, language: str = "en") -> str:
    """The text in a language (else English, else the first), merge fields filled."""
    return fill(text_in(texts, language), form, context, language)


def _words_for(name: str, form: Form, context: Context, language: str) -> str:
    base, _, member = name.partition(".")
    if base == "setting":
        value = context.settings.get(member, form.settings.get(member, ""))
        plain = isinstance(value, bool) or not isinstance(value, int)
        return str(value) if plain else f"{value:,}"
    try:
        if base == "period":
            found = next(period for period in form.periods if period.id == member)
            return words.long_date(periods.day(found, context), language)
        return words.long_date(date.fromisoformat(getattr(context, base)), language)
    except ValueError:
        # A context without dates (a form looked at before its campaign) shows a gap to be filled.
        return "…"
