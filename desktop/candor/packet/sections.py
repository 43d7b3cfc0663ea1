"""What the sections of a packet share: headings, the place of an item, the annexes' letters."""

from __future__ import annotations

from collections.abc import Iterator

from candor.packet import style
from candor.packet.content import (
    Annex,
    ExceptionItem,
    PacketContent,
    PacketKind,
    Part,
    State,
)
from candor.packet.flowables import Box, Need, Para, Stack, mixed, para
from candor.packet.text import one_line
from candor.policy.terms import Severity

SEVERITY_WORDS = {
    Severity.HIGH: "High",
    Severity.MEDIUM: "Medium",
    Severity.OPEN: "Open",
    Severity.LOW: "Low",
}
SEVERITY_ORDER = tuple(SEVERITY_WORDS)

STATE_WORDS = {
    State.OPEN: "open",
    State.REFERRED: "referred",
    State.DETERMINED: "determined",
    State.ELSEWHERE: "stands elsewhere",
}


def summary_title(content: PacketContent) -> str:
    """The title of the one-page summary: it names the document it sums up."""
    kind = "supplement" if content.kind is PacketKind.SUPPLEMENT else "packet"
    return f"The {kind} on one page"


def item_of(content: PacketContent, *parts: Part) -> int:
    """The number of the agenda item for the first of these parts that has one; else 0."""
    for part in parts:
        for number, item in enumerate(content.agenda, start=1):
            if item.part is part:
                return number
    return 0


def kicker(content: PacketContent, part: Part, subject: str) -> str:
    """ "Item 3 · Discussion · What changed", or the subject alone."""
    number = item_of(content, part)
    if not number:
        return subject
    return f"Item {number} · {content.agenda[number - 1].kind.value} · {subject}"


def person_heading(words: str, person: tuple[str, str], deck: str, width: float) -> Iterator[Box]:
    """Heading of a (name, role): both in the title, or the role in the deck where one line is
    too short for them."""
    name, role = person
    title = f"{name}, {role}" if role else name
    if one_line(title, style.TITLE) <= width:
        return heading(words, title, deck)
    return heading(words, name, f"{role}. {deck}".rstrip())


def heading(words: str, title: str, deck: str = "") -> Iterator[Box]:
    """Kicker, page title and deck, in this order and nothing above them."""
    if words:
        yield para(words, style.KICKER, after=1)
    yield para(title, style.TITLE, after=1.5)
    if deck:
        yield para(deck, style.DECK, after=8)


def section(title: str, least: float = 70.0) -> Iterator[Box]:
    """A section heading that keeps with what follows it."""
    yield Need(least=least)
    yield para(title, style.SECTION, before=10, after=3)


def section_stack(title: str, *boxes: Box) -> Stack:
    """A section heading and its boxes, kept together where a page can hold them."""
    return Stack([para(title, style.SECTION, after=3), *boxes], before=10, after=4)


def cell(text: str, of: style.Type = style.TABLE, align: float = 0.0) -> Para:
    """A table cell."""
    return para(text, of, align=align)


def head_cell(text: str, align: float = 0.0) -> Para:
    """A column head."""
    return para(text, style.COLUMN, align=align)


def who(name: str, role: str) -> Para:
    """ "**Name**, role" in a table."""
    rest = f", {role}" if role else ""
    return mixed((name, style.TABLE_BOLD), (rest, style.TABLE.soft()))


def letter(index: int) -> str:
    """A, B, ... Z, AA, AB: the name of the annex at this index from 0."""
    name, index = "", index + 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def annex_letters(annexes: tuple[Annex, ...]) -> dict[str, str]:
    """The letter of each annex by its key."""
    return {annex.key: letter(at) for at, annex in enumerate(annexes)}


def annex_anchor(key: str) -> str:
    """The anchor of an annex."""
    return f"annex:{key}"


def person_anchor(key: str) -> str:
    """The anchor of a person's exceptions."""
    return f"person:{key}"


def changes_anchor(key: str) -> str:
    """The anchor of a person's page of changes."""
    return f"changes:{key}"


def graver_first(items: tuple[ExceptionItem, ...]) -> list[ExceptionItem]:
    """By severity, then in the order given."""
    return sorted(items, key=lambda item: SEVERITY_ORDER.index(item.severity))


def standing(item: ExceptionItem) -> str:
    """Where an exception stands, in a few words."""
    counting = [d for d in item.determinations if not d.void]
    if item.state is State.DETERMINED and counting:
        return counting[-1].decision
    return item.stands_with or STATE_WORDS[item.state].capitalize()


def case_line(number: str, name: str) -> str:
    """What the foot says on pages of one case, so that a loose page finds its owner."""
    return f"Questionnaire {number}, {name}" if number else name


def upper_first(text: str) -> str:
    """The text with its first letter capital."""
    return text[:1].upper() + text[1:]


def plural(count: int, one: str, many: str = "") -> str:
    """ "1 exception", "3 exceptions"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
