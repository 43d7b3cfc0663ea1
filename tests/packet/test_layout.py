"""Lines, boxes and tables: nothing is lost, nothing is wider than its place."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from candor.packet import fonts, style
from candor.packet.content import Option
from candor.packet.flowables import Box, Halves, Labelled, Para, Rule, Stack, para
from candor.packet.fonts import NBSP
from candor.packet.marks import Options
from candor.packet.sections import cell, head_cell
from candor.packet.tables import Columns, Grid, Row
from candor.packet.text import Line, Span, clip, lines, natural, one_line

PRINTABLE = st.text(st.sampled_from("ab é\tÆ\n漢字Жω-–—.,/  ﬁ●\u00a0\u200b"), max_size=200)


def shown(laid: tuple[Line, ...]) -> str:
    """The characters of the lines, without spaces."""
    return "".join(run for line in laid for _, run, _ in line.pieces).translate(NO_SPACE)


NO_SPACE = {ord(c): None for c in " \n\u00a0"}


@given(PRINTABLE, st.floats(12, 400))
@settings(deadline=None)
def test_lines_keep_every_character_and_the_width(text: str, room: float) -> None:
    """Whatever is typed, in whatever width that holds one character."""
    laid = lines((Span(text, style.WORDING),), room)
    assert shown(laid) == fonts.clean(text).translate(NO_SPACE)
    assert all(line.width <= room + 0.02 for line in laid)


@given(PRINTABLE)
@settings(deadline=None)
def test_every_run_has_its_glyphs(text: str) -> None:
    """A face never gets a character that it has no glyph for."""
    for line in lines((Span(text, style.REPLY),), 200.0):
        for of, run, _ in line.pieces:
            assert fonts.covered(of.face).issuperset(run)


def test_dates_do_not_break_over_lines() -> None:
    """ "Thu 18 Feb 2027" stays whole in the middle of any text."""
    text = "It was signed at last on Thu 18 Feb 2027 by all"
    for room in range(90, 200, 7):
        laid = lines((Span(text, style.TABLE),), float(room))
        assert any("Thu\u00a018\u00a0Feb\u00a02027" in r for ln in laid for _, r, _ in ln.pieces)


@pytest.mark.parametrize(
    "mark",
    [
        *("USD 1,184,500.00", "Item 404(a)", "Rule 10A-3(b)(1)", "18 U.S.C. 207", "42 CFR 403.902"),
        *(
            "Part 800",
            "Code III b3",
            "Code IX ¶1",
            "Form 8-K",
            "Section 13(k)",
            "page 9",
            "Annex B",
        ),
    ],
)
def test_amounts_and_citations_do_not_break_over_lines(mark: str) -> None:
    """Nor does any of their parts stand alone, at whatever width."""
    for room in range(90, 400, 7):
        told = lines(
            (Span(f"One word and two more: {mark}, and so on.", style.TABLE),), float(room)
        )
        texts = ["".join(run for _, run, _ in line.pieces) for line in told]
        assert any(mark in text.replace(NBSP, " ") for text in texts), (room, texts)


def test_words_in_capitals_break_as_others_do() -> None:
    """Only what is numbered is held to its number."""
    told = lines((Span("THE DOG AND THE CAT AND THE OWL " * 20, style.TABLE),), 100.0)
    assert len(told) > 20
    assert all(line.width <= 100.1 for line in told)


def test_han_text_breaks_between_characters() -> None:
    """It has no spaces to break at."""
    laid = lines((Span("漢字" * 40, style.TABLE),), 100.0)
    assert len(laid) > 7
    assert all(line.width > 80 for line in laid[:-1])


def test_words_of_two_types_without_a_space_stay_together() -> None:
    """ "**Name**, role": the comma never begins a line."""
    spans = (Span("Name", style.TABLE_BOLD), Span(", role", style.TABLE))
    laid = lines(spans, 40.0)
    assert [run for _, run, _ in laid[0].pieces] == ["Name", ","]


@given(st.text(max_size=60), st.floats(10, 200))
@settings(deadline=None)
def test_clipped_text_fits(text: str, room: float) -> None:
    """With its ellipsis."""
    cut = clip(text, style.HEAD, room)
    assert cut in {"", "…"} or one_line(cut, style.HEAD) <= room + 0.01


def test_natural_width_knows_the_longest_word_and_the_whole_line() -> None:
    """Columns are shared out by these two."""
    word, whole = natural((Span("one seventeen three", style.TABLE),))
    assert word == one_line("seventeen", style.TABLE)
    assert abs(whole - one_line("one seventeen three", style.TABLE)) < 0.01


def test_paragraph_never_leaves_one_line_alone() -> None:
    """Two lines at least on either side of a page's end."""
    text = para("word " * 60, style.WORDING)
    leading = style.WORDING.leading
    whole = round(text.height(200) / leading)
    for room in range(whole + 2):
        head, rest = text.split(200, room * leading, 600)
        if head is None:
            assert room < 2 or whole < 4
        elif rest is not None:
            assert head.height(200) >= 2 * leading
            assert rest.height(200) >= 2 * leading
            assert abs(head.height(200) + rest.height(200) - whole * leading) < 0.01


