"""What one is about to sign, in five lines, each with a way to look at it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from candor.forms.answers import Answer, Change
from candor.forms.words import short_date
from candor.ui.ports import FormDraft
from candor.ui.widgets import Card, LinkRow, RichText, joined, link

MOST = 4
"""Question numbers shown as links in one line; the rest is counted."""


class SummaryCard(Card):
    """Answered, unable, flagged, changed since last year, attachments.

    ``asked`` tells a question's id, or "" for the whole form.
    """

    asked = Signal(str)

    def __init__(self, draft: FormDraft, parent: QWidget | None = None) -> None:
        super().__init__(title="What you are about to sign", parent=parent)
        self._draft = draft
        shown = {question.id for question in draft.visible()}
        self._answers = {q: a for q, a in draft.answers.items() if q in shown and a.answered}
        files = sum(len(f) for f in map(_files, self._answers.values()))
        kept = f", {files} attachment{'s' if files != 1 else ''}" if files else ""
        self.add(RichText(f"{draft.title}, {len(shown)} questions{kept}", kind="second"))
        lines = Card(rows=True)
        lines.setProperty("role", "clear")
        lines.add(*self._lines())
        self.add(lines)

    def _lines(self) -> Iterator[QWidget]:
        unable = [q for q, a in self._answers.items() if a.unable]
        count = len(self._answers) - len(unable)
        yield self._line(
            "circle-check",
            "done",
            f"{count} answered",
            "Each one by you, on this laptop",
            [],
            "See all",
        )
        if unable:
            said = "; ".join(f"{q}: {self._answers[q].unable}" for q in unable[:2])
            yield self._line("ban", "text2", f"{len(unable)} unable to answer", said, unable)
        flagged = list(dict.fromkeys(flag.question for flag in self._draft.flags()))
        if flagged:
            word = "answer" if len(flagged) == 1 else "answers"
            first = next(f.text for f in self._draft.flags())
            yield self._line("flag", "needs", f"{len(flagged)} flagged {word}", first, flagged)
        yield from self._against_last_year()
        yield from self._attached()

    def _against_last_year(self) -> Iterator[QWidget]:
        if not self._draft.last_year:
            return
        tally = Counter(answer.change for answer in self._answers.values())
        signed = max(last.signed_at for last in self._draft.last_year.values())
        changed = [q for q, a in self._answers.items() if a.change is Change.CHANGED]
        yield self._line(
            "history",
            "text2",
            f"{tally[Change.CHANGED]} changed since last year, "
            f"{tally[Change.REAFFIRMED]} still correct, {tally[Change.NEW]} new",
            f"Compared with what you signed on {short_date(signed, self._draft.language)}",
            changed,
        )

    def _attached(self) -> Iterator[QWidget]:
        named = [(q, f["name"]) for q, a in self._answers.items() for f in _files(a)]
        if named:
            word = "attachment" if len(named) == 1 else "attachments"
            names = ", ".join(str(name) for _q, name in named)
            where = list(dict.fromkeys(q for q, _name in named))
            yield self._line("paperclip", "text2", f"{len(named)} {word}", names, where)

    def _line(
        self, icon: str, tone: str, name: str, second: str, where: list[str], all_words: str = ""
    ) -> QWidget:
        links = [link(q, q) for q in where[:MOST]]
        if all_words:
            links = [link(all_words, "all")]
        more = f" and {len(where) - MOST} more" if len(where) > MOST else ""
        right = RichText(joined(links, ", "), more)
        right.setWordWrap(False)
        right.linkActivated.connect(lambda q: self.asked.emit("" if q == "all" else q))
        return LinkRow(name, second, *([right] if links else []), icon=icon, tone=tone, inset=False)


def _files(answer: Answer) -> list[dict[str, object]]:
    """Every file of an answer, wherever its kind keeps them."""
    value = answer.value if isinstance(answer.value, list) else []
    own = [item for item in value if isinstance(item, dict) and "digest" in item]
    return [*answer.attachments, *own]
