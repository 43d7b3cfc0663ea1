"""Revision 0: reproducible, self-contained, navigable, and nothing in it that acts."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from candor.errors import Cancelled
from candor.packet import outline
from candor.packet.compose import compose, content_fingerprint
from candor.packet.content import Bookmark, Composed, PacketContent, PacketKind, Paper, State

Opened = Callable[[bytes], pikepdf.Pdf]
Pages = Callable[[bytes], list[str]]
EVIDENCE = b'{"evidence": "sample"}'
AGAIN = """
import sys
sys.path.insert(0, sys.argv[1])
from packet import sample
from candor.packet.compose import compose, compose_filing
import hashlib
packet = compose(sample.sample_packet(), b'{"evidence": "sample"}').pdf
filing = compose_filing(sample.sample_filing()).pdf
print(hashlib.sha256(packet).hexdigest(), hashlib.sha256(filing).hexdigest())
"""


def test_same_contents_give_the_same_bytes_in_another_process(composed: Composed) -> None:
    """Hash seeds, time zones and locales of a machine must not show."""
    found = set()
    for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/New_York")):
        done = subprocess.run(
            [sys.executable, "-c", AGAIN, str(Path(__file__).parents[1])],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": ":".join(sys.path)},
        )
        found.add(done.stdout.strip())
    assert len(found) == 1
    assert hashlib.sha256(composed.pdf).hexdigest() in found.pop()


def test_another_word_gives_other_bytes(packet: PacketContent, composed: Composed) -> None:
    """The bytes and the fingerprint depend on the contents."""
    other = replace(packet, version=2)
    assert compose(other, EVIDENCE).pdf != composed.pdf
    assert content_fingerprint(other) != content_fingerprint(packet)


def test_fingerprint_on_the_cover_is_that_of_the_contents(
    packet: PacketContent, composed: Composed, pages: Pages
) -> None:
    """The cover shows the first sixteen bytes in groups; the signature page shows all."""
    digest = content_fingerprint(packet)
    assert digest[:4] + " " + digest[4:8] in pages(composed.pdf)[0]
    where = next(f.page for f in composed.fields)
    shown = re.sub(r"\s", "", pages(composed.pdf)[where])
    assert digest in shown


def test_evidence_is_the_one_associated_file(composed: Composed, opened: Opened) -> None:
    """Its bytes are exactly those given, its relationship is Data."""
    with opened(composed.pdf) as pdf:
        assert list(pdf.attachments) == ["evidence.json"]
        assert pdf.attachments["evidence.json"].get_file().read_bytes() == EVIDENCE
        (associated,) = pdf.Root.AF
        assert associated.AFRelationship == pikepdf.Name.Data
        assert associated.objgen == pdf.Root.Names.EmbeddedFiles.Names[1].objgen


def test_signature_fields_are_empty_and_the_last_one_locks(
    composed: Composed, opened: Opened
) -> None:
    """Fields stand on the signature page in signing order."""
    with opened(composed.pdf) as pdf:
        fields = list(pdf.Root.AcroForm.Fields)
        assert [str(f.T) for f in fields] == [s.name for s in composed.fields]
        assert all(pikepdf.Name.Sig == f.FT and "/V" not in f for f in fields)
        assert ["/Lock" in f for f in fields] == [False, False, True]
        assert fields[-1].Lock.Action == pikepdf.Name.All
        assert fields[-1].Lock.P == 1
        for spec, field in zip(composed.fields, fields, strict=True):
            on_page = pdf.pages[spec.page].obj.Annots
            assert any(a.objgen == field.objgen for a in on_page)
            assert [float(v) for v in field.Rect] == pytest.approx(spec.rect, abs=0.01)
    assert [s.office for s in composed.fields] == ["secretary", "clo", "ac_chair"]
    assert [s.last for s in composed.fields] == [False, False, True]


def test_nothing_in_the_file_acts_or_leads_outside(composed: Composed, opened: Opened) -> None:
    """Only internal links, signature fields and the one file: no script, layer, URI or form."""
    with opened(composed.pdf) as pdf:
        for key in ("/OpenAction", "/AA", "/OCProperties", "/JavaScript"):
            assert key not in pdf.Root
        assert set(pdf.Root.Names.keys()) == {"/EmbeddedFiles"}
        kinds = set()
        for page in pdf.pages:
            assert "/AA" not in page.obj
            for note in page.obj.get("/Annots", []):
                kinds.add(str(note.Subtype))
                if note.Subtype == pikepdf.Name.Link:
                    assert pikepdf.Name.GoTo == note.A.S
                    assert note.A.D[0].Type == pikepdf.Name.Page
        assert kinds == {"/Link", "/Widget"}
    assert not re.search(rb"/(JavaScript|JS|URI|Launch|RichMedia|XFA)\b", composed.pdf)


def test_every_font_is_embedded_and_no_helvetica_creeps_in(
    composed: Composed, opened: Opened
) -> None:
    """ReportLab brings Helvetica along unless told otherwise."""
    with opened(composed.pdf) as pdf:
        fonts = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o]
        assert fonts
        for font in fonts:
            assert "/FontFile2" in font.FontDescriptor
            assert "/ToUnicode" in font
    assert b"Helvetica" not in composed.pdf


def test_document_names_itself_and_its_language(
    packet: PacketContent, composed: Composed, opened: Opened
) -> None:
    """Title, language and dates come from the contents, never from a clock."""
    with opened(composed.pdf) as pdf:
        assert pdf.Root.Lang == "en-US"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert pdf.docinfo.Title == "Audit Committee: Annual questionnaires 2027, Thu 18 Feb 2027"
        assert pdf.docinfo.CreationDate == "D:20270212220000+00'00'"
        with pdf.open_metadata() as meta:
            assert meta["dc:title"] == str(pdf.docinfo.Title)
            assert meta["xmp:CreateDate"] == packet.as_of.isoformat()


def test_page_labels_equal_the_printed_numbers(
    composed: Composed, opened: Opened, pages: Pages
) -> None:
    """A reader's page 7 is the printed page 7, and each says of how many."""
    with opened(composed.pdf) as pdf:
        assert [p.label for p in pdf.pages] == [str(n + 1) for n in range(composed.pages)]
    for number, text in enumerate(pages(composed.pdf), start=1):
        assert f"Page {number} of {composed.pages}" in text


