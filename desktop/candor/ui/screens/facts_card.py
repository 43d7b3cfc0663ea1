"""What was filed, as label and value: the first lines, and all of them at a press."""

from __future__ import annotations

from collections.abc import Sequence

from candor.ui.widgets import Button, Card, Facts

FIRST = 8


class FactsCard(Card):
    """The first facts with *Show all*, so that what stands below stays in view."""

    def __init__(self, pairs: Sequence[tuple[str, str]], title: str) -> None:
        super().__init__(Facts(pairs[:FIRST]), title=title, narrow=True)
        rest = pairs[FIRST:]
        if not rest:
            return
        self.more = Button(f"Show all {len(pairs)} answers", "quiet", on=self._open)
        self.rest = Facts(rest)
        self.rest.hide()
        self.add(self.rest, self.more)

    def _open(self) -> None:
        self.more.hide()
        self.rest.show()
