"""Events: the closed set of types, the header that is signed, the body beside it."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import msgspec


class EventType(StrEnum):
    """Every event this version interprets; an unknown type is kept, never interpreted."""

    FOUNDED = "directory.founded"
    OFFICER_JOINED = "directory.officer_joined"
    ROOT_CHANGED = "directory.root_changed"
    PERSON_RECORDED = "directory.person_recorded"
    PERSON_ENROLLED = "directory.person_enrolled"
    OFFICE_ASSIGNED = "directory.office_assigned"
    CERTIFICATE_REVOKED = "directory.certificate_revoked"
    ABSENCE_DECLARED = "directory.absence_declared"
    PACK_ADOPTED = "directory.pack_adopted"
    CAMPAIGN_OPENED = "campaign.opened"
    REMINDER_WRITTEN = "campaign.reminder_written"
    PACKET_COMPILED = "campaign.packet_compiled"
    PACKET_SIGNED = "campaign.packet_signed"
    QUESTIONNAIRE_ISSUED = "questionnaire.issued"
    QUESTIONNAIRE_SIGNED = "questionnaire.signed"
    RECEIPT_GIVEN = "questionnaire.receipt_given"
    EXCEPTIONS_REFERRED = "exceptions.referred"
    EXCEPTION_DETERMINED = "exception.determined"
    FORK_RESOLVED = "case.fork_resolved"
    MATTER_FILED = "matter.filed"
    MATTER_WITHDRAWN = "matter.withdrawn"
    MATTER_RETIRED = "matter.retired"
    MATTER_ROUTED = "matter.routed"
    MATTER_RULED = "matter.ruled"
    INFORMATION_REQUESTED = "matter.info_requested"
    MATTER_DECIDED = "matter.decided"
    CONDITION_MET = "matter.condition_met"
    FILING_RECORDED = "filing.recorded"
    CALENDAR_CLOSED = "calendar.closed"
    ITEM_PUT = "committee.item_put"
    BALLOT_CAST = "committee.ballot_cast"
    MEMBER_RECUSED = "committee.recused"
    ITEM_RESOLVED = "committee.resolved"
    NOTICE_SERVED = "notice.served"
    NOTICE_RECEIVED = "notice.received"
    ROOT_KEY_OFFERED = "root.key_offered"
    ROOT_PUT_TO_SIGN = "root.put_to_sign"
    ROOT_COSIGNED = "root.cosigned"


class BlobRef(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An attachment named by its salted digest (hex SHA-256 of salt || bytes) and size."""

    digest: str
    size: int


class Header(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is signed. ``log`` = digest of case, author key and vault incarnation."""

    v: int
    company: str
    case: str
    log: str
    author: str
    seq: int
    prev: str
    deps: tuple[str, ...]
    type: str
    schema: int
    body_commit: str
    blobs: tuple[BlobRef, ...]
    claimed_at: str
    nonce: str


class BodyItem(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One separately salted value of a body; salt is 32 bytes as 64 hex digits."""

    salt: str
    id: str
    value: Any


class Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The ordered items that a header's ``body_commit`` binds."""

    items: tuple[BodyItem, ...]

    def value(self, item_id: str, default: Any = None) -> Any:
        """The value of the item of that id, else ``default``."""
        return next((i.value for i in self.items if i.id == item_id), default)


class SignedEvent(msgspec.Struct, frozen=True):
    """The exact signed bytes (``payload``, RFC 8785 JSON of the header) and the 64-byte
    Ed25519 signature over their DSSE pre-authentication encoding."""

    payload: bytes
    signature: bytes