def test_bookmarks_lead_to_the_pages_they_name(
    composed: Composed, opened: Opened, pages: Pages
) -> None:
    """Sections at the top; people, annexes and parts below them."""
    texts = pages(composed.pdf)
    with opened(composed.pdf) as pdf:
        order = {p.objgen: n for n, p in enumerate(pdf.pages)}
        with pdf.open_outline() as outline:
            top = {entry.title: entry for entry in outline.root}
            assert list(top)[:4] == ["Cover", "Agenda", "Contents", "The packet on one page"]
            assert [c.title for c in top["Exceptions, person by person"].children] == [
                "Lucan Ferreby",
                "Ignatius Bellweather",
            ]
            annexes = top["Annexes: questionnaires as signed"].children
            annex = next(a for a in annexes if a.title == "Annex D: Lucan Ferreby")
            assert [c.title for c in annex.children][1].endswith("Dealings with the Company")
            for entry in (top["Signatures"], annex):
                page = order[entry.destination[0].objgen]
                last_word = entry.title.split(": ")[-1].removesuffix("s")
                assert last_word.lower() in texts[page].lower()


def test_long_lists_of_bookmarks_are_cut_into_groups_that_lead_to_every_entry() -> None:
    """No list is longer than anybody looks through; every entry is there once and in its order."""
    titles = [f"Annex {n}" for n in range(2_000)]
    marks = [Bookmark("Annexes", 0, 0, 700.0), *(Bookmark(t, 1, 0, 700.0) for t in titles)]
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        outline.write(pdf, [pdf.pages[0].obj], marks)
        with pdf.open_outline() as read:
            (annexes,) = read.root
            lists, found = [annexes], []
            while lists:
                entry = lists.pop(0)
                assert len(entry.children) <= outline.MOST
                lists[:0] = entry.children
                found += [entry.title] if not entry.children else []
            assert found == titles
            assert annexes.children[0].title == "Annex 0 – Annex 1599"
            assert annexes.children[0].children[1].title == "Annex 40 – Annex 79"


