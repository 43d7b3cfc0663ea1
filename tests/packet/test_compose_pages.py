"""What the pages say, and what they must never say."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from candor.packet.compose import compose, compose_filing
from candor.packet.content import (
    Cell,
    Composed,
    FilingContent,
    IndependenceRow,
    ItemKind,
    PacketContent,
    Summary,
)
from candor.packet.sections import letter
from candor.packet.sections_sign import digest_groups, field_name

Pages = Callable[[bytes], list[str]]


def flat(text: str) -> str:
    """The text with every white space as one space."""
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize(
    ("cells", "finding"),
    [
        ((Cell.NO,) * 7, "No bar found"),
        ((*(Cell.NO,) * 6, Cell.NOT_ASKED), "No bar found"),
        ((Cell.OPEN, *(Cell.NO,) * 6), "Answer open"),
        ((Cell.OPEN, Cell.NO, Cell.MET, *(Cell.NO,) * 3, Cell.MET), "Bar: C, 10A-3"),
    ],
)
def test_last_column_of_the_matrix_never_says_independent(
    cells: tuple[Cell, ...], finding: str
) -> None:
    """A bar outranks an open answer; nothing found is only that."""
    assert IndependenceRow("A", "director", cells).finding == finding


def test_no_page_calls_anybody_independent(composed: Composed, pages: Pages) -> None:
    """The word stands only in the question put and in what it is not."""
    for text in pages(composed.pdf):
        for sentence in re.findall(r"[^.?]*\bindependent\b[^.?]*", flat(text)):
            assert "Shall the Committee recommend" in sentence


def test_exceptions_stand_most_serious_first(composed: Composed, pages: Pages) -> None:
    """High, medium, open, low; each with its outcome."""
    page = next(t for t in pages(composed.pdf) if "Exceptions, most serious first" in t)
    below = flat(page.split("most serious first")[1])
    order = [
        below.index(f"{word} {number}")
        for word, number in (
            ("High", "6.01"),
            ("Medium", "2.04"),
            ("Open", "6.09"),
            ("Low", "2.08"),
        )
    ]
    assert order == sorted(order)
    assert "Approval with conditions" in below


def test_each_exception_shows_rule_determination_conditions_and_decider(
    composed: Composed, pages: Pages
) -> None:
    """One person, one page, everything the Committee has to know."""
    page = flat(next(t for t in pages(composed.pdf) if "2 exceptions, 1 not determined" in t))
    for words in (
        "Item 404(a); Nasdaq 5630; Code III, family business",
        "Determination Approval with conditions",
        "Owner: CFO; due Thu 17 Feb 2028.",
        "Hester Quillfeather, Chief Legal Officer. Signed Wed 10 Feb 2027, 11:30 am ET",
        "No: permitted with approval under Code III.",
        "Secretary asks again by Tue 23 Feb 2027",
    ):
        assert words in page


def test_void_determination_is_kept_and_said_not_to_count(composed: Composed, pages: Pages) -> None:
    """Nothing is hidden, and nothing void is counted."""
    texts = [flat(t) for t in pages(composed.pdf)]
    assert any("Does not count: its author did not hold the office then." in t for t in texts)
    summary = next(t for t in texts if "Who determined them" in t)
    assert "Chief Legal Officer Hester Quillfeather 2" in summary


def test_summary_counts_and_names_what_is_missing(composed: Composed, pages: Pages) -> None:
    """One page: figures, votes, exceptions, independence, what is still missing."""
    page = flat(
        next(t for t in pages(composed.pdf) if "The packet on one page" in t and "To decide" in t)
    )
    for words in (
        "6 of 7",
        "2 of 4 exceptions determined",
        "Bar met 1 Lucan Ferreby (Bar: D)",
        "Barnaby Wren questionnaire not signed Fri 22 Jan 2027 21 days late",
    ):
        assert words in page


def test_annex_prints_every_question_with_its_answer(composed: Composed, pages: Pages) -> None:
    """Wording, options, table, explanation, unable, comment and the note line."""
    text = flat(" ".join(t for t in pages(composed.pdf) if "DOQ-2027-0004" in t))
    for words in (
        "6.01 Since 1 January 2026, has there been",
        "Pelham Analytics, Inc. Trial data cleaning Mon 4 May 2026 210,000.00 0.00",
        "“Seven monthly invoices of $30,000.00, one contract.”",
        "Unable to answer: “I could not reach my son-in-law before the due date.”",
        "Comment: “My spouse’s loan was repaid in 2019.”",
        "last year: No; changed",
        "Item 404(a); Nasdaq 5630; Code III",
        "source: could not ask",
    ):
        assert words in text


def test_signature_page_says_order_meaning_and_how_to_check(
    composed: Composed, pages: Pages
) -> None:
    """Who certifies, who approves, who closes."""
    page = flat(pages(composed.pdf)[composed.fields[0].page])
    for words in (
        "1 certifies",
        "2 approves",
        "3 approves and closes",
        "“I certify a true copy.”",
        "Exceptions of the signers themselves stand in the supplement.",
        "41720 93812 55031 00419",
        "evidence.json",
    ):
        assert words in page


def test_acting_signer_is_shown_as_acting(packet: PacketContent, pages: Pages) -> None:
    """A signature in another's place says so."""
    acting = replace(packet.signers[1], acting_note="Acting in the absence of the CLO.")
    made = compose(replace(packet, signers=(packet.signers[0], acting)), b"{}")
    assert "Acting in the absence of the CLO." in flat(pages(made.pdf)[made.fields[0].page])
    assert [f.last for f in made.fields] == [False, True]


