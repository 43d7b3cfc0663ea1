"""Certificates, offices and times: whose signature it is, and what still proves it years later."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509 as cx509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.timestamps import DummyTimeStamper

from candor.keys import p256, x509
from candor.packet import sign
from candor.packet.verify import LineState, Trust, verify
from candor.records.acts import EnrolAct, OfficeAct, RevokeAct
from candor.records.body import make_body
from candor.records.chain import event_id
from candor.records.events import EventType

DONE, NEEDS, STOPPED = LineState.DONE, LineState.NEEDS, LineState.STOPPED
YEARS_LATER = datetime.fromisoformat("2035-06-01T12:00:00+00:00")


@pytest.fixture
def unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Signing without our own checks, as another program would sign."""
    monkeypatch.setattr(sign, "_check_certificate", lambda *_: None)
    monkeypatch.setattr(sign, "_check_time", lambda *_: None)


def certificates(pdf: bytes, trust: Trust, at: datetime) -> Any:
    """The line on certificates, and the exit code."""
    found = verify(pdf, trust, at)
    line = found.lines[4]
    assert line.name == "Certificates"
    return line.state, line.statement, found.exit_code


# --- at signing ---------------------------------------------------------------------------


@pytest.mark.usefixtures("unchecked")
@pytest.mark.parametrize(
    ("days", "words"),
    [(-400, "was not valid yet at the time of signing"), (2000, "had expired at the time")],
)
def test_certificate_not_valid_at_signing_is_refused(
    company: Any, composed: Any, signing: Any, days: int, words: str
) -> None:
    """By the time that the signature itself claims."""
    at = signing + timedelta(days=days)
    signed = sign.certify(composed.pdf, composed.fields[0], company.signer("ada"), at)
    state, said, code = certificates(signed, company.trust(), at + timedelta(days=1))
    assert (state, code) == (STOPPED, 1)
    assert words in said


def test_certificate_withdrawn_before_signing_is_refused(
    changing: Any, short: Any, signing: Any, later: Any
) -> None:
    """Whether the packet knows of it or only the reader."""
    pdf = changing.states(changing.compiled(short))[-1]
    changing.revoke("cleo", signing - timedelta(days=1))
    state, said, code = certificates(pdf, changing.trust(), later)
    assert (state, code) == (STOPPED, 1)
    assert said == "Cleo Clark's certificate had been withdrawn at the time of signing"
    assert verify(pdf, Trust(changing.root), later).exit_code == 0, (
        "who does not know it cannot say"
    )


def test_withdrawal_by_a_single_officer_does_not_count(
    changing: Any, short: Any, signing: Any, later: Any
) -> None:
    """It needs two: nobody can undo a colleague's signature alone."""
    pdf = changing.states(changing.compiled(short))[-1]
    key = changing.people["cleo"].key_id
    changing.act(RevokeAct(key, (), "spite", signing.isoformat()), changing.keys[:1])
    assert verify(pdf, changing.trust(), later).exit_code == 0