def test_contents_give_the_page_on_which_each_annex_begins(
    composed: Composed, pages: Pages
) -> None:
    """The numbers of the table of contents are true."""
    texts = pages(composed.pdf)
    found = re.findall(r"[A-G] {1,2}.+? (DOQ-2027-000\d)\s+(\d+)", texts[1])
    assert len(found) == 7
    for number, page in found:
        assert f"Case {number}" in texts[int(page) - 1].replace("\r\n", " ")


def test_each_page_says_as_of_rule_set_and_specimen(composed: Composed, pages: Pages) -> None:
    """Time with its zone; pages of one case carry its number."""
    texts = pages(composed.pdf)
    for text in texts:
        assert "As of Fri 12 Feb 2027, 5:00 pm ET" in text
        assert "Rule set as of Mon 4 Jan 2027" in text
        assert "Specimen" in text
    assert "Questionnaire DOQ-2027-0004, Lucan Ferreby" in texts[-7]


@pytest.mark.parametrize("paper", list(Paper))
def test_both_papers_keep_to_their_size(
    packet: PacketContent, opened: Opened, paper: Paper
) -> None:
    """US Letter and A4."""
    made = compose(replace(packet, paper=paper), EVIDENCE)
    expected = (612, 792) if paper is Paper.LETTER else (595.276, 841.89)
    with opened(made.pdf) as pdf:
        for page in pdf.pages:
            assert [float(v) for v in page.mediabox] == pytest.approx([0, 0, *expected], abs=0.01)


def test_supplement_prints_the_signers_own_exceptions_alone(
    packet: PacketContent, pages: Pages
) -> None:
    """It has a cover, contents, exceptions and a signature page, and says what it is."""
    supplement = replace(
        packet,
        kind=PacketKind.SUPPLEMENT,
        title="Supplement: exceptions of the signers",
        agenda=(),
        independence=(),
        changes=(),
        annexes=(),
        people=packet.people[:1],
        signers=packet.signers[1:],
    )
    made = compose(supplement, EVIDENCE)
    text = "\n".join(pages(made.pdf))
    assert "Supplement version 1" in text
    assert "Lucan Ferreby" in text
    assert "Ignatius Bellweather" not in text
    assert [f.name for f in made.fields] == ["sign_1_clo", "sign_2_ac_chair"]


def test_exception_elsewhere_is_said_to_stand_there(packet: PacketContent, pages: Pages) -> None:
    """A signer's own exception leaves a pointer, not a gap."""
    person = packet.people[1]
    moved = replace(
        person.exceptions[0], state=State.ELSEWHERE, stands_with="In the supplement", answer=""
    )
    people = (replace(person, exceptions=(moved,)),)
    text = "\n".join(pages(compose(replace(packet, people=people), EVIDENCE).pdf))
    assert "In the supplement" in text


def test_progress_names_each_step_and_cancelling_stops_at_once(packet: PacketContent) -> None:
    """A tick for every page; what it raises passes through."""
    seen: list[tuple[str, int, int]] = []
    made = compose(packet, EVIDENCE, lambda *step: seen.append(step))
    assert len(seen) == made.pages + 1
    assert "Annexes: Annex B: Corwin Applegarth" in [step for step, _, _ in seen]
    assert all(done <= total for _, done, total in seen)

    def stop(step: str, done: int, total: int) -> None:
        if step.startswith("Signatures"):
            raise Cancelled("Stopped.")

    with pytest.raises(Cancelled):
        compose(packet, EVIDENCE, stop)


@pytest.mark.interop("qpdf", "pdffonts", "pdftotext", "pdfinfo")
def test_other_readers_find_no_fault(composed: Composed, tool: Callable[..., str]) -> None:
    """qpdf and poppler agree that the file is whole, embedded and searchable."""
    assert "No syntax or stream encoding errors" in tool("qpdf", composed.pdf, "--check")
    fonts = tool("pdffonts", composed.pdf).splitlines()[2:]
    assert fonts
    assert all(" yes yes yes " in line for line in fonts)
    text = tool("pdftotext", composed.pdf, "-")
    for words in ("Жанна Щедрина", "Ξένια Καλογεροπούλου", "Ødger Þórsson", "No bar found"):
        assert words in text
    info = tool("pdfinfo", composed.pdf)
    assert re.search(r"JavaScript:\s+no", info)
    assert re.search(r"Page size:\s+612 x 792 pts \(letter\)", info)
