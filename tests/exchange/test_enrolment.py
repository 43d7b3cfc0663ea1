"""Joining: what a code opens and proves, and each way in which a request is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from candor.clock import stamp
from candor.errors import CandorError
from candor.exchange import enrolment
from candor.exchange.enrolment import Enrolment, Invitation, Issued
from candor.exchange.refusals import BundleRefused, Reason
from candor.keys.codes import CodeMistyped, new_id
from candor.keys.identity import Identity
from candor.records import codec


@pytest.fixture
def code() -> str:
    return enrolment.new_invitation_code()


@pytest.fixture
def invitation(ada: Identity, grace: Identity, company: str, noon: datetime) -> Invitation:
    """The secretary (Grace) invites Ada."""
    return Invitation(
        v=1,
        id=new_id(),
        company=company,
        company_name="Example Robotics, Inc.",
        person=ada.person,
        name="Ada Example",
        roles=("director",),
        expires=stamp(noon + timedelta(days=14)),
        secretary=grace.person,
        secretary_age=grace.age.recipient,
        root="a" * 64,
    )


@pytest.fixture
def asked(invitation: Invitation, code: str, ada: Identity, noon: datetime) -> bytes:
    """Ada's request."""
    return enrolment.request(invitation, code, ada, now=noon).data


@pytest.fixture
def again(invitation: Invitation, code: str, ada: Identity, noon: datetime) -> bytes:
    """Ada's second request with the same code."""
    return enrolment.request(invitation, code, ada, now=noon).data


Judge = Callable[..., Enrolment]


@pytest.fixture
def judge(
    invitation: Invitation, code: str, ada: Identity, grace: Identity, noon: datetime
) -> Judge:
    """The secretary judges a request."""

    def judging(
        data: bytes, *, sender: Identity = ada, now: datetime = noon, **issued: Any
    ) -> Enrolment:
        known = Issued(**({"invitation": invitation, "code": code} | issued))
        key = sender.signing.public.hex()
        return enrolment.check_request(data, known, grace, sender_key=key, now=now)

    return judging


def _refused(judge: Judge, data: bytes, **changes: Any) -> BundleRefused:
    with pytest.raises(BundleRefused) as caught:
        judge(data, **changes)
    assert caught.value.hint
    return caught.value


def test_request_with_the_right_code_is_accepted(
    asked: bytes, judge: Judge, ada: Identity, invitation: Invitation
) -> None:
    enrolled = judge(asked)
    assert enrolled.keys == ada.public()
    assert (enrolled.person, enrolled.invitation) == (ada.person, invitation.id)
    assert enrolled.spoken == enrolment.spoken(ada.public())
    assert enrolment.requested_invitation(asked) == invitation.id


def test_code_is_forgiving_of_case_and_spaces(
    invitation: Invitation, code: str, ada: Identity, noon: datetime, judge: Judge
) -> None:
    typed = code.lower().replace("-", " ")
    assert enrolment.code_key(typed).recipient == enrolment.code_key(code).recipient
    assert judge(enrolment.request(invitation, typed, ada, now=noon).data).person == ada.person


def test_code_with_a_character_missing_is_mistyped(code: str) -> None:
    with pytest.raises(CodeMistyped):
        enrolment.code_key(code[:-1])


def test_request_with_a_wrong_code_is_refused(
    invitation: Invitation, ada: Identity, noon: datetime, judge: Judge
) -> None:
    other = enrolment.new_invitation_code()
    refusal = _refused(judge, enrolment.request(invitation, other, ada, now=noon).data)
    assert refusal.reason is Reason.CODE
    assert "wrong code" in refusal.message


def test_request_after_expiry_is_refused(asked: bytes, judge: Judge, noon: datetime) -> None:
    refusal = _refused(judge, asked, now=noon + timedelta(days=15))
    assert refusal.reason is Reason.EXPIRED


def test_the_same_request_again_is_accepted_and_another_on_its_code_refused(
    asked: bytes, judge: Judge, again: bytes, noon: datetime
) -> None:
    first = judge(asked)
    late = noon + timedelta(days=30)
    assert judge(asked, used=first.digest, now=late) == first
    refusal = _refused(judge, again, used=first.digest)
    assert refusal.reason is Reason.REUSED
    assert "used already" in refusal.message


def test_request_for_another_invitation_is_refused(
    asked: bytes, judge: Judge, invitation: Invitation
) -> None:
    for change in ({"id": new_id()}, {"person": new_id()}, {"company": "b" * 26}):
        other = msgspec.structs.replace(invitation, **change)
        assert _refused(judge, asked, invitation=other).reason is Reason.CONTENT


