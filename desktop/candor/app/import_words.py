"""What each kind of event adds to a vault, as the page before an import says it."""

from __future__ import annotations

from candor.records.events import EventType

ADDS: dict[str, str] = {
    EventType.QUESTIONNAIRE_ISSUED: "Put a questionnaire on your list",
    EventType.QUESTIONNAIRE_SIGNED: "Add a signed questionnaire",
    EventType.RECEIPT_GIVEN: "Record the Secretary's receipt",
    EventType.EXCEPTIONS_REFERRED: "Put exceptions into your queue",
    EventType.EXCEPTION_DETERMINED: "Record signed decisions",
    EventType.MATTER_FILED: "Add a matter under the Code",
    EventType.MATTER_WITHDRAWN: "Record that a matter was withdrawn",
    EventType.MATTER_RETIRED: "Record that a matter has ended",
    EventType.MATTER_ROUTED: "Record where a matter goes",
    EventType.MATTER_RULED: "Record a signed ruling",
    EventType.INFORMATION_REQUESTED: "Add a question to the filer",
    EventType.MATTER_DECIDED: "Record a signed decision on a matter",
    EventType.CONDITION_MET: "Record that a condition is met",
    EventType.FILING_RECORDED: "Record a disclosure",
    EventType.ITEM_PUT: "Put an item before you to vote on",
    EventType.BALLOT_CAST: "Record a ballot",
    EventType.MEMBER_RECUSED: "Record a recusal",
    EventType.ITEM_RESOLVED: "Record a signed resolution",
    EventType.NOTICE_SERVED: "Show you another director's notice",
    EventType.NOTICE_RECEIVED: "Record that a notice was received",
    EventType.CALENDAR_CLOSED: "Record a day on which the SEC was closed",
    EventType.PACK_ADOPTED: "Put a new version of the Code's rules in force",
    EventType.ROOT_KEY_OFFERED: "Add the root key that the second officer offers",
    EventType.ROOT_PUT_TO_SIGN: "Put an act before you to sign as an officer of the root",
    EventType.ROOT_COSIGNED: "Add the other officer's signature",
    EventType.PACKET_COMPILED: "Add a packet",
    EventType.PACKET_SIGNED: "Record a signature on a packet",
    EventType.PERSON_ENROLLED: "Add certificates to your directory",
    EventType.PERSON_RECORDED: "Add people to your directory",
}
