"""Independence and exceptions: the matrix, the list by severity, and person by person."""

from __future__ import annotations

from collections.abc import Iterator

from candor.packet import style
from candor.packet.book import Sheet
from candor.packet.content import (
    TESTS,
    Condition,
    Determination,
    ExceptionItem,
    IndependenceRow,
    PacketContent,
    Part,
    PersonReport,
    State,
)
from candor.packet.dates import day, moment
from candor.packet.flowables import (
    Beside,
    Box,
    Labelled,
    Linked,
    PageOf,
    Panel,
    Space,
    Stack,
    mixed,
    para,
)
from candor.packet.marks import Mark
from candor.packet.sections import (
    SEVERITY_ORDER,
    SEVERITY_WORDS,
    annex_anchor,
    annex_letters,
    case_line,
    cell,
    graver_first,
    head_cell,
    heading,
    item_of,
    kicker,
    person_anchor,
    person_heading,
    plural,
    section,
    standing,
    upper_first,
    who,
)
from candor.packet.sections_front import independence_title
from candor.packet.style import PAGES
from candor.packet.tables import Below, Columns, Grid, Row
from candor.policy.terms import Severity

_DECIDED = "Decided by"
_KEY = (
    ("A", " employed here, 3 years · "),
    ("B", " paid over $120,000 in any 12 months · "),
    ("C", " relative an Executive Officer · "),
    ("D", " business over the larger of 5% and $200,000 · "),
    ("E", " pay-committee interlock · "),
    ("F", " auditor. "),
    ("10A-3:", " any advisory fee, or control; asked of Committee members. "),
    ("", "“No bar found” is not a finding of independence: the Board must determine it."),
)


def independence(content: PacketContent) -> Iterator[Sheet]:
    """The matrix of bright-line tests, then every exception, most serious first."""
    if not content.independence and not content.people:
        return
    title = independence_title(content)
    yield Sheet(
        _independence_boxes(content, title),
        key=Part.INDEPENDENCE.value,
        title=title,
        item=item_of(content, Part.INDEPENDENCE, Part.EXCEPTIONS),
    )


def _independence_boxes(content: PacketContent, title: str) -> Iterator[Box]:
    width = PAGES[content.paper].text_width
    part = Part.INDEPENDENCE if item_of(content, Part.INDEPENDENCE) else Part.EXCEPTIONS
    yield from heading(kicker(content, part, "Annual questionnaires"), title)
    if content.independence_question:
        note = content.independence_note
        asked: list[Box] = [
            para("The question", style.KICKER, after=2),
            para(content.independence_question, style.QUESTION, after=4),
        ]
        if note:
            asked.append(para(note, style.TABLE))
        yield Panel(Stack(asked), before=9)
    elif content.independence_note:
        yield para(content.independence_note, style.DECK, after=8)
    if content.independence:
        yield from section("Independence: did any Nasdaq 5605(a)(2) test catch the person?")
        yield matrix(content.independence, width)
        legend = (
            (t, style.NOTE_BOLD if at % 2 == 0 else style.NOTE)
            for k in (_KEY,)
            for row in k
            for at, t in enumerate(row)
        )
        yield mixed(*legend, before=3)
    items = sorted(
        ((p, i) for p in content.people for i in p.exceptions),
        key=lambda pair: SEVERITY_ORDER.index(pair[1].severity),
    )
    if items:
        yield from section("Exceptions, most serious first", 100.0)
        yield _by_severity(items, width)
    elif content.people:
        yield para("No exception was raised.", style.BODY, before=10)


def matrix(rows: tuple[IndependenceRow, ...], width: float) -> Grid:
    """Persons against the seven tests; the last column never says more than "No bar found"."""
    each, last = 26.5, 84.0
    columns = Columns((width - each * len(TESTS) - last, *[each] * len(TESTS), last), 0.0)
    head = Row(
        (head_cell("Person"), *(head_cell(t, 0.5) for t in TESTS), _shifted("On these answers"))
    )
    body = [
        Row(
            (
                Labelled(None, Linked(who(r.name, r.role), _person_key(r)), 0.0),
                *(Mark(c) for c in r.cells),
                Labelled(None, cell(r.finding, _weight(r)), 12.0),
            )
        )
        for r in rows
    ]
    return Grid(columns, body, head, above=2.0, below=2.6)


def _person_key(row: IndependenceRow) -> str:
    return person_anchor(row.key) if row.key else ""


def _weight(row: IndependenceRow) -> style.Type:
    return style.TABLE if row.finding == "No bar found" else style.TABLE_BOLD


def _shifted(text: str) -> Box:
    return Labelled(None, head_cell(text), 12.0)


def _by_severity(items: list[tuple[PersonReport, ExceptionItem]], width: float) -> Grid:
    head = Row(tuple(head_cell(t) for t in ("Severity", "Question", "Who and what", "Outcome")))
    rows = []
    for at, (person, item) in enumerate(items):
        bold = item.severity is Severity.HIGH
        following = items[at + 1][1].severity if at + 1 < len(items) else item.severity
        below = Below.HAIR if following is item.severity else Below.GROUP
        what = mixed((person.name, style.TABLE_BOLD), (f": {item.what}", style.TABLE))
        rows.append(
            Row(
                (
                    cell(SEVERITY_WORDS[item.severity], style.TABLE_BOLD if bold else style.TABLE),
                    cell(item.question),
                    Linked(what, person_anchor(person.key)),
                    cell(standing(item)),
                ),
                below,
            )
        )
    return Grid(Columns((52.0, 44.0, width - 208, 112.0), 6.0), rows, head, above=2.4, below=3.2)


