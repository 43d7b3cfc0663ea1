"""Intake on a real company: what passes, how far it is proved, and every refusal."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from candor.clock import stamp
from candor.exchange import intake, relay
from candor.exchange.bundle import Outgoing, Part, to_bytes
from candor.exchange.checked import Checked, Order, Trust
from candor.exchange.manifest import BlobKind, Purpose
from candor.exchange.outbox import Place
from candor.exchange.refusals import BundleRefused, Reason
from candor.keys.codes import new_id
from candor.keys.identity import Identity
from candor.records import chain
from candor.records import root as roots
from candor.records.acts import PersonAct, RevokeAct
from candor.records.events import EventType, SignedEvent

from .a_company import Company, Pair, refused

Send = Callable[..., bytes]
Take = Callable[..., Checked]
Make = Callable[..., Pair]
Out = Callable[..., Outgoing]


def test_file_of_a_certified_sender_is_proved(
    send: Send, take: Take, event: Make, firm: Company, tmp_path: Path
) -> None:
    pair = event()
    data = send(events=[pair], parts=(Part(BlobKind.BLOB, b"%PDF", "bank statement.pdf"),))
    path = tmp_path / "a.candor"
    path.write_bytes(data)
    for checked in (take(data), take(path)):
        assert checked.verified
        assert checked.sender is not None
        assert checked.sender.name == "Ada Example"
        assert [e.pair for e in checked.new] == [pair]
        assert (checked.here, checked.unproved, checked.missing) == ((), (), ())
        assert (checked.order, checked.purpose) == (Order.NEXT, Purpose.REPLY)
        assert checked.blobs[0].name == "bank statement.pdf"
        assert checked.directory is not None


def test_event_type_of_the_future_is_preserved_exactly(send: Send, take: Take, event: Make) -> None:
    signed, body = event(type="future.thing", schema=9)
    checked = take(send(events=[(signed, body)]))
    assert checked.new[0].signed.payload == signed.payload
    assert checked.new[0].header.type == "future.thing"


def test_events_already_here_are_told_apart_and_gaps_named(
    send: Send, take: Take, event: Make
) -> None:
    old, fresh = event(), event(deps=["c" * 64])
    ids = {chain.event_id(old[0])}
    checked = take(send(events=[old, fresh]), has_event=ids.__contains__)
    assert [e.signed for e in checked.here] == [old[0]]
    assert [e.signed for e in checked.new] == [fresh[0]]
    assert checked.missing == ("c" * 64,)
    assert take(send(events=[fresh]), has_event=lambda e: e == "c" * 64).missing == ()


def test_event_whose_certificate_has_not_come_is_carried_as_unproved(
    send: Send, take: Take, event: Make
) -> None:
    stranger = Identity.new(new_id())
    checked = take(send(events=[event(author=stranger)]))
    assert checked.unproved == (checked.new[0].id,)
    assert checked.verified


def test_sender_without_a_certificate_is_claimed_not_shown_as_proved(
    event: Make, take: Take, outgoing: Out
) -> None:
    stranger = Identity.new(new_id())
    data = to_bytes(outgoing(events=[event(author=stranger)]), stranger)[0]
    checked = take(data)
    assert checked.trust is Trust.UNKNOWN
    assert checked.sender is None
    assert checked.claimed_sender.person == stranger.person
    assert checked.claimed_sender.key_id == stranger.key_id


def test_certificate_may_come_in_the_same_file(
    firm: Company, outgoing: Out, event: Make, take: Take
) -> None:
    newcomer = Identity.new(new_id())
    before = tuple(firm.events)
    firm.act(PersonAct(newcomer.person, "New Example"))
    firm.enrol(newcomer)
    events = [event(author=newcomer), *firm.events[len(before) :]]
    data = to_bytes(outgoing(events=events), newcomer)[0]
    checked = take(data, directory_events=before)
    assert checked.verified
    assert checked.sender is not None
    assert checked.sender.name == "New Example"
    assert checked.unproved == ()


def test_sender_whose_certificate_was_revoked_is_shown_as_such(
    firm: Company, send: Send, take: Take
) -> None:
    document = roots.with_second_officer(firm.root.document, firm.second.signing.public, firm.noon)
    signed = roots.sign_root(document, [firm.grace.signing, firm.second.signing])
    firm._append(EventType.OFFICER_JOINED, roots.root_body(signed))
    firm.root = roots.verify_versions([*firm.root.versions, signed])
    firm.act(RevokeAct(firm.ada.key_id, (), "laptop lost", stamp(firm.noon)), firm.second)
    checked = take(send(), root=firm.root)
    assert checked.trust is Trust.REVOKED
    assert checked.sender is None


def test_key_of_one_person_under_the_name_of_another_is_refused(
    firm: Company, outgoing: Out, take: Take
) -> None:
    posing = msgspec.structs.replace(firm.ada, person=firm.grace.person)
    refusal = refused(take, to_bytes(outgoing(), posing)[0])
    assert refusal.reason is Reason.SIGNATURE
    assert "another person" in refusal.message


def _places(send: Send, take: Take, last: Place) -> Callable[[int, str], tuple[Order, int]]:
    def place(sequence: int, previous: str) -> tuple[Order, int]:
        data = send(sequence=sequence, previous=previous)
        checked = take(data, received=lambda _person: last)
        return checked.order, checked.skipped

    return place


def test_place_in_the_senders_sequence_is_judged(send: Send, take: Take) -> None:
    place = _places(send, take, Place(4, "d" * 64))
    assert place(5, "d" * 64) == (Order.NEXT, 0)
    assert place(5, "e" * 64) == (Order.BRANCHED, 0)
    assert place(8, "e" * 64) == (Order.GAP, 3)
    assert place(4, "e" * 64) == (Order.BRANCHED, 0)
    assert place(2, "e" * 64) == (Order.EARLIER, 0)


def test_the_same_file_again_is_told(send: Send, take: Take) -> None:
    data = send()
    first = take(data)
    again = take(data, received=lambda _person: first.place)
    assert (first.order, again.order) == (Order.NEXT, Order.AGAIN)


def test_file_passed_on_by_its_recipient_is_refused(
    firm: Company, outgoing: Out, ada: Identity, take: Take
) -> None:
    """Grace opens a file that was made for Ada and that somebody sealed to Grace anew."""
    forwarded = outgoing(recipient=ada)
    data = to_bytes(forwarded, ada)[0]
    sealed_again = _reseal(data, ada, firm.grace)
    refusal = refused(take, sealed_again)
    assert refusal.reason is Reason.RECIPIENT
    assert "someone else" in refusal.message


def _reseal(data: bytes, opener: Identity, reader: Identity) -> bytes:
    import io

    from candor.exchange.seal import seal, unseal_bytes

    out = io.BytesIO()
    inside = unseal_bytes(data, [opener.age.secret], limit=2**24)
    seal(inside, [reader.age.recipient], out)
    return out.getvalue()


def test_file_for_another_person_or_company_is_refused(send: Send, take: Take, event: Make) -> None:
    assert refused(take, send(to=new_id())).reason is Reason.RECIPIENT
    assert refused(take, send(company=new_id())).reason is Reason.COMPANY
    foreign = send(events=[event(company=new_id())])
    assert "another company" in refused(take, foreign).message


def test_event_changed_after_signing_is_refused(send: Send, take: Take, event: Make) -> None:
    signed, body = event()
    forged = SignedEvent(signed.payload, bytes([signed.signature[0] ^ 1]) + signed.signature[1:])
    refusal = refused(take, send(events=[(forged, body)]))
    assert refusal.reason is Reason.SIGNATURE
    other = event(text="other")[1]
    assert "not those that were signed" in refused(take, send(events=[(signed, other)])).message


def test_event_signed_by_another_than_its_author_is_refused(
    send: Send, take: Take, event: Make, grace: Identity
) -> None:
    signed, body = event()
    stolen = SignedEvent(signed.payload, grace.signing.sign(b"anything"))
    assert refused(take, send(events=[(stolen, body)])).reason is Reason.SIGNATURE


@pytest.mark.parametrize(
    "blob",
    [
        b"{}\n",
        b"\n",
        b"",
        b'{"payload":"{}","signature":"00"}\n',
        b'{"payload":"{}","signature":"' + b"00" * 64 + b'"}\n',
        b'{"payload":"\\ud800","signature":"' + b"00" * 64 + b'"}\n',
        b"[" * 100 + b"\n",
        b'{"payload":NaN,"signature":"00"}\n',
    ],
)
def test_malformed_event_is_refused(send: Send, take: Take, blob: bytes) -> None:
    refusal = refused(take, send(parts=(Part(BlobKind.EVENTS, blob),)))
    assert refusal.reason is Reason.CONTENT


def test_the_same_event_in_two_blobs_is_refused(send: Send, take: Take, event: Make) -> None:
    from candor.exchange import carried

    pair = event()
    again = Part(BlobKind.EVENTS, carried.encode_line(pair[0], None) + b"\n")
    assert "the same event twice" in refused(take, send(events=[pair], parts=(again,))).message


def test_more_events_than_permitted_are_refused(
    send: Send, take: Take, event: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "MAX_EVENTS", 2)
    refusal = refused(take, send(events=[event() for _ in range(3)]))
    assert refusal.reason is Reason.TOO_LARGE


def test_foreign_root_is_refused_and_a_later_version_of_ours_accepted(
    firm: Company, send: Send, take: Take, company: str
) -> None:
    other = Company(company, firm.ada, firm.grace, firm.noon)
    foreign = send(parts=(Part(BlobKind.ROOT, other.root.to_bytes()),))
    refusal = refused(take, foreign)
    assert refusal.reason is Reason.ROOT
    assert "call the corporate secretary" in refusal.hint
    assert refused(take, send(parts=(Part(BlobKind.ROOT, b"{}"),))).reason is Reason.ROOT
    document = roots.with_second_officer(firm.root.document, firm.second.signing.public, firm.noon)
    later = roots.verify_versions(
        [*firm.root.versions, roots.sign_root(document, [firm.grace.signing, firm.second.signing])]
    )
    checked = take(send(parts=(Part(BlobKind.ROOT, later.to_bytes()),)))
    assert checked.root == later
    assert take(send(parts=(Part(BlobKind.ROOT, firm.root.to_bytes()),)), root=later).root == later


def test_our_root_with_further_signatures_is_ours(firm: Company, send: Send, take: Take) -> None:
    signed = roots.sign_root(firm.root.document, [firm.grace.signing, firm.ada.signing])
    countersigned = roots.verify_versions([signed])
    assert countersigned != firm.root
    assert take(send(parts=(Part(BlobKind.ROOT, countersigned.to_bytes()),))).root == firm.root


def test_two_roots_in_one_file_are_refused(firm: Company, send: Send, take: Take) -> None:
    other = Company(firm.id, firm.ada, firm.grace, firm.noon)
    parts = tuple(Part(BlobKind.ROOT, c.root.to_bytes()) for c in (firm, other))
    assert "two company roots" in refused(take, send(parts=parts)).message


def test_forms_and_packs_come_only_from_the_secretary(
    firm: Company, send: Send, take: Take, outgoing: Out, ada: Identity
) -> None:
    parts = (Part(BlobKind.FORM, b'id = "x"', "form"), Part(BlobKind.PACK, b"[pack]", "pack"))
    assert "only the corporate secretary" in refused(take, send(parts=parts)).message
    data = to_bytes(outgoing(recipient=ada, parts=parts), firm.grace)[0]
    checked = intake.check(data, secrets=[ada.age.secret], known=firm.known(ada))
    assert [a.data for a in (*checked.forms, *checked.packs)] == [b'id = "x"', b"[pack]"]


def test_content_of_an_unknown_kind_is_named_and_not_read(send: Send, take: Take) -> None:
    part = msgspec.structs.replace(Part(BlobKind.BLOB, b"new"), kind="hologram")
    checked = take(send(parts=(part,)))
    assert checked.unread == ("hologram",)
    assert checked.blobs == ()


def test_relayed_file_reaches_its_reader_and_not_the_courier(
    firm: Company, outgoing: Out, event: Make, ada: Identity, take: Take
) -> None:
    counsel = Identity.new(new_id())
    inner = outgoing(recipient=counsel, purpose=Purpose.SEALED, events=[event()])
    part, _ = relay.wrap(inner, ada)
    checked = take(to_bytes(outgoing(parts=(part,)), ada)[0])
    relayed = checked.relays[0]
    assert relayed.to == counsel.person
    assert checked.new == ()
    with pytest.raises(BundleRefused, match="not made for you"):
        take(relayed.file)
    carried_on = to_bytes(
        outgoing(recipient=counsel, parts=(Part(BlobKind.RELAY, relayed.part, relayed.to),)),
        firm.grace,
    )[0]
    known, secrets = firm.known(counsel), [counsel.age.secret]
    arrived = intake.check(carried_on, secrets=secrets, known=known)
    opened = intake.check(arrived.relays[0].file, secrets=secrets, known=known)
    assert opened.purpose is Purpose.SEALED
    assert opened.verified
    assert len(opened.new) == 1


def test_damaged_relay_refuses_the_file_that_carries_it(send: Send, take: Take) -> None:
    assert "forwarded file" in refused(take, send(parts=(Part(BlobKind.RELAY, b"x"),))).message


@pytest.mark.parametrize(
    "name", ["../../evil", "nul\0", "\u202egpj.exe", "CON", "/etc/passwd", "C:\\x", "a" * 500]
)
def test_display_name_never_becomes_a_path(send: Send, take: Take, name: str) -> None:
    checked = take(send(parts=(Part(BlobKind.BLOB, b"x", name),)))
    assert checked.blobs[0].name == name[:200]
    assert not hasattr(checked.blobs[0], "path")


def test_every_flipped_byte_leaves_nothing_to_import(send: Send, take: Take, event: Make) -> None:
    data = send(events=[event()])
    for at in range(len(data)):
        flipped = data[:at] + bytes([data[at] ^ 0x40]) + data[at + 1 :]
        with pytest.raises(BundleRefused):
            take(flipped)
    assert take(data).new


def test_every_truncation_leaves_nothing_to_import(send: Send, take: Take, event: Make) -> None:
    data = send(events=[event()])
    for at in range(len(data)):
        with pytest.raises(BundleRefused):
            take(data[:at])
    assert take(data).new


def test_what_passed_and_what_was_refused_come_back_from_a_worker(
    send: Send, take: Take, event: Make
) -> None:
    data = send(events=[event()])
    checked = take(data)
    copy = pickle.loads(pickle.dumps(checked))  # noqa: S301 -- our own bytes
    assert copy.manifest == checked.manifest
    assert [e.pair for e in copy.new] == [e.pair for e in checked.new]
    assert copy.sender == checked.sender
    refusal = refused(take, data[:-1])
    again = pickle.loads(pickle.dumps(refusal))  # noqa: S301 -- our own bytes
    assert (again.sentence(), again.reason) == (refusal.sentence(), refusal.reason)


def test_file_that_is_not_there_is_said(take: Take, tmp_path: Path) -> None:
    assert refused(take, tmp_path / "none.candor").reason is Reason.UNREADABLE  # type: ignore[arg-type]
    assert refused(take, tmp_path).reason is Reason.UNREADABLE  # type: ignore[arg-type]


def _lines(chunks: Iterable[bytes]) -> bytes:
    return b"".join(chunk + b"\n" for chunk in chunks)


def _outcome(take: Take, data: bytes) -> str:
    try:
        return "passed" if take(data).verified else "unproved"
    except BundleRefused as refusal:
        return refusal.reason


@given(st.sampled_from(sorted(BlobKind)), st.lists(st.binary(max_size=60), max_size=4))
@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_content_of_a_proved_sender_passes_whole_or_is_refused(
    firm: Company, send: Send, take: Take, kind: BlobKind, chunks: list[bytes]
) -> None:
    data = send(parts=(Part(kind, _lines(chunks)),))
    assert _outcome(take, data) in {"passed", *Reason}
