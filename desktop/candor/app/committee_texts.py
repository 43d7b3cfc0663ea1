"""The words of a resolution: the pack's template with what is known filled in.

What only people know stands in braces until somebody writes it; nothing is put with a brace left.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from candor.app import matter_reading
from candor.app.session import Session
from candor.app.words import day, listed
from candor.policy.terms import DecisionKind
from candor.records.matters import Case

_FIELD = re.compile(r"\{([a-z_]+)\}")
_NOBODY_OUT = "No member had to stand aside."


def matter_title(session: Session, case: Case) -> str:
    """ "Related person transaction RPT-2026-0001", as lists and resolutions name a matter."""
    form = session.form(matter_reading.newest(case).form)
    return f"{form.title['en']} {case.number}".strip()


def template(session: Session, kind: DecisionKind, fields: Mapping[str, str]) -> str:
    """The text that proposes a kind of decision; unknown fields stay in braces.

    Raises PackFaults where the pack has no text for that kind.
    """
    return filled(session.pack.text(f"resolution_{kind.value}"), fields)


def filled(text: str, fields: Mapping[str, str]) -> str:
    """``text`` with the named fields replaced."""
    return _FIELD.sub(lambda match: fields.get(match[1]) or match[0], text)


def open_fields(text: str) -> tuple[str, ...]:
    """The fields that nobody has filled in, as words."""
    return tuple(dict.fromkeys(name.replace("_", " ") for name in _FIELD.findall(text)))


def fields(
    session: Session,
    case: Case,
    *,
    body: str,
    out: tuple[str, ...],
    on: date | None,
    conditions: tuple[str, ...],
) -> dict[str, str]:
    """What a template can be filled with; '' where it is not known."""
    route = case.route
    return {
        "body": body,
        "matter": matter_title(session, case),
        "person": session.name_of(case.subject),
        "title": session.title_of(case.subject),
        "clause": route.clause if route else "",
        "date": day(on) if on else "",
        "recusals": recusals(session, out),
        "conditions": "; ".join(conditions),
    }


def recusals(session: Session, out: tuple[str, ...]) -> str:
    """Who took no part, as a sentence of the resolution and of the minutes."""
    if not out:
        return _NOBODY_OUT
    names = listed(tuple(session.name_of(person) for person in out), limit=len(out))
    return f"{names} took no part and received no papers."


def named(session: Session, sentence: str, people: tuple[str, ...]) -> str:
    """A sentence of the rules with names in place of ids."""
    for person in people:
        sentence = sentence.replace(person, session.name_of(person))
    return sentence
