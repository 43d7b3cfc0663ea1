"""Signing: who may, where, when; what a signature says and looks like."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pikepdf
import pytest

from candor.keys import p256, x509
from candor.packet import sign
from candor.packet.appearance import Signed, drawn, when
from candor.packet.sign import NotAPacket, SigningRefused
from candor.packet.verify import verify

Read = Callable[[bytes], Any]


@pytest.fixture
def catalog() -> Iterator[Read]:
    """Reads a file's catalog, and keeps the file open for as long as the test runs."""
    kept = []

    def read(pdf: bytes) -> Any:
        kept.append(pikepdf.open(io.BytesIO(pdf)))
        return kept[-1].Root

    yield read
    for each in kept:
        each.close()


@pytest.mark.interop("pdfsig")
def test_pdfsig_finds_every_signature_valid(complete: bytes, tool: Callable[..., str]) -> None:
    """Another program, another implementation."""
    said = tool("pdfsig", complete)
    assert said.count("Signature is Valid") == 3
    assert said.count("ETSI.CAdES.detached") == 3
    assert "Total document signed" in said


@pytest.mark.interop("qpdf")
def test_qpdf_finds_no_error_at_any_stage(states: list[bytes], tool: Callable[..., str]) -> None:
    """Each state is a whole file."""
    for state in states:
        assert "No syntax or stream encoding errors" in tool("qpdf", state, "--check")


def test_first_certifies_and_last_locks(complete: bytes, catalog: Read) -> None:
    """DocMDP 2 at the start; FieldMDP over everything, with 1, at the end."""
    first, second, last = (f.V for f in catalog(complete).AcroForm.Fields)
    assert [str(r.TransformMethod) for r in first.Reference] == ["/DocMDP"]
    assert first.Reference[0].TransformParams.P == 2
    assert "/Reference" not in second
    assert [str(r.TransformMethod) for r in last.Reference] == ["/FieldMDP"]
    assert last.Reference[0].TransformParams.Action == "/All"
    assert last.Reference[0].TransformParams.P == 1


def test_claimed_time_is_the_one_given_and_never_the_machines(
    company: Any, composed: Any, catalog: Read
) -> None:
    """With the signer's own offset, and nowhere any other time."""
    at = datetime(2027, 2, 12, 12, 0, tzinfo=timezone(timedelta(hours=-5)))
    signed = sign.certify(composed.pdf, composed.fields[0], company.signer("ada"), at)
    assert str(catalog(signed).AcroForm.Fields[0].V.M) == "D:20270212120000-05'00'"
    added = signed[len(composed.pdf) :]
    assert b"ModDate" not in added
    assert b"pyHanko" not in added


def test_signature_says_what_the_manifest_says(
    company: Any, composed: Any, signing: Any, catalog: Read
) -> None:
    """Name and meaning come from the file, not from whoever calls."""
    signer = replace(company.signer("ada"), name="Somebody Else")
    field = replace(composed.fields[0], page=0, rect=(0, 0, 0, 0), signer="", title="")
    signed = sign.certify(composed.pdf, field, signer, signing)
    value = catalog(signed).AcroForm.Fields[0].V
    assert (str(value.Name), str(value.Reason)) == ("Ada Adler", "I certify a true copy.")


def test_revocation_lists_ride_along_and_change_nothing(
    company: Any, composed: Any, signing: Any, later: Any, catalog: Read
) -> None:
    """A document security store for other readers."""
    revoked = x509.crl(company.authority, [], signing, signing + timedelta(days=30))
    signer = replace(company.signer("ada"), crls=(revoked,))
    signed = sign.certify(composed.pdf, composed.fields[0], signer, signing)
    assert catalog(signed).DSS.CRLs[0].read_bytes() == revoked
    found = verify(signed, company.trust(), later)
    assert [line.state.value for line in found.lines].count("done") == 5


# --- refusals -----------------------------------------------------------------------------


def test_place_that_is_signed_is_not_signed_again(
    company: Any, composed: Any, states: list[bytes], signing: Any
) -> None:
    """The first signature stands."""
    with pytest.raises(SigningRefused, match="signed already"):
        sign.certify(states[1], composed.fields[0], company.signer("ada"), signing)


