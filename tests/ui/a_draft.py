"""The real draft over the real form engine, kept in memory instead of a vault."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from candor.app.draft import Draft, Fact, LastYear
from candor.errors import CandorError
from candor.forms import carry_forward, prefill
from candor.forms.answers import Answer, Context, Filer
from candor.forms.definition import Form
from candor.forms.display import answer_line
from candor.forms.loader import load
from candor.resources import form_file

SIGNED = date(2026, 1, 20)
TODAY = date(2027, 1, 14)


class MemoryDraft(Draft):
    """Everything but the disk is the app's own draft. ``full`` makes the disk refuse."""

    def __init__(
        self,
        form: Form,
        context: Context,
        *,
        title: str = "Annual questionnaire 2027",
        last_year: Mapping[str, Answer] | None = None,
        answers: Mapping[str, Answer] | None = None,
    ) -> None:
        self.form, self.context, self.title = form, context, title
        self.due: date | None = date(2027, 1, 22)
        self.language = "en"
        self._answers = dict(answers or {})
        self.saved_at = datetime(2027, 1, 14, 12, 3, tzinfo=UTC)
        self._signed_last_year = dict(last_year or {})
        proposals = carry_forward.propose(form, self._signed_last_year, context)
        self.last_year = {
            name: LastYear(answer, answer_line(form.question(name), answer), SIGNED)
            for name, answer in proposals.items()
        }
        self.facts: dict[str, Fact] = {}
        for question in form.questions:
            offered = prefill.offer(question, context)
            if offered is not None:
                self.facts[question.id] = Fact(offered, answer_line(question, offered))
        self._past, self._future = [], []
        self._read: dict[str, Any] = {}
        self.full = False
        self.saves = 0

    def _save(self) -> None:
        if self.full:
            raise CandorError(
                "The disk is full, so your last answer is not saved.",
                hint="Free some space; Candor tries again with your next change.",
            )
        self.saves += 1

    def people(self) -> tuple[str, ...]:
        """Two people whom a directory could hold."""
        return ("Rosalind Vale", "Daniel Brightwater")

    def rule_words(self, rule: str) -> str:
        """A rule's name, without the code pack of a vault."""
        return rule.replace("_", " ").capitalize()

    def seal(self, path: Path) -> dict[str, Any]:
        """What a sealed file is named by, without a vault to seal it into."""
        data = path.read_bytes()
        return {
            "name": path.name,
            "digest": hashlib.sha256(data).hexdigest(),
            "size": len(data),
            "media": "application/pdf",
        }


def context(**changes: Any) -> Context:
    """A director's context in the winter of the mock-ups."""
    return replace(
        Context(
            filer=Filer(classes=("director",), offices=("director",)),
            determination_date="2027-02-24",
            fiscal_year_end="2026-12-31",
        ),
        **changes,
    )


def questionnaire() -> Form:
    """The annual questionnaire as shipped."""
    return load(form_file("annual-questionnaire"))