def test_kept_stack_moves_whole_where_a_page_can_hold_it() -> None:
    """It is only divided where no page could hold it."""
    stack = Stack([Rule(100.0), Rule(100.0)])
    assert stack.split(300, 150, 500) == (None, stack)
    head, rest = stack.split(300, 150, 180)
    assert head is not None
    assert rest is not None
    assert (head.height(300), rest.height(300)) == (100, 100)


def grid(count: int) -> Grid:
    """A table of short rows."""
    rows = [Row((cell(str(n)), cell(f"row {n}"))) for n in range(count)]
    return Grid(Columns((30.0, 100.0)), rows, Row((head_cell("No."), head_cell("What"))))


def parts(table: Box, room: float, page: float) -> list[Grid]:
    """The table divided over pages."""
    found: list[Grid] = []
    rest: Box | None = table
    while rest is not None:
        space = room if not found else page
        if rest.height(130) <= space:
            assert isinstance(rest, Grid)
            return [*found, rest]
        halves: Halves = rest.split(130, space, page)
        assert isinstance(halves[0], Grid)
        found.append(halves[0])
        rest = halves[1]
    return found


def test_table_keeps_its_rows_in_order_and_repeats_its_head() -> None:
    """Over as many pages as it takes."""
    pieces = parts(grid(100), 200, 300)
    first = [row.cells[0] for piece in pieces for row in piece.rows]
    numbers = [box.spans[0].text for box in first if isinstance(box, Para)]
    assert numbers == [str(n) for n in range(100)]
    assert all(p.head is not None for p in pieces)
    assert all(p.height(130) <= 300 for p in pieces)


def test_last_two_rows_of_a_table_stay_together() -> None:
    """No page begins with a lone last row."""
    for room in range(60, 400, 9):
        last = parts(grid(12), room, 300)[-1]
        assert len(last.rows) >= 2


def test_label_stays_with_the_first_part_of_its_text() -> None:
    """And is not repeated."""
    box = Labelled(para("1", style.TABLE), para("word " * 100, style.TABLE), 20.0)
    head, rest = box.split(100, 60, 600)
    assert isinstance(head, Labelled)
    assert isinstance(rest, Labelled)
    assert head.label is not None
    assert rest.label is None


def test_options_wrap_into_rows() -> None:
    """Short ones share a row; one that is wider than the column takes lines."""
    short = Options((Option("Yes", chosen=True), Option("No"), Option("Unable to answer")))
    assert short.height(300) == 14
    assert short.height(60) > 28
    assert Options((Option("word " * 40),)).height(200) > 40