def test_nobody_signs_before_their_turn(
    company: Any, composed: Any, states: list[bytes], signing: Any
) -> None:
    """Parallel branches could never be joined."""
    with pytest.raises(SigningRefused, match="Cleo Clark signs before you"):
        sign.approve(states[1], composed.fields[2], company.signer("ben"), signing)
    with pytest.raises(SigningRefused, match="Ada Adler signs before you"):
        sign.approve(states[0], composed.fields[1], company.signer("cleo"), signing)


def test_first_certifies_and_others_approve_or_nobody_signs(
    company: Any, composed: Any, states: list[bytes], signing: Any
) -> None:
    """The two acts are not exchangeable."""
    with pytest.raises(SigningRefused, match="first signature certifies"):
        sign.approve(states[0], composed.fields[0], company.signer("ada"), signing)
    with pytest.raises(SigningRefused, match="first signature certifies"):
        sign.certify(states[1], composed.fields[1], company.signer("cleo"), signing)


def test_key_must_belong_to_the_certificate(company: Any, composed: Any, signing: Any) -> None:
    """Else the signature would be nobody's."""
    other = replace(company.signer("ada"), key=p256.new_p256())
    with pytest.raises(SigningRefused, match="does not belong to your certificate"):
        sign.certify(composed.pdf, composed.fields[0], other, signing)
    broken = replace(company.signer("ada"), key=b"not a key")
    with pytest.raises(SigningRefused, match="cannot be read"):
        sign.certify(composed.pdf, composed.fields[0], broken, signing)


def test_certificate_must_be_the_companys(
    company: Any, make_company: Any, composed: Any, signing: Any
) -> None:
    """A root that did not issue it cannot vouch for it."""
    other = replace(company.signer("ada"), root=make_company().authority.certificate)
    with pytest.raises(SigningRefused, match="not issued by this company"):
        sign.certify(composed.pdf, composed.fields[0], other, signing)


@pytest.mark.parametrize(("days", "words"), [(-400, "not valid yet"), (4000, "has expired")])
def test_certificate_must_be_valid_at_the_time(
    company: Any, composed: Any, signing: Any, days: int, words: str
) -> None:
    """By the very clock whose time the signature will claim."""
    with pytest.raises(SigningRefused, match=words):
        sign.certify(
            composed.pdf,
            composed.fields[0],
            company.signer("ada"),
            signing + timedelta(days=days),
        )


def test_place_of_another_is_refused(company: Any, composed: Any, signing: Any) -> None:
    """The file itself says whose it is."""
    with pytest.raises(SigningRefused, match="for Ada Adler, not for you"):
        sign.certify(composed.pdf, composed.fields[0], company.signer("ben"), signing)


def test_new_certificate_needs_a_new_packet(changing: Any, short: Any, signing: Any) -> None:
    """The compiled file names the certificate that signs it."""
    composed = changing.compiled(short)
    changing.enrol("ada")
    with pytest.raises(SigningRefused, match="changed after this packet was compiled"):
        sign.certify(composed.pdf, composed.fields[0], changing.signer("ada"), signing)


def test_meaning_other_than_the_one_shown_is_refused(
    company: Any, composed: Any, signing: Any
) -> None:
    """What the signer saw is what is signed."""
    field = replace(composed.fields[0], meaning="I only acknowledge receipt.")
    with pytest.raises(SigningRefused, match="another meaning"):
        sign.certify(composed.pdf, field, company.signer("ada"), signing)


def test_time_before_an_earlier_signature_is_refused(
    company: Any, composed: Any, states: list[bytes], signing: Any
) -> None:
    """It could never be believed; small differences between clocks may stand."""
    early = signing - timedelta(hours=2)
    with pytest.raises(SigningRefused, match="clock stands before"):
        sign.approve(states[1], composed.fields[1], company.signer("cleo"), early)
    near = signing - timedelta(minutes=5)
    assert sign.approve(states[1], composed.fields[1], company.signer("cleo"), near)


@pytest.mark.parametrize("harm", [lambda _: b"", lambda _: b"%PDF-1.7", lambda pdf: pdf[:5000]])
def test_file_that_is_no_packet_is_refused(
    company: Any, composed: Any, signing: Any, harm: Callable[[bytes], bytes]
) -> None:
    """A clear sentence, whatever it is."""
    with pytest.raises(NotAPacket, match="not a packet"):
        sign.certify(harm(composed.pdf), composed.fields[0], company.signer("ada"), signing)


