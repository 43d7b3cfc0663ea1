"""evidence.json: what is put in comes out, and nothing else is read."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from candor.errors import CandorError
from candor.packet import sign
from candor.packet.evidence import EvidenceInput, EvidenceRefused, build, read
from candor.packet.verify import LineState, verify
from candor.records import chain
from candor.records.body import Revealed, make_body, reveal
from candor.records.events import BodyItem, SignedEvent

STOPPED = LineState.STOPPED


@pytest.fixture(scope="session")
def inside(company: Any) -> bytes:
    """Evidence as built."""
    return build(company.given())


def test_what_is_built_is_read_again(company: Any, inside: bytes) -> None:
    """Root, directory, events and signers: built anew from what was read, the same bytes."""
    given, found = company.given(), read(inside)
    assert found.root.to_bytes() == given.root
    assert found.signers == given.signers
    assert [s for s, _ in found.directory] == [s for s, _ in given.directory]
    assert (found.packet, found.kind, found.version) == ("p" * 26, "packet", 1)
    again = EvidenceInput(
        **{
            name: getattr(found, name) for name in EvidenceInput.__struct_fields__ if name != "root"
        },
        root=found.root.to_bytes(),
    )
    assert build(again) == inside


def test_equal_inputs_give_equal_bytes(company: Any, inside: bytes) -> None:
    """A packet can be compiled again elsewhere."""
    assert build(company.given()) == inside


def test_signed_bytes_stand_in_it_as_they_are(company: Any, inside: bytes) -> None:
    """Only those very bytes can be verified again."""
    payloads = [event["payload"] for event in json.loads(inside)["events"]]
    assert payloads == [s.payload.decode() for s, _ in company.case_events]


def test_hidden_items_are_not_in_it(company: Any, inside: bytes) -> None:
    """The context of a questionnaire is the company's own; its digest stands for it."""
    entries = read(inside).events[0][1].entries
    assert isinstance(entries[2], str)
    assert [e.id for e in entries if isinstance(e, BodyItem)] == ["form_id", "answer/6.01"]
    assert b'"context"' not in inside


def test_root_of_another_company_is_refused(company: Any, make_company: Any) -> None:
    """It could prove nothing here."""
    other = make_company().root.to_bytes()
    with pytest.raises(EvidenceRefused, match="another company"):
        build(company.given(root=other))


@pytest.mark.parametrize("number", [0, 65])
def test_packet_nobody_or_everybody_signs_is_refused(company: Any, number: int) -> None:
    """A line-up has somebody in it, and an end."""
    with pytest.raises(EvidenceRefused, match="no signer, or too many"):
        build(company.given(signers=company.given().signers[:1] * number))


@pytest.mark.parametrize("same", ["field", "person", "certificate"])
def test_two_signers_never_share_anything(company: Any, same: str) -> None:
    """Nobody signs twice, and no place or key serves two."""
    first, second, third = company.given().signers
    doubled = msgspec.structs.replace(second, **{same: getattr(first, same)})
    with pytest.raises(EvidenceRefused, match=f"one {same} to two"):
        build(company.given(signers=(first, doubled, third)))


def changed(inside: bytes, **values: Any) -> bytes:
    """The evidence with other values at its top."""
    return json.dumps({**json.loads(inside), **values}).encode()


@pytest.mark.parametrize(
    "values",
    [
        {"v": 2},
        {"v": 1.0},
        {"extra": 1},
        {"root": "{}"},
        {"root": "\ud800"},
        {"root_fingerprint": "ab" * 32},
        {"company": "a" * 26},
        {"signers": []},
        {"signers": {}},
        {"version": "1"},
        {"events": [{"payload": "{}", "signature": "zz", "shown": {"entries": []}}]},
        {"events": [{"payload": "{}", "signature": "00", "shown": {"entries": [1]}}]},
        {"directory": [{"payload": "{}", "signature": "00"}]},
    ],
)
def test_malformed_evidence_is_refused_with_a_sentence(
    inside: bytes, values: dict[str, Any]
) -> None:
    """By its own error, whatever is wrong."""
    with pytest.raises(EvidenceRefused) as refusal:
        read(changed(inside, **values))
    assert refusal.value.hint


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"[]", b"null", b"\xff\xfe", b'{"v":1,"v":1}', b"[" * 100_000, b"NaN", b"1e9"],
)
def test_what_is_no_evidence_is_refused(data: bytes) -> None:
    """Strictly: duplicate names, deep nesting and odd numbers too."""
    with pytest.raises(EvidenceRefused):
        read(data)