def exceptions(content: PacketContent) -> Iterator[Sheet]:
    """Each person's exceptions: severity, rule, answer and determination."""
    letters = annex_letters(content.annexes)
    for at, person in enumerate(content.people):
        yield Sheet(
            _person_boxes(content, person, letters.get(person.key, "")),
            key=person_anchor(person.key),
            title=person.name,
            level=1,
            group=(Part.EXCEPTIONS.value, "Exceptions, person by person") if at == 0 else ("", ""),
            item=item_of(content, Part.EXCEPTIONS, Part.INDEPENDENCE),
            case_number=case_line(person.case_number, person.name),
        )


def _person_boxes(content: PacketContent, person: PersonReport, annex: str) -> Iterator[Box]:
    page = PAGES[content.paper]
    part = Part.EXCEPTIONS if item_of(content, Part.EXCEPTIONS) else Part.INDEPENDENCE
    words, named = kicker(content, part, "Exceptions"), (person.name, person.role)
    yield from person_heading(words, named, _deck(person), page.text_width)
    if annex:
        yield _full_text(annex, person, page.text_width)
    for item in graver_first(person.exceptions):
        yield _exception(item, content.zone, page.text_width)
    if person.note:
        yield para(person.note, style.TABLE, before=8)


def _deck(person: PersonReport) -> str:
    count = len(person.exceptions)
    if not count:
        return "No exception."
    waiting = sum(i.state is not State.DETERMINED for i in person.exceptions)
    ends = "all determined" if not waiting else f"{waiting} not determined"
    if count == 1:
        ends = "not determined" if waiting else "determined"
    return f"{plural(count, 'exception')}, {ends}."


def _full_text(annex: str, person: PersonReport, width: float) -> Box:
    words = cell(f"The questionnaire in full: Annex {annex}", style.TABLE.soft())
    row = Row((words, PageOf(annex_anchor(person.key), style.TABLE, "page {}")))
    grid = Grid(Columns((width - 80, 80.0)), [row], before=2)
    return Linked(grid, annex_anchor(person.key))


def _exception(item: ExceptionItem, zone: str, width: float) -> Box:
    """A heading with number and severity, then labelled lines as in a memorandum."""
    rows: list[tuple[str, Box]] = []
    if item.answer:
        rows.append(("Answer", para(item.answer, style.MEMO)))
    rows.append(("Rule", para(item.rule or "–", style.MEMO)))
    if item.state is not State.DETERMINED or not item.determinations:
        words = item.stands_with or "Not determined"
        rows.append(("Standing", para(words, style.MEMO_BOLD)))
    for made in item.determinations:
        rows += _determination(made, zone)
    body = [Row((para(label, style.MEMO_LABEL), box), _below(label)) for label, box in rows]
    title = Beside(
        (
            (36.0, para(item.question, style.SECTION)),
            (width - 96, para(upper_first(item.what).removesuffix("."), style.SECTION)),
            (60.0, para(SEVERITY_WORDS[item.severity], _heavy(item.severity), align=1.0)),
        ),
        0.0,
    )
    grid = Grid(Columns((88.0, width - 88)), body, above=3.0, below=4.0)
    return Stack([title, Space(4), grid], before=14)


def _below(label: str) -> Below:
    """A darker rule ends each determination."""
    return Below.GROUP if label == _DECIDED else Below.HAIR


def _heavy(severity: Severity) -> style.Type:
    return style.SECTION if severity is Severity.HIGH else style.SECTION.soft()


def _determination(made: Determination, zone: str) -> Iterator[tuple[str, Box]]:
    soft = style.MEMO.soft()
    if made.void:
        struck = mixed(
            (made.decision, style.MEMO), (f". Does not count: {made.void}", style.MEMO_BOLD)
        )
        yield "Kept, void", struck
    else:
        yield "Determination", para(made.decision, style.MEMO_BOLD)
    yield "Reason", para(made.reason or "–", style.MEMO)
    if made.conditions:
        conditions = enumerate(made.conditions, start=1)
        yield "Conditions", Stack([_condition(n, c) for n, c in conditions], keep=False)
    if made.material_departure:
        yield "Departure", para(made.material_departure, style.MEMO)
    acting = f" {made.acting_note}" if made.acting_note else ""
    by = mixed(
        (made.by, style.MEMO_BOLD),
        (
            f", {made.office}. Signed {moment(made.on, zone)}, by the signer’s clock.{acting}",
            style.MEMO,
        ),
        (f" Entry {made.event}" if made.event else "", soft),
    )
    yield _DECIDED, by


def _condition(number: int, condition: Condition) -> Box:
    owner = f"Owner: {condition.owner}" if condition.owner else ""
    due = f"due {day(condition.due)}" if condition.due else ""
    follow = upper_first("; ".join(p for p in (owner, due) if p))
    follow = f" {follow}." if follow else ""
    text = condition.text if condition.text.endswith((".", "!", "?")) else condition.text + "."
    return Labelled(
        para(str(number), style.MEMO), para(f"{text}{follow}", style.MEMO), 14.0, after=1
    )