def test_request_made_under_another_root_is_refused(
    asked: bytes, judge: Judge, invitation: Invitation
) -> None:
    other = msgspec.structs.replace(invitation, root="b" * 64)
    assert _refused(judge, asked, invitation=other).reason is Reason.ROOT


@pytest.mark.parametrize("which", ["ed25519", "age", "p256"])
def test_swapped_key_is_refused_on_its_way(asked: bytes, judge: Judge, which: str) -> None:
    said = codec.decode(asked)
    said["transcript"]["keys"][which] = getattr(Identity.new(new_id()).public(), which)
    assert _refused(judge, codec.encode(said)).reason is Reason.CODE


def _with_keys(
    keys: dict[str, str], proofs: dict[str, str], invitation: Invitation, code: str, said: Any
) -> bytes:
    """A request by somebody who has the code but not all the keys."""
    said["transcript"]["keys"].update(keys)
    said["proofs"].update(proofs)
    transcript = msgspec.convert(said["transcript"], enrolment._Transcript)
    proved = msgspec.convert(said["proofs"], enrolment._Proofs)
    said["mac"] = enrolment._code_mac(code, transcript, proved).hex()
    return codec.encode(said)


@pytest.mark.parametrize("which", ["ed25519", "age", "p256"])
def test_key_of_another_is_refused_even_with_the_code(
    asked: bytes, judge: Judge, which: str, invitation: Invitation, code: str
) -> None:
    other = Identity.new(new_id())
    keys = {which: getattr(other.public(), which)}
    data = _with_keys(keys, {}, invitation, code, codec.decode(asked))
    refusal = _refused(judge, data, sender=other)
    assert refusal.reason is Reason.PROOF
    assert "does not hold all the keys" in refusal.message


@pytest.mark.parametrize("which", ["ed25519", "age", "p256"])
def test_proof_that_is_none_is_refused(
    asked: bytes, judge: Judge, which: str, invitation: Invitation, code: str
) -> None:
    for proof in ("", "00", "zz", "AB" * 64, "ab" * 64):
        data = _with_keys({}, {which: proof}, invitation, code, codec.decode(asked))
        assert _refused(judge, data).reason is Reason.PROOF


def test_request_signed_by_another_key_than_its_own_is_refused(
    asked: bytes, judge: Judge, grace: Identity
) -> None:
    assert _refused(judge, asked, sender=grace).reason is Reason.PROOF


WEAK = {
    "identity point": {"ed25519": "01" + "00" * 31},
    "not a point": {"ed25519": "02" + "00" * 31},
    "no key": {"ed25519": ""},
    "capitals": {"ed25519": "AB" * 32},
    "low-order recipient": {
        "age": "age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq"
    },
    "no certificate key": {"p256": "3059"},
}


@pytest.mark.parametrize("name", WEAK)
def test_key_that_proves_nothing_is_refused(
    asked: bytes, judge: Judge, name: str, invitation: Invitation, code: str
) -> None:
    data = _with_keys(WEAK[name], {}, invitation, code, codec.decode(asked))
    assert _refused(judge, data).reason is Reason.PROOF


def test_invitation_reads_back_until_it_expires(invitation: Invitation, noon: datetime) -> None:
    data = invitation.part().data
    assert enrolment.read_invitation(data, now=noon) == invitation
    with pytest.raises(BundleRefused, match="has expired") as caught:
        enrolment.read_invitation(data, now=noon + timedelta(days=15))
    assert caught.value.reason is Reason.EXPIRED


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"v": 2}, Reason.VERSION),
        ({"expires": "soon"}, Reason.CONTENT),
        ({"expires": "0001-01-01T00:00:00+23:59"}, Reason.CONTENT),
    ],
)
def test_invitation_that_makes_no_sense_is_refused(
    invitation: Invitation, noon: datetime, changes: dict[str, Any], reason: Reason
) -> None:
    data = msgspec.structs.replace(invitation, **changes).part().data
    with pytest.raises(BundleRefused) as caught:
        enrolment.read_invitation(data, now=noon)
    assert caught.value.reason is reason


def test_request_flipped_at_any_byte_is_refused(asked: bytes, judge: Judge) -> None:
    for at in range(len(asked)):
        flipped = asked[:at] + bytes([asked[at] ^ 1]) + asked[at + 1 :]
        assert _refused(judge, flipped).message


@given(st.binary(max_size=200))
@settings(max_examples=100)
def test_any_bytes_are_no_request(data: bytes) -> None:
    with pytest.raises(CandorError):
        enrolment.requested_invitation(data)
