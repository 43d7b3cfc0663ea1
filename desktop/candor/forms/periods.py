"""Relevant periods: the date that each stands for, and the words printed beside its questions."""

from __future__ import annotations

from datetime import date

from candor.forms import words
from candor.forms.answers import Context
from candor.forms.definition import Period, text_in
from candor.intervals import add_days, add_years, fiscal_year_start

KINDS = ("fiscal_year_start", "fiscal_years_back", "years_back", "days_ahead")
"""Every kind of period (forms/README.md)."""


def day(period: Period, context: Context) -> date:
    """The date that the period stands for. Raises ValueError where the context has no dates."""
    if period.kind == "years_back":
        return add_years(date.fromisoformat(context.determination_date), -period.count)
    if period.kind == "days_ahead":
        return add_days(date.fromisoformat(context.determination_date), period.count)
    year_end = date.fromisoformat(context.fiscal_year_end)
    back = period.count if period.kind == "fiscal_year_start" else period.count - 1
    return fiscal_year_start(year_end, back)


def compute(period: Period, context: Context, language: str = "en") -> tuple[date, str]:
    """The period's date and its text in words, e.g. (2026-01-01, "Since 1 January 2026").

    Raises ValueError where the context's dates are not ISO dates.
    """
    when = day(period, context)
    return when, text_in(period.text, language).replace("{date}", words.long_date(when, language))


def text(period: Period, context: Context, language: str = "en") -> str:
    """The period's text, with "…" for the date where the context has none."""
    try:
        return compute(period, context, language)[1]
    except ValueError:
        return text_in(period.text, language).replace("{date}", "…")
