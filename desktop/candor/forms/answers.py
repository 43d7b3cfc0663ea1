"""Answers as typed records, with what they are read against and what the checks report."""

from __future__ import annotations

import json
from collections import Counter
from enum import StrEnum
from typing import Any

import msgspec

from candor.forms.definition import Question
from candor.forms.kinds import Kind, Value


class Source(StrEnum):
    """How the filer knows a fact about a relative."""

    NONE = ""
    KNOWN = "known"
    ASKED = "asked"
    COULD_NOT_ASK = "could_not_ask"


class Provenance(StrEnum):
    """How an answer came to stand here."""

    TYPED = "typed"
    CONFIRMED = "confirmed"
    DISPUTED = "disputed"
    PREPARED = "prepared"
    PAPER = "paper"


class Change(StrEnum):
    """What the signed record says against last year."""

    NEW = "new"
    REAFFIRMED = "reaffirmed"
    CHANGED = "changed"


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """One answer; the JSON form of this struct is what a body item holds.

    ``unable`` non-empty means "unable to answer", with its reason: an exception, never a No;
    ``value`` is then None. ``dispute`` says what is wrong with a fact the company supplied.
    """

    question: str
    value: Value | None = None
    explanation: str = ""
    unable: str = ""
    comment: str = ""
    source: Source = Source.NONE
    provenance: Provenance = Provenance.TYPED
    change: Change = Change.NEW
    dispute: str = ""
    language: str = "en"
    rows: tuple[dict[str, Any], ...] = ()
    """The rows of a yes_no_explain question with columns; a table's rows are its ``value``."""
    attachments: tuple[dict[str, Any], ...] = ()
    """Files put to any answer: ``{"name", "digest", "size", "media"}`` each."""

    @property
    def answered(self) -> bool:
        """Whether the filer has said anything that counts: a value or unable-to-answer."""
        return self.value is not None or bool(self.unable)


def rows_of(question: Question, answer: Answer | None) -> tuple[dict[str, Any], ...]:
    """The table rows of an answer, wherever its kind keeps them; anything else is left out."""
    if answer is None or not question.has_rows:
        return ()
    rows = answer.value if question.kind is Kind.TABLE else answer.rows
    return tuple(r for r in rows if isinstance(r, dict)) if isinstance(rows, list | tuple) else ()


def same_rows(left: tuple[dict[str, Any], ...], right: tuple[dict[str, Any], ...]) -> bool:
    """Whether two tables hold the same rows, in any order; a blank cell is as good as none."""
    return Counter(map(row_key, left)) == Counter(map(row_key, right))


def row_key(row: dict[str, Any]) -> str:
    """What a row says, as one comparable text. Thousands of rows then compare in one pass."""
    said = {name: value for name, value in row.items() if value is not None and value != ""}
    return json.dumps(said, sort_keys=True)


def same_answer(question: Question, left: Answer, right: Answer) -> bool:
    """Whether two answers say the same: value, rows, explanation and unable-to-answer.

    Comment, source, provenance and files may differ: they are about the answer.
    """
    said = (left.explanation.strip(), left.unable.strip()) == (
        right.explanation.strip(),
        right.unable.strip(),
    )
    return said and same_value(question, left, right)


def same_value(question: Question, left: Answer, right: Answer) -> bool:
    """Whether value and rows are the same (rows in any order)."""
    if question.kind is not Kind.TABLE and left.value != right.value:
        return False
    if (left.value is None) != (right.value is None):
        return False
    return same_rows(rows_of(question, left), rows_of(question, right))


class Filer(msgspec.Struct, frozen=True):
    """Attributes of the filer that visibility and flags may read."""

    classes: tuple[str, ...]
    offices: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()
    """Further marks, e.g. ``ac_candidate``, ``cfg.diversity_on``."""


class Context(msgspec.Struct, frozen=True):
    """Everything besides the answers that a form is read against."""

    filer: Filer
    determination_date: str
    fiscal_year_end: str
    settings: dict[str, int | str | bool] = {}
    facts: dict[str, Value] = {}
    """Company facts by question id, offered for confirmation (prefill)."""


class Problem(msgspec.Struct, frozen=True):
    """Something that must be mended before signing. ``text`` is a sentence for a person.

    With a ``rule`` it is a hard stop: what was answered is prohibited, nobody can approve it, and
    ``remedy`` says what to do instead. ``rule`` is a prohibition's id in the code pack.
    """

    question: str
    text: str
    row: int = -1
    column: str = ""
    rule: str = ""
    remedy: str = ""

    @property
    def stops(self) -> bool:
        """Whether this is a prohibition rather than something left out or mistyped."""
        return bool(self.rule)


class Flag(msgspec.Struct, frozen=True):
    """A flag that an answer raised."""

    question: str
    severity: str
    kinds: tuple[str, ...]
    text: str
