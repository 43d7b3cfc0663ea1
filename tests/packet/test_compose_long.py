"""Texts and tables of any length flow; pages that must be one page say when they cannot be."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from candor.packet.compose import compose, compose_filing, notices, problems
from candor.packet.content import (
    Annex,
    Column,
    FilingContent,
    Option,
    PacketContent,
    PrintedQuestion,
    Rows,
)
from candor.policy.terms import Severity

Pages = Callable[[bytes], list[str]]
LONG_NAME = "Wolfeschlegelstein" * 556
WORDS = " ".join(f"word{n}" for n in range(2_300))


def one_question(annex: Annex, question: PrintedQuestion) -> Annex:
    """The annex with a single question."""
    return replace(annex, parts=(replace(annex.parts[0], questions=(question,)),))


def squeezed(texts: list[str]) -> str:
    """All text without white space and line-end marks."""
    return re.sub(r"[\s\u0002\ufffe\u00ad]", "", "".join(texts))


def test_answer_of_twenty_thousand_characters_flows(filing: FilingContent, pages: Pages) -> None:
    """Every word of it is printed, in order, over several pages."""
    answer = (WORDS + " ")[:20_000].rsplit(" ", 1)[0]
    question = PrintedQuestion("2.06", "Describe.", explanation=answer, comment=answer)
    made = compose_filing(replace(filing, annex=one_question(filing.annex, question)))
    text = re.sub(r"Page \d+ of \d+", "", "".join(pages(made.pdf)))
    found = re.findall(r"word(\d+)", text)
    count = answer.count("word")
    assert [int(n) for n in found] == [*range(count), *range(count)]
    assert made.pages > 8


def test_twenty_thousand_characters_without_a_space_flow(
    filing: FilingContent, pages: Pages
) -> None:
    """A word wider than a line is cut, never lost."""
    question = PrintedQuestion("2.06", "Describe.", explanation="x" * 20_000, value="y" * 20_000)
    made = compose_filing(replace(filing, annex=one_question(filing.annex, question)))
    text = squeezed(pages(made.pdf))
    assert text.count("x") >= 20_000
    assert text.count("y") >= 20_000


def test_name_of_ten_thousand_characters_flows_wherever_names_stand(
    packet: PacketContent, pages: Pages
) -> None:
    """Cover, agenda, matrix, exceptions, annexes, signatures: no page gives up."""
    long = LONG_NAME[:10_000]
    content = replace(
        packet,
        company=long,
        chair=long,
        members=(long, "Delphine Marchbanks"),
        recipient=long,
        confidential_note=long,
        agenda=tuple(
            replace(i, title=long, second_line=long, leaves=(long,)) for i in packet.agenda
        ),
        people=tuple(replace(p, name=long, role=long, note=long) for p in packet.people),
        independence=tuple(replace(r, name=long) for r in packet.independence[:2]),
        independence_question=long,
        annexes=tuple(replace(a, name=long, title=long) for a in packet.annexes[:2]),
        signers=tuple(replace(s, name=long, meaning=long, title=long) for s in packet.signers),
        changes=(),
    )
    found = problems(content)
    assert found == ("The summary does not fit on one page: shorten its deck or its notes.",)
    made = compose(replace(content, agenda=(), independence=packet.independence), b"{}")
    assert made.pages > 30
    assert squeezed(pages(made.pdf)).count(long[:2_000]) >= 1


def test_agenda_of_endless_titles_flows(packet: PacketContent) -> None:
    """Even where the summary refuses, the agenda itself can be laid out."""
    items = tuple(replace(i, title=WORDS[:6_000]) for i in packet.agenda[2:4])
    assert compose(replace(packet, agenda=items), b"{}").pages > packet.version


def test_table_of_five_hundred_rows_repeats_its_head(filing: FilingContent, pages: Pages) -> None:
    """Each row is printed once, and every page of the table has the column heads."""
    rows = tuple((f"Holder {n}", f"{n:,}.00", "own account") for n in range(500))
    table = Rows((Column("Holder"), Column("Amount, USD", right=True), Column("How held")), rows)
    question = PrintedQuestion("4.01", "List them.", table=table)
    made = compose_filing(replace(filing, annex=one_question(filing.annex, question)))
    texts = [t for t in pages(made.pdf) if "Holder " in t]
    assert len(texts) > 8
    assert all("How held" in t for t in texts)
    found = [int(n) for t in texts for n in re.findall(r"Holder (\d+)", t)]
    assert found == list(range(500))


def test_table_cell_longer_than_a_page_is_split_inside_its_row(
    filing: FilingContent, pages: Pages
) -> None:
    """No word is lost between the parts of a row, in tables and in records."""
    giant = " ".join(f"cell{n}" for n in range(1_500))
    narrow = Rows((Column("What"), Column("Why")), (("a", "b"), (giant, "because"), ("c", "d")))
    columns = tuple(Column(f"Column {n}") for n in range(9))
    wide = Rows(columns, (("1",) * 8 + (giant,), ("2",) * 9))
    for table in (narrow, wide):
        question = PrintedQuestion("3.05", "List.", table=table)
        made = compose_filing(replace(filing, annex=one_question(filing.annex, question)))
        found = re.findall(r"cell(\d+)", "".join(pages(made.pdf)))
        assert [int(n) for n in found] == list(range(1_500))


def test_long_options_wrap(filing: FilingContent, pages: Pages) -> None:
    """An option's label may be a paragraph."""
    options = (Option(WORDS[:900], chosen=True), Option("No"), Option("x" * 800))
    question = PrintedQuestion("5.03", "Choose.", options=options)
    made = compose_filing(replace(filing, annex=one_question(filing.annex, question)))
    text = squeezed(pages(made.pdf))
    assert squeezed([WORDS[:900]]) in text
    assert text.count("x") >= 800