def special(company: Any, *, ca: bool = False, **usage: bool) -> bytes:
    """A certificate of the company's root for Ada's key, with other uses."""
    root = cx509.load_der_x509_certificate(company.authority.certificate)
    names = ("digital_signature", "content_commitment", "key_cert_sign", "crl_sign")
    given = {name: usage.get(name, name in names[:2]) for name in names}
    others = ("key_encipherment", "data_encipherment", "key_agreement")
    unused = dict.fromkeys((*others, "encipher_only", "decipher_only"), False)
    public = p256.load_private(company.people["ada"].p256_key).public_key()
    made = (
        cx509.CertificateBuilder()
        .subject_name(cx509.Name([cx509.NameAttribute(NameOID.COMMON_NAME, "Ada Adler")]))
        .issuer_name(root.subject)
        .public_key(public)
        .serial_number(77)
        .not_valid_before(datetime.fromisoformat("2027-01-01T00:00:00+00:00"))
        .not_valid_after(datetime.fromisoformat("2029-01-01T00:00:00+00:00"))
        .add_extension(cx509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(cx509.KeyUsage(**given, **unused), critical=True)
        .sign(p256.load_private(company.authority.key), hashes.SHA256())
    )
    return made.public_bytes(Encoding.DER)


@pytest.mark.parametrize(
    ("usage", "words"),
    [
        ({"ca": True}, "is one for issuing certificates"),
        ({"key_cert_sign": True, "ca": True}, "is one for issuing certificates"),
        ({"digital_signature": False}, "is not one that may sign documents"),
        ({"content_commitment": False}, "is not one that may sign documents"),
    ],
)
def test_certificate_for_another_use_is_refused(
    changing: Any, short: Any, signing: Any, later: Any, usage: Any, words: str
) -> None:
    """Though the directory holds it and the root issued it."""
    changing.enrol("ada", special(changing, **usage))
    composed = changing.compiled(short)
    signed = sign.certify(composed.pdf, composed.fields[0], changing.signer("ada"), signing)
    state, said, code = certificates(signed, changing.trust(), later)
    assert (state, code) == (STOPPED, 1)
    assert words in said


def test_certificate_that_the_directory_does_not_hold_is_refused(
    changing: Any, short: Any, signing: Any, later: Any
) -> None:
    """The root's key alone cannot make a signer: the act must be public."""
    public = changing.people["ada"].public()
    spki = bytes.fromhex(public.p256)
    changing.certificates["ada"] = x509.issue(
        changing.authority, "Ada Adler", "ada", spki, signing, signing + timedelta(days=9)
    )
    composed = changing.compiled(short)
    signed = sign.certify(composed.pdf, composed.fields[0], changing.signer("ada"), signing)
    state, said, _ = certificates(signed, changing.trust(), later)
    assert state is STOPPED
    assert said == "Ada Adler's certificate does not stand in the company's directory"


def test_certificate_certified_without_enough_signatures_is_refused(
    changing: Any, short: Any, signing: Any, later: Any
) -> None:
    """An enrolment that no officer signed is no enrolment."""
    public = changing.people["ada"].public()
    spki = bytes.fromhex(public.p256)
    made = x509.issue(changing.authority, "Ada Adler", "ada", spki, signing, later)
    changing.certificates["ada"] = made
    changing.act(EnrolAct("ada", public.ed25519, public.age, public.p256, made.hex()), [])
    composed = changing.compiled(short)
    signed = sign.certify(composed.pdf, composed.fields[0], changing.signer("ada"), signing)
    assert certificates(signed, changing.trust(), later)[0] is STOPPED


def test_signer_without_the_office_is_refused(changing: Any, short: Any, later: Any) -> None:
    """The manifest says who signs as what; the directory says who holds what."""
    lines = changing.lines([("dan", "clo", "Chief Legal Officer", "I decided.")])
    pdf = changing.states(changing.compiled(short, lines))[-1]
    line = verify(pdf, changing.trust(), later).lines[1]
    assert (line.name, line.state) == ("Who signed", STOPPED)
    assert line.statement == "Dan Dahl was not Chief Legal Officer then"


def test_office_given_to_somebody_else_later_changes_nothing(
    changing: Any, short: Any, later: Any
) -> None:
    """Only the day of signing counts."""
    pdf = changing.states(changing.compiled(short))[-1]
    changing.act(OfficeAct("clo", "dan", "2027-03-01"))
    assert verify(pdf, changing.trust(), later).exit_code == 0


@pytest.mark.usefixtures("unchecked")
def test_times_that_run_backwards_are_not_green(
    company: Any, composed: Any, states: list[bytes], signing: Any, later: Any
) -> None:
    """Somebody's clock was wrong, and nobody can say whose."""
    early = signing - timedelta(days=3)
    pdf = sign.approve(states[1], composed.fields[1], company.signer("cleo"), early)
    line = verify(pdf, company.trust(), later).lines[2]
    assert (line.name, line.state) == ("When", NEEDS)
    assert "clock was wrong" in line.evidence


# --- years later --------------------------------------------------------------------------


def test_expired_since_cannot_be_checked_and_is_not_red(company: Any, complete: bytes) -> None:
    """The claimed time alone proves nothing once an old key may be in anybody's hands."""
    state, said, code = certificates(complete, company.trust(), YEARS_LATER)
    assert (state, code) == (NEEDS, 3)
    assert said == "Ada Adler's certificate has expired since, and nobody saw it before"


def fresh(company: Any, *events: Any) -> Trust:
    """What the company knows years later, its directory renewed."""
    return replace(company.trust(*events), directory_as_of="2035-05-01T00:00:00+00:00")


def test_witnessed_signatures_stay_green_for_ever(changing: Any, short: Any, later: Any) -> None:
    """Others signed events that name the file: an archived packet does not turn."""
    found = changing.states(changing.compiled(short))
    events = [
        changing.packet_signed("cleo", found[1], found[2], later),
        changing.packet_signed("ben", found[2], found[3], later),
        changing.packet_signed("dan", found[3], found[3], later),
    ]
    verdict = verify(found[3], fresh(changing, *events), YEARS_LATER)
    assert verdict.exit_code == 0
    assert any("saw Ada Adler's signature" in note for note in verdict.lines[4].detail)


def test_receipt_for_a_signing_is_a_witness(changing: Any, short: Any, later: Any) -> None:
    """The secretary received the event by which each of the others says that they signed."""
    found = changing.states(changing.compiled(short))
    told = [
        changing.packet_signed("cleo", found[1], found[2], later),
        changing.packet_signed("ben", found[2], found[3], later),
    ]
    receipts = [
        changing.write(
            "dan",
            changing.case,
            EventType.RECEIPT_GIVEN,
            make_body([("event", event_id(signed)), ("number", "1")]),
            later,
        )
        for signed, _ in told
    ]
    assert verify(found[3], fresh(changing, *told, *receipts), YEARS_LATER).exit_code == 0


@pytest.mark.parametrize("why", ["self", "late", "early", "other file", "changed", "unknown"])
def test_what_is_no_witness_does_not_help(
    changing: Any, short: Any, signing: Any, later: Any, why: str
) -> None:
    """Nobody witnesses their own, nor after the end, nor before it was made, nor what they
    did not sign."""
    pdf = changing.states(changing.compiled(short, changing.lines()[:1]))[-1]
    who = {"self": "ada", "unknown": "eve"}.get(why, "dan")
    at = {"late": YEARS_LATER, "early": signing - timedelta(days=1)}.get(why, later)
    about = b"another file" if why == "other file" else pdf
    signed, body = changing.packet_signed(who, b"", about, at)
    if why == "changed":
        body = make_body([("digest_after", "ab" * 32)])
    assert certificates(pdf, fresh(changing, (signed, body)), YEARS_LATER)[0] is NEEDS
    good = changing.packet_signed("dan", b"", pdf, later)
    assert verify(pdf, fresh(changing, good), YEARS_LATER).exit_code == 0


def test_certificate_withdrawn_since_needs_a_witness_too(
    changing: Any, short: Any, signing: Any, later: Any
) -> None:
    """A stolen key can sign with any claimed time."""
    pdf = changing.states(changing.compiled(short, changing.lines()[1:2]))[-1]
    seen = changing.packet_signed("dan", b"", pdf, later)
    changing.revoke("cleo", later + timedelta(days=5))
    at = later + timedelta(days=6)
    state, said, code = certificates(pdf, changing.trust(), at)
    assert (state, code) == (NEEDS, 3)
    assert "been withdrawn since" in said
    assert verify(pdf, changing.trust(seen), at).exit_code == 0


def test_witness_whose_own_key_was_withdrawn_before_does_not_count(
    changing: Any, short: Any, signing: Any, later: Any
) -> None:
    """Nor is a thief a witness."""
    pdf = changing.states(changing.compiled(short, changing.lines()[:1]))[-1]
    seen = changing.packet_signed("dan", b"", pdf, later)
    changing.revoke("dan", signing)
    assert certificates(pdf, fresh(changing, seen), YEARS_LATER)[0] is NEEDS


# --- time stamps --------------------------------------------------------------------------


@pytest.fixture(scope="module")
def authority() -> tuple[bytes, Any]:
    """A time stamping authority: its root certificate (DER) and a stamper for an instant."""
    private = rsa.generate_private_key(65537, 2048)
    key = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    name = cx509.Name([cx509.NameAttribute(NameOID.COMMON_NAME, "Time of Day")])
    made = (
        cx509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(5)
        .not_valid_before(datetime.fromisoformat("2020-01-01T00:00:00+00:00"))
        .not_valid_after(datetime.fromisoformat("2050-01-01T00:00:00+00:00"))
        .add_extension(cx509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        .sign(private, hashes.SHA256())
    )
    der = made.public_bytes(Encoding.DER)

    def stamper(at: datetime) -> DummyTimeStamper:
        return DummyTimeStamper(
            tsa_cert=asn1_x509.Certificate.load(der),
            tsa_key=asn1_keys.PrivateKeyInfo.load(key),
            fixed_dt=at,
        )

    return der, stamper


def stamped(pdf: bytes, stamper: Any) -> bytes:
    """The file with an archival time stamp after its last signature."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    out: io.BytesIO = signers.PdfTimeStamper(stamper).timestamp_pdf(writer, "sha256")
    return out.getvalue()


def test_time_stamp_after_the_last_signature_changes_nothing(
    company: Any, complete: bytes, later: Any, authority: Any
) -> None:
    """It is no change to what was signed, whoever gave it."""
    verdict = verify(stamped(complete, authority[1](later)), company.trust(), later)
    assert verdict.exit_code == 0
    assert "1 time stamp" in verdict.lines[2].evidence


def test_time_stamp_before_the_end_keeps_an_archived_packet_green(
    company: Any, complete: bytes, later: Any, authority: Any
) -> None:
    """By an authority that the reader trusts; by any other it cannot be checked."""
    pdf = stamped(complete, authority[1](later))
    trust = fresh(company)
    known = replace(trust, time_authorities=(authority[0],))
    assert verify(pdf, known, YEARS_LATER).exit_code == 0
    assert certificates(pdf, trust, YEARS_LATER)[0] is NEEDS
    stranger = replace(trust, time_authorities=(company.authority.certificate,))
    assert certificates(pdf, stranger, YEARS_LATER)[0] is NEEDS
    late = stamped(complete, authority[1](YEARS_LATER))
    assert certificates(late, known, YEARS_LATER)[0] is NEEDS


def test_time_stamp_on_an_unfinished_packet_is_refused(
    company: Any, states: list[bytes], later: Any, authority: Any
) -> None:
    """It would stand between two signatures."""
    assert verify(stamped(states[2], authority[1](later)), company.trust(), later).exit_code == 1


def test_new_title_under_a_time_stamp_is_refused(
    company: Any, complete: bytes, later: Any, authority: Any, appended: Any
) -> None:
    """What readers show above the page is content too."""

    def retitle(writer: IncrementalPdfFileWriter) -> None:
        writer.document_meta.title = "Another packet"
        writer.update_root()

    pdf = stamped(appended(complete, retitle), authority[1](later))
    found = verify(pdf, company.trust(), later)
    assert found.lines[0].state is STOPPED


def test_damaged_time_stamp_is_refused(
    company: Any, complete: bytes, later: Any, authority: Any
) -> None:
    """Every byte counts, this one's too."""
    pdf = stamped(complete, authority[1](later))
    start = pdf.rindex(b"/Contents <")
    harmed = pdf[: start + 1000] + b"00" + pdf[start + 1002 :]
    padded = pdf.index(b">", start) - 4
    spoiled = pdf[:padded] + b"0A" + pdf[padded + 2 :]
    assert verify(spoiled, company.trust(), later).exit_code == 1
    known = replace(fresh(company), time_authorities=(authority[0],))
    assert verify(harmed, known, YEARS_LATER).exit_code in {1, 3}
