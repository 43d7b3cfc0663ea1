"""Where pages end: no heading, note or link stands alone, and what is one page stays one."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pikepdf
import pytest

from candor.app.company import pack_bytes
from candor.packet.appearance import Signed, drawn
from candor.packet.compose import compose, compose_filing
from candor.packet.content import (
    AnnexPart,
    Changed,
    Column,
    ExceptionItem,
    FilingContent,
    Option,
    PacketContent,
    PacketKind,
    Paper,
    PersonReport,
    PrintedQuestion,
    Rows,
    State,
)
from candor.policy.pack import load_pack
from candor.policy.terms import Severity

Pages = Callable[[bytes], list[str]]
YES_NO = (Option("Yes"), Option("No", chosen=True))


def flat(text: str) -> str:
    """The text with every white space as one space."""
    return re.sub(r"\s+", " ", text)


def question(number: str, lines: int = 1, rows: int = 0) -> PrintedQuestion:
    """A question of so many lines, with so many rows of a record."""
    columns = tuple(Column(f"Label {n}") for n in range(9))
    table = Rows(columns, tuple(tuple(f"cell {n}" for n in range(9)) for _ in range(rows)))
    return PrintedQuestion(
        number,
        "Is it so? " + "Some more words to fill up a line of the column, and then some. " * lines,
        options=YES_NO,
        table=table if rows else None,
        change="last year: No; still correct",
    )


def two_parts(filing: FilingContent, filler: int, first: PrintedQuestion) -> FilingContent:
    """A part that fills so many lines, then a part that begins with ``first``."""
    parts = (
        AnnexPart("1", "Filler", tuple(question(f"1.0{n}", filler) for n in range(4))),
        AnnexPart("2", "Following", (first, question("2.02")), intro="Since then. For everybody."),
    )
    return replace(filing, annex=replace(filing.annex, parts=parts))


@pytest.mark.parametrize("rows", [0, 1, 2, 3, 5, 9])
def test_heading_of_a_part_stands_with_its_first_question(
    filing: FilingContent, pages: Pages, rows: int
) -> None:
    """Wherever the part before it ends, and however many rows the question has."""
    for filler in range(1, 12):
        made = compose_filing(two_parts(filing, filler, question("2.01", 2, rows)))
        for text in map(flat, pages(made.pdf)):
            if "Following" in text:
                begun = text.split("Following")[1]
                assert "2.01 Is it so?" in begun
                assert not rows or "cell 0" in begun


def test_large_family_goes_on_over_the_page(filing: FilingContent, pages: Pages) -> None:
    """A question taller than a third of a page fills the page before it goes on."""
    begun = []
    for filler in range(1, 8):
        made = compose_filing(two_parts(filing, filler, question("2.01", 1, 7)))
        texts = [flat(text) for text in pages(made.pdf)]
        first = next(text for text in texts if "2.01 Is it so?" in text)
        assert first.count("cell 0") > 0
        begun.append("1.03" in first and first.count("cell 0") < 7)
    assert any(begun)


def test_question_in_several_parts_is_printed_part_by_part(
    filing: FilingContent, pages: Pages
) -> None:
    """A label beside each, so that an address needs no column of one word a line."""
    labels = ("Business address", "Home address", "Telephone", "E-mail", "Emergency contact")
    mail = "bartholomew.featherstonehaugh@immunogen.example"
    cells = ("830 Larchmont Way, Waltham", "12 Ropewalk", "+1 617 555 0123", mail, "Ivy Ferreby")
    asked = PrintedQuestion(
        "1.03",
        "Where?",
        options=(Option("Answered", chosen=True),),
        table=Rows(tuple(Column(label) for label in labels), (cells,), single=True),
    )
    part = replace(filing.annex.parts[0], questions=(asked,))
    made = compose_filing(replace(filing, annex=replace(filing.annex, parts=(part,))))
    text = flat(pages(made.pdf)[0])
    for label, cell in zip(labels, cells, strict=True):
        assert f"{label} {cell}" in text


def exceptions(count: int) -> tuple[ExceptionItem, ...]:
    """So many undecided exceptions."""
    return tuple(
        ExceptionItem(f"6.{n:02}", Severity.HIGH, f"point {n}", "Item 404(a)", State.OPEN, "Yes.")
        for n in range(count)
    )


def test_way_to_the_annex_never_stands_on_a_page_of_its_own(
    packet: PacketContent, pages: Pages
) -> None:
    """It follows the person's name, before the exceptions."""
    for count in range(1, 14):
        person = PersonReport("p4", "Lucan Ferreby", "director", "DOQ-2027-0004", exceptions(count))
        made = compose(replace(packet, people=(person,)), b"{}")
        (told,) = [flat(text) for text in pages(made.pdf) if "questionnaire in full" in text]
        assert re.search(r"Ferreby, director .* in full: Annex D page \d+ 6\.00", told)


LONG_ROLE = "Executive Vice President, Research"


def test_office_that_does_not_fit_into_the_title_begins_the_deck(
    packet: PacketContent, pages: Pages
) -> None:
    """A title never ends in a line of one word."""
    person = replace(packet.people[0], role=LONG_ROLE)
    changes = tuple(
        replace(c, role=LONG_ROLE) if c.key == person.key else c for c in packet.changes
    )
    made = compose(replace(packet, people=(person,), changes=changes), b"{}")
    texts = [t for t in pages(made.pdf) if f"Lucan Ferreby\r\n{LONG_ROLE}. " in t]
    assert len(texts) == 2