def test_page_of_changes_lists_the_rest_by_number(packet: PacketContent, pages: Pages) -> None:
    """Sixty changed answers stay on one page: the gravest in full, the others by number."""
    person = packet.changes[3]
    many = tuple(
        replace(person.changed[0], question=f"{n // 10 + 1}.{n % 10:02}", weight=None)
        for n in range(60)
    )
    grave = replace(many[50], weight=Severity.HIGH)
    changed = (*many[:50], grave, *many[51:])
    content = replace(packet, changes=(replace(person, changed=changed),))
    assert problems(content) == ()
    (notice,) = notices(content)
    assert "Lucan Ferreby" in notice
    made = compose(content, b"{}")
    assert made.notices == (notice,)
    (page,) = [t for t in pages(made.pdf) if "Answers that changed" in t]
    assert "Also, in full in the annex" in page
    assert grave.question in page.split("Also, in full")[0]
    for change in changed:
        assert change.question in page


def test_page_that_cannot_be_one_page_is_a_problem(packet: PacketContent) -> None:
    """What a person must be able to read at a glance is never shrunk or continued."""
    person = replace(packet.changes[3], deck=WORDS[:9_000])
    content = replace(packet, changes=(person,))
    assert problems(content) == (
        "DOQ-2027-0004, Lucan Ferreby: what changed does not fit on one page.",
    )
    summary = replace(packet.summary, notes=(WORDS,))
    assert "summary does not fit" in problems(replace(packet, summary=summary))[0]


def test_overview_of_changes_stays_one_page_for_three_hundred(
    packet: PacketContent, pages: Pages
) -> None:
    """Those who changed least are counted in one line."""
    base = packet.changes
    people = tuple(
        replace(base[3] if n % 50 == 0 else base[0], key=f"k{n}", name=f"Person {n}")
        for n in range(300)
    )
    content = replace(packet, changes=people)
    assert problems(content) == ()
    texts = pages(compose(content, b"{}").pdf)
    overview = [t for t in texts if "Each answer of last year was offered again" in t]
    assert len(overview) == 1
    assert "others" in overview[0]
    assert "26,226" in overview[0] or "still correct" in overview[0]


def test_three_hundred_rows_of_the_matrix_flow(packet: PacketContent, pages: Pages) -> None:
    """The head repeats; nobody is called independent."""
    rows = tuple(replace(packet.independence[n % 7], name=f"Person {n}") for n in range(300))
    texts = pages(compose(replace(packet, independence=rows), b"{}").pdf)
    matrix = [t for t in texts if "On these answers" in t]
    assert len(matrix) > 5
    assert "Bar: D" in matrix[0]