@settings(max_examples=200)
@given(data=st.data())
def test_damaged_evidence_is_read_or_refused(data: Any, inside: bytes) -> None:
    """Never anything but evidence or a CandorError."""
    at = data.draw(st.integers(0, len(inside) - 1))
    filling = data.draw(st.binary(max_size=8))
    harmed = inside[:at] + filling + inside[at + data.draw(st.integers(0, 40)) :]
    try:
        assert read(harmed).signers
    except CandorError as refusal:
        assert refusal.message  # noqa: PT017 -- both outcomes are right


# --- inside a packet ----------------------------------------------------------------------


def content_line(company: Any, short: Any, signing: Any, later: Any, **given: Any) -> Any:
    """The line on the content of a packet certified over such evidence."""
    composed = company.compiled(short, evidence=build(company.given(**given)))
    signed = sign.certify(composed.pdf, composed.fields[0], company.signer("ada"), signing)
    return verify(signed, company.trust(), later).lines[0]


def test_changed_record_is_found_though_the_secretary_certified_it(
    company: Any, short: Any, signing: Any, later: Any
) -> None:
    """Each record proves itself, whoever puts the packet together."""
    (signed, shown), *rest = company.given().events
    other = SignedEvent(signed.payload.replace(b"2027-01", b"2027-02", 1), signed.signature)
    line = content_line(company, short, signing, later, events=((other, shown), *rest))
    assert line.state is STOPPED
    assert line.statement == "A record inside was changed after it was signed"


def test_answer_that_its_author_did_not_sign_is_found(
    company: Any, short: Any, signing: Any, later: Any
) -> None:
    """An answer swapped for another, with its own salt."""
    (signed, shown), *rest = company.given().events
    first, second, third = shown.entries
    swapped = msgspec.structs.replace(second, value={"value": False})
    events = ((signed, Revealed((first, swapped, third))), *rest)
    line = content_line(company, short, signing, later, events=events)
    assert line.state is STOPPED
    assert line.statement == "What a record inside shows is not what its author signed"


def test_record_of_somebody_unknown_is_found(
    company: Any, short: Any, signing: Any, later: Any
) -> None:
    """A key that no officer certified signs for nobody."""
    signed, body = company.write("eve", company.case, "questionnaire.signed", make_body([("a", 1)]))
    line = content_line(company, short, signing, later, events=((signed, reveal(body, ["a"])),))
    assert line.state is STOPPED
    assert "whom the directory does not know" in line.statement


def test_record_of_another_company_is_found(
    company: Any, make_company: Any, short: Any, signing: Any, later: Any
) -> None:
    """Signed by the same key, for somebody else."""
    other = make_company()
    other.people = company.people
    signed, body = other.write("cleo", other.case, "exception.determined", make_body([("a", 1)]))
    line = content_line(company, short, signing, later, events=((signed, reveal(body, ["a"])),))
    assert line.state is STOPPED
    assert line.statement == "A record inside belongs to another company"


def test_record_signed_after_its_key_was_withdrawn_is_not_green(
    changing: Any, short: Any, signing: Any, later: Any
) -> None:
    """It may be the thief's."""
    late = changing.write(
        "dan", changing.case, "questionnaire.signed", make_body([("a", 1)]), signing
    )
    events = ((late[0], reveal(late[1], ["a"])),)
    composed = changing.compiled(short, evidence=build(changing.given(events=events)))
    signed = sign.certify(composed.pdf, composed.fields[0], changing.signer("ada"), signing)
    assert verify(signed, changing.trust(), later).lines[0].state is LineState.DONE
    changing.revoke("dan", signing.replace(month=1))
    line = verify(signed, changing.trust(), later).lines[0]
    assert line.state is LineState.NEEDS
    assert "withdrawn" in line.statement


def test_determination_without_the_office_is_named(
    company: Any, short: Any, signing: Any, later: Any
) -> None:
    """It stands printed as void; whoever verifies is told why."""
    decided = company.write(
        "dan", company.case, "exception.determined", make_body([("office", "clo")])
    )
    events = ((decided[0], reveal(decided[1], ["office"])),)
    line = content_line(company, short, signing, later, events=events)
    assert any("Dan Dahl did not hold the office of clo" in note for note in line.detail)


def test_thousand_records_are_read_and_checked(
    company: Any, short: Any, signing: Any, later: Any
) -> None:
    """A large company's packet holds them all."""
    events = []
    for number in range(1000):
        pairs = [(f"answer/{n}", {"value": f"{number}.{n}"}) for n in range(20)]
        signed, body = company.write(
            "dan", chain.header(company.case_events[0][0]).case, "questionnaire.signed",
            make_body(pairs),
        )  # fmt: skip
        events.append((signed, reveal(body, [name for name, _ in pairs])))
    line = content_line(company, short, signing, later, events=tuple(events))
    assert "1,000 signed records" in line.evidence
