"""How a newcomer joins: the invitation, the request, and what is refused of either."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from candor.clock import stamp
from candor.exchange import enrolment, intake
from candor.exchange.bundle import Outgoing, Part, to_bytes
from candor.exchange.checked import Checked, Trust
from candor.exchange.manifest import BlobKind, Purpose
from candor.exchange.refusals import BundleRefused, Reason
from candor.keys.codes import new_id
from candor.keys.identity import Identity

from .a_company import Company, Pair, refused

Send = Callable[..., bytes]
Take = Callable[..., Checked]
Make = Callable[..., Pair]
Out = Callable[..., Outgoing]
Invited = tuple[bytes, str]


@pytest.fixture
def invite(firm: Company, outgoing: Out) -> Callable[..., Invited]:
    """Grace invites a newcomer; gives the file and the code."""

    def inviting(**changes: Any) -> Invited:
        code = enrolment.new_invitation_code()
        fields: dict[str, Any] = {
            "v": 1,
            "id": new_id(),
            "company": firm.id,
            "company_name": "Example Robotics, Inc.",
            "person": "newcomer",
            "name": "New Example",
            "roles": ("director",),
            "expires": stamp(firm.noon + timedelta(days=14)),
            "secretary": firm.grace.person,
            "secretary_age": firm.grace.age.recipient,
            "root": firm.root.fingerprint,
        }
        invitation = enrolment.Invitation(**(fields | changes))
        file = outgoing(
            purpose=Purpose.INVITATION,
            to="newcomer",
            recipients=(enrolment.code_key(code).recipient,),
            events=firm.events,
            parts=(invitation.part(), Part(BlobKind.ROOT, firm.root.to_bytes())),
        )
        return to_bytes(file, firm.grace)[0], code

    return inviting


def test_newcomer_joins_by_invitation_code_and_request(
    firm: Company, invite: Callable[..., Invited], outgoing: Out, take: Take
) -> None:
    data, code = invite()
    checked, invitation = intake.check_invitation(data, code=code, now=firm.noon)
    assert checked.trust is Trust.UNPINNED
    assert checked.sender is None
    assert checked.root == firm.root
    newcomer = Identity.new(invitation.person)
    asked = outgoing(
        purpose=Purpose.ENROLMENT,
        parts=(enrolment.request(invitation, code, newcomer, now=firm.noon),),
    )
    request = take(to_bytes(asked, newcomer)[0])
    assert request.trust is Trust.UNKNOWN
    issued = enrolment.Issued(invitation, code)
    enrolled = intake.check_enrolment(request, issued, firm.grace, now=firm.noon)
    assert enrolled.keys == newcomer.public()
    with pytest.raises(BundleRefused, match="not a request"):
        intake.check_enrolment(checked, issued, firm.grace, now=firm.noon)


def test_invitation_opens_only_with_its_code(firm: Company, invite: Callable[..., Invited]) -> None:
    data, _ = invite()
    with pytest.raises(BundleRefused, match="code does not open") as caught:
        intake.check_invitation(data, code=enrolment.new_invitation_code(), now=firm.noon)
    assert caught.value.reason is Reason.CODE


def test_expired_invitation_is_refused(firm: Company, invite: Callable[..., Invited]) -> None:
    data, code = invite()
    with pytest.raises(BundleRefused) as caught:
        intake.check_invitation(data, code=code, now=firm.noon + timedelta(days=15))
    assert caught.value.reason is Reason.EXPIRED


@pytest.mark.parametrize(
    "change",
    [{"root": "f" * 64}, {"company": "b" * 26}, {"person": "other"}, {"secretary": "other"}],
)
def test_invitation_that_contradicts_its_file_is_refused(
    firm: Company, invite: Callable[..., Invited], change: dict[str, str]
) -> None:
    data, code = invite(**change)
    with pytest.raises(BundleRefused, match="contradicts itself"):
        intake.check_invitation(data, code=code, now=firm.noon)


def test_request_and_invitation_travel_only_in_files_of_their_purpose(
    firm: Company, send: Send, take: Take, event: Make
) -> None:
    stray = Part(BlobKind.REQUEST, b"{}")
    for data in (
        send(parts=(stray,)),
        send(parts=(Part(BlobKind.INVITATION, b"{}"),)),
        send(purpose=Purpose.ENROLMENT),
        send(purpose=Purpose.ENROLMENT, parts=(stray, Part(BlobKind.REQUEST, b"[]"))),
        send(purpose=Purpose.ENROLMENT, parts=(stray,), events=[event()]),
    ):
        assert refused(take, data).reason is Reason.CONTENT
    plain = send(recipients=(firm.ada.age.recipient,), to="x")
    with pytest.raises(BundleRefused):
        intake.check_invitation(plain, code=enrolment.new_invitation_code(), now=firm.noon)