def test_packet_compiled_without_evidence_is_refused(
    company: Any, short: Any, signing: Any
) -> None:
    """A preview is not a packet."""
    preview = company.compiled(short, evidence=b"{}")
    with pytest.raises(NotAPacket):
        sign.certify(preview.pdf, preview.fields[0], company.signer("ada"), signing)


def test_time_without_an_offset_is_a_mistake_of_the_caller(company: Any, composed: Any) -> None:
    """No instant, no signature."""
    with pytest.raises(ValueError, match="UTC offset"):
        sign.certify(
            composed.pdf,
            composed.fields[0],
            company.signer("ada"),
            datetime(2027, 2, 12, 12, 0),  # noqa: DTZ001 -- the mistake under test
        )


# --- appearance ---------------------------------------------------------------------------

AT = datetime(2027, 2, 17, 21, 42, 10, tzinfo=UTC)
PLAIN = Signed("Ada Adler", "Secretary", "I certify a true copy.", AT, "91c4 0e7d")
BOX = (132.67, 106.0)


def page_text(pages: Callable[[bytes], list[str]], pdf: bytes) -> str:
    """What a reader reads in it, on one line."""
    return " ".join(" ".join(pages(pdf)).split())


def test_visible_signature_names_person_office_meaning_time_and_its_source(
    pages: Callable[[bytes], list[str]],
) -> None:
    """Whoever looks at the page sees what was claimed, and by whose clock."""
    text = page_text(pages, drawn(PLAIN, *BOX))
    for said in (
        "Ada Adler",
        "Secretary",
        "“I certify a true copy.”",
        "Signed Wed 17 Feb 2027, 9:42:10 pm, UTC, by the signer’s own clock",
        "Certificate 91c4 0e7d",
    ):
        assert said in text


@pytest.mark.parametrize(
    ("hours", "said"),
    [(0.0, "9:42:10 pm, UTC"), (-5.0, "4:42:10 pm, UTC−5"), (5.5, "3:12:10 am, UTC+5:30")],
)
def test_time_is_shown_at_its_own_offset(hours: float, said: str) -> None:
    """The signer's wall clock, with how far it stood from UTC."""
    shown = when(AT.astimezone(timezone(timedelta(hours=hours)))).replace("\u00a0", " ")
    assert said in shown


@pytest.mark.parametrize(
    "name",
    [
        "Ada",
        "Wolfeschlegelsteinhausenbergerdorff " * 8,
        "W" * 500,
        "Ξένια Καλογεροπούλου-Παπαδημητρακοπούλου",
        "אסתר Исаева 王小明",
        "A\u0000B\u202eC\nD",
    ],
)
def test_visible_signature_stays_within_its_field(name: str) -> None:
    """At any length, in any script: no mark lies outside the box."""
    signed = replace(PLAIN, name=name, title=name, meaning=name * 3)
    with pikepdf.open(io.BytesIO(drawn(signed, *BOX))) as pdf:
        page = pdf.pages[0]
        places = [
            (float(m.operands[4]), float(m.operands[5]))
            for m in pikepdf.parse_content_stream(page)
            if str(m.operator) == "Tm"
        ]
        assert places
        assert all(0 <= x < BOX[0] and 0 < y < BOX[1] for x, y in places)
        assert all("/FontDescriptor" in f for f in page.Resources.Font.values())


@pytest.mark.interop("pdftotext")
def test_visible_signature_ends_within_its_field_on_the_right(
    tool: Callable[..., str],
) -> None:
    """The ends of the words, as another program measures them."""
    signed = replace(PLAIN, name="W" * 500, title="Mm " * 90, meaning="M" * 900)
    ends = re.findall(r'xMax="([0-9.]+)"', tool("pdftotext", drawn(signed, *BOX), "-bbox", "-"))
    assert ends
    assert max(map(float, ends)) <= BOX[0]


def test_character_without_a_glyph_stands_as_its_code(
    pages: Callable[[bytes], list[str]],
) -> None:
    """Never a box, never refused at the moment of signing."""
    assert "[U+05D0]" in page_text(pages, drawn(replace(PLAIN, name="א Levi"), *BOX))


def test_every_face_in_a_signed_file_is_embedded(complete: bytes) -> None:
    """No reader has to guess a font, Helvetica least of all."""
    with pikepdf.open(io.BytesIO(complete)) as pdf:
        fonts = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o]
        described = [f for f in fonts if "/FontDescriptor" in f]
        assert len(described) == len(fonts) > 3
        assert all("/FontFile2" in f.FontDescriptor for f in described)