def statements() -> dict[str, str]:
    """What those who sign a packet or a supplement declare, as the code pack has it."""
    pack = load_pack(pack_bytes("immunogen"))
    names = {
        "secretary": "packet_certification",
        "clo": "packet_review",
        "ac_chair": "packet_approval",
        "acting_clo": "supplement_review",
        "acting_chair": "supplement_approval",
    }
    return {office: pack.text(name) for office, name in names.items()}


@pytest.mark.parametrize("paper", list(Paper))
def test_three_who_sign_fit_on_one_page(packet: PacketContent, pages: Pages, paper: Paper) -> None:
    """With the statements of the code pack, an absence, a certificate and a note."""
    said = statements()
    signers = tuple(
        replace(
            signer,
            meaning=said[signer.office],
            acting_note="Acts for the Chair, whose own answers are in this supplement",
            certificate="agdt6q3m5hok",
        )
        for signer in packet.signers
    )
    fingerprint = "41720 93812 55031 00419 90093 02805 21917 26037"
    notes = ("The questionnaires of those who sign this packet stand in a supplement.",)
    made = compose(
        replace(packet, signers=signers, paper=paper, root_fingerprint=fingerprint, notes=notes),
        b"{}",
    )
    page = made.fields[0].page
    texts = [flat(text) for text in pages(made.pdf)]
    assert "Anyone may sign on paper instead." in texts[page]
    assert fingerprint in texts[page]
    assert texts[page + 1].find("Annex A") >= 0


@pytest.mark.parametrize("office", ["secretary", "clo", "ac_chair", "acting_clo", "acting_chair"])
def test_visible_signature_is_set_at_the_size_of_notes_or_larger(
    packet: PacketContent, office: str
) -> None:
    """Nothing on paper is smaller than 8.5 points; all three signatures look alike."""
    left, bottom, right, top = compose(packet, b"{}").fields[0].rect
    at = datetime(2027, 2, 17, 21, 42, 10, tzinfo=UTC).astimezone(timezone(timedelta(hours=-5)))
    title = "Acting Chair of the Audit Committee"
    signed = Signed("Bartholomew Featherstone", title, statements()[office], at, "91c40e7d")
    made = drawn(signed, right - left, top - bottom)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        sizes = [
            float(operands[1])
            for operands, operator in pikepdf.parse_content_stream(pdf.pages[0])
            if str(operator) == "Tf"
        ]
    assert min(sizes) == 8.5


@pytest.mark.parametrize("name", ["Ada Novel", "Bartholomew Featherstonehaugh"])
def test_written_name_is_set_smaller_rather_than_cut(
    packet: PacketContent, pages: Pages, name: str
) -> None:
    """A signature shows the whole name."""
    left, bottom, right, top = compose(packet, b"{}").fields[0].rect
    at = datetime(2027, 2, 17, 21, 42, 10, tzinfo=UTC)
    made = drawn(Signed(name, "Secretary", "So.", at, "91c40e7d"), right - left, top - bottom)
    assert flat(pages(made)[0]).startswith(f"{name} {name} Secretary")


def test_figures_of_a_person_add_up_to_the_questions_asked(
    packet: PacketContent, pages: Pages
) -> None:
    """Still correct, changed and new; who could not answer is among them."""
    before = packet.changes[3]
    person = replace(before, still_correct=81, new=2, asked=81 + len(before.changed) + 2)
    made = compose(replace(packet, changes=(person,)), b"{}")
    told = next(t for t in map(flat, pages(made.pdf)) if "Answers that changed" in t)
    figures = re.search(
        r"(\d+) still correct (\d+) changed (\d+) new this year (\d+) questions", told
    )
    assert figures is not None
    correct, changed, new, asked = map(int, figures.groups())
    assert correct + changed + new == asked
    assert "3.04 Does a relative work for the auditor?: He could not reach" in told


def test_amounts_stay_whole_on_the_page_of_changes(packet: PacketContent, pages: Pages) -> None:
    """A cut text keeps its no-break spaces."""
    amount = "USD\N{NO-BREAK SPACE}1,184,500.00"
    for words in range(12):
        line = f"{'word ' * words}{amount}"
        changed = (Changed("6.01", "Dealings", line, line, Severity.HIGH),)
        person = replace(packet.changes[3], changed=changed)
        made = compose(replace(packet, changes=(person,)), b"{}")
        told = "\n".join(text for text in pages(made.pdf) if "Dealings" in text)
        assert not re.search(r"USD\s*[\r\n]", told)


def test_long_answer_on_the_page_of_changes_is_cut_between_words(
    packet: PacketContent, pages: Pages
) -> None:
    """And says where all of it stands."""
    line = "whole " * 80
    changed = (Changed("6.01", "Dealings", "No", line, Severity.HIGH),)
    made = compose(replace(packet, changes=(replace(packet.changes[3], changed=changed),)), b"{}")
    told = flat(" ".join(pages(made.pdf)))
    assert "whole whole… (in full in the annex)" in told


def test_supplement_sums_itself_up_by_its_own_name(packet: PacketContent, pages: Pages) -> None:
    """The supplement is not called a packet."""
    made = compose(replace(packet, kind=PacketKind.SUPPLEMENT), b"{}")
    told = flat(" ".join(pages(made.pdf)))
    assert told.count("The supplement on one page") == 2
    assert "The packet on one page" not in told
