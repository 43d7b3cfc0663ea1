"""What somebody may tell: the forms that they may start, in plain words and grouped by meaning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from candor.app import matter_drafts, shipped_forms
from candor.app.session import Session
from candor.forms.definition import Form, text_in
from candor.policy.facts import Matter


@dataclass(frozen=True)
class MenuEntry:
    """One thing to tell: the plain words, and the form's own title."""

    form: str
    code: str
    words: str
    title: str


@dataclass(frozen=True)
class MenuGroup:
    """Things to tell that belong together."""

    title: str
    icon: str
    entries: tuple[MenuEntry, ...]


_GROUPS: tuple[tuple[str, str, tuple[tuple[Matter, str], ...]], ...] = (
    (
        "Gifts and hospitality",
        "inbox",
        (
            (Matter.GIFT_RECEIVED, "Somebody gave me something, or offered it"),
            (Matter.GIFT_GIVEN, "I want to give something for the Company"),
        ),
    ),
    (
        "Work and openings outside",
        "landmark",
        (
            (Matter.OUTSIDE_SERVICE, "I work, sit on a board or teach outside, or may soon"),
            (Matter.OPPORTUNITY, "I came across an opening that the Company may want"),
        ),
    ),
    (
        "Money and family",
        "users",
        (
            (Matter.FINANCIAL_INTEREST, "I or a relative have a stake in, or owe, a business"),
            (Matter.FAMILY_BUSINESS, "I would deal for the Company with a relative’s firm"),
            (Matter.RELATED_PERSON_TRANSACTION, "The Company deals with me, a relative or a firm"),
            (Matter.LOAN, "The Company would lend, advance or guarantee money"),
        ),
    ),
    (
        "Anything else in conflict",
        "scale",
        (
            (Matter.CONFLICT, "Something else could pull me two ways"),
            (Matter.DIRECTOR_INTEREST, "The Board will vote on something that touches me"),
            (Matter.WAIVER, "I ask that a rule not apply to me in one case"),
        ),
    ),
    (
        "Information, property and records",
        "file-text",
        (
            (Matter.INFORMATION_COPY, "I want to give information to people outside"),
            (Matter.PROPERTY_REMOVAL, "I want to take something off the premises"),
            (Matter.RETENTION_QUESTION, "May this record be thrown away or changed?"),
        ),
    ),
    (
        "Ask first",
        "circle-question-mark",
        ((Matter.GUIDANCE, "I am not sure what the Code asks of me"),),
    ),
    (
        "Confirmations",
        "badge-check",
        (
            (Matter.ACKNOWLEDGEMENT, "I confirm the Code of Conduct"),
            (Matter.ANNUAL_REVIEW, "I say whether what was approved is as it was"),
            (Matter.SUB_CERTIFICATION, "I certify my part of the financial reports"),
            (Matter.BUSINESS_PARTNER, "I record a partner who is held to the Code"),
        ),
    ),
)
"""Reports of concerns stand apart: they are sealed, and no draft of them is kept."""


def menu(session: Session, text: str = "") -> tuple[MenuGroup, ...]:
    """What the owner may tell; with ``text`` only what it finds, in any order of its words."""
    allowed = {form.matter: form for form in matter_drafts.forms(session)}
    wanted = text.casefold().split()
    found = []
    for title, icon, lines in _GROUPS:
        entries = tuple(
            MenuEntry(form.id, form.code, words, form.title)
            for matter, words in lines
            if (form := allowed.get(matter.value))
            and all(part in f"{words} {_haystack(form.id)}".casefold() for part in wanted)
        )
        if entries:
            found.append(MenuGroup(title, icon, entries))
    return tuple(found)


@lru_cache(maxsize=64)
def _haystack(form_id: str) -> str:
    """What a search looks through: a form's title, what it is for, and all that can be chosen."""
    return " ".join(_texts(shipped_forms.everything()[form_id]))


def _texts(form: Form) -> Iterator[str]:
    yield from (form.code, text_in(form.title, "en"), text_in(form.intro, "en"))
    for question in form.questions:
        yield text_in(question.short, "en")
        if question.section == form.sections[0].id:
            yield from (text_in(choice.label, "en") for choice in question.choices)
