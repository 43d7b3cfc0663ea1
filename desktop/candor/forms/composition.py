"""A form made of its own file and shared blocks: settings, completeness and order.

`resources.compose` appends the blocks to the form's file. They stand last in the bytes and
anywhere on the page: where a form has blocks, its sections come in the order of their numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from candor.forms.definition import Question, Section
from candor.forms.tables import Table
from candor.toml_lines import Path

Scalars = dict[str, int | str | bool]


@dataclass(frozen=True)
class Order:
    """For each place on the page, the place in the file."""

    sections: tuple[int, ...]
    questions: tuple[int, ...]

    def written(self, path: Path) -> Path:
        """A path as the file has it, for a path as the page has it."""
        places = {"section": self.sections, "question": self.questions}.get(str(path[0]), ())
        if len(path) > 1 and isinstance(path[1], int) and path[1] < len(places):
            return (path[0], places[path[1]], *path[2:])
        return path


def order(sections: Sequence[Section], questions: Sequence[Question], *, composed: bool) -> Order:
    """The order on the page: as written, with blocks by the numbers of the sections."""
    if not composed:
        return Order(tuple(range(len(sections))), tuple(range(len(questions))))
    placed = sorted(range(len(sections)), key=lambda n: sections[n].number)
    rank = {sections[place].id: n for n, place in enumerate(placed)}
    asked = sorted(range(len(questions)), key=lambda n: rank.get(questions[n].section, len(rank)))
    return Order(tuple(placed), tuple(asked))


def read_blocks(top: Table, head: Table) -> tuple[tuple[str, ...], Scalars]:
    """The blocks that the form names, and the settings they bring; all must be there, in order."""
    named = head.texts_list("blocks")
    settings: Scalars = {}
    there: list[str] = []
    for table in top.tables("block"):
        there.append(table.text("id"))
        settings |= table.table("setting").scalars()
        table.finish()
    for name in named:
        if name not in there:
            head.fault("blocks", f"the block “{name}” is not there")
    if set(there) <= set(named) and there != [name for name in named if name in there]:
        head.fault("blocks", "the blocks do not follow in the order in which they are named")
    for place, name in enumerate(there):
        if name not in named:
            top.collector.add(("block", place, "id"), f"the form does not name a block “{name}”")
    return named, settings