def test_many_signers_take_more_rows_of_boxes(packet: PacketContent) -> None:
    """No two fields overlap, all lie on the page."""
    signers = tuple(replace(packet.signers[0], person=f"s{n}") for n in range(8))
    fields = compose(replace(packet, signers=signers), b"{}").fields
    assert len({f.name for f in fields}) == 8
    for one in fields:
        left, bottom, right, top = one.rect
        assert 54 <= left < right <= 572
        assert 50 < bottom < top < 740
        for other in fields:
            if other is not one and other.page == one.page:
                apart = (
                    other.rect[0] >= right
                    or other.rect[2] <= left
                    or other.rect[1] >= top
                    or other.rect[3] <= bottom
                )
                assert apart


def test_filing_print_is_what_was_signed_with_its_evidence(
    filing: FilingContent, pages: Pages
) -> None:
    """Answers first; then who, in which capacity, meaning, time and its source, digests."""
    made = compose_filing(filing)
    assert made.pdf == compose_filing(filing).pdf
    assert made.fields == ()
    texts = [flat(t) for t in pages(made.pdf)]
    last = texts[-1]
    for words in (
        "Signed by Lucan Ferreby",
        "“These answers are true and complete to the best of my knowledge.”",
        "by the signer’s own clock",
        "text 3, Fri 9 Jan 2026",
        "a9a9 a9a9",
        "Check it yourself",
        "Nothing here limits your right to speak with any government agency.",
    ):
        assert words in last
    assert "6.06" in " ".join(texts[:-1])


def test_agenda_shows_what_each_item_is_and_who_leaves(packet: PacketContent, pages: Pages) -> None:
    """With times, where the items have them."""
    timed = tuple(replace(item, time="9:05") for item in packet.agenda)
    consent = replace(timed[0], kind=ItemKind.CONSENT)
    page = flat(pages(compose(replace(packet, agenda=(consent, *timed[1:])), b"{}").pdf)[1])
    assert "9:05 2 Independence findings" in page
    assert "Each in turn" in page
    assert "One vote. Somebody leaves the room for one item." in page


def test_packet_without_a_single_exception_says_so(packet: PacketContent, pages: Pages) -> None:
    """Silence would look like a missing page."""
    person = replace(packet.people[0], exceptions=())
    text = flat(" ".join(pages(compose(replace(packet, people=(person,)), b"{}").pdf)))
    assert "No exception was raised." in text


def test_smallest_packet_has_cover_contents_summary_and_signatures(
    packet: PacketContent, pages: Pages
) -> None:
    """Every optional part may be left out, the signers too."""
    bare = PacketContent(
        company="Halyard Labs",
        committee="Audit Committee",
        title="Nothing yet",
        kind=packet.kind,
        meeting_on=packet.meeting_on,
        as_of=packet.as_of,
        zone="Europe/Paris",
        rule_set_date=packet.rule_set_date,
        version=1,
        code_version="",
        summary=Summary(""),
        signers=(),
    )
    made = compose(bare, b"{}")
    texts = [flat(t) for t in pages(made.pdf)]
    assert len(texts) == 4
    assert "Contents" in texts[1]
    assert "No signature" in texts[3]
    assert all("11:00 pm UTC+1" in t for t in texts)
    assert "Specimen" not in "".join(texts)


def test_first_year_is_said_to_have_nothing_to_compare(packet: PacketContent, pages: Pages) -> None:
    """Not "nobody changed an answer", which would claim that somebody looked."""
    people = tuple(
        replace(p, still_correct=0, new=p.asked, changed=(), unable=()) for p in packet.changes
    )
    text = flat(" ".join(pages(compose(replace(packet, changes=people), b"{}").pdf)))
    assert "There are no answers of last year to compare with." in text


def test_annexes_are_lettered_past_the_alphabet() -> None:
    """Three hundred questionnaires have names too."""
    assert [letter(n) for n in (0, 25, 26, 27, 299)] == ["A", "Z", "AA", "AB", "KN"]


def test_field_names_are_plain_whatever_the_office_is_called(packet: PacketContent) -> None:
    """A field's name is read by other tools."""
    odd = replace(packet.signers[0], office="Präsident/in 1")
    assert field_name(0, odd) == "sign_1_Pr_sident_in_1"
    assert digest_groups("ab" * 32).splitlines() == [" ".join(["abab"] * 8)] * 2
