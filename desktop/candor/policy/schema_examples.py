"""Whole documents of facts that the schema shows: from a gift card to a vote on a waiver."""

from __future__ import annotations

from typing import Any

_OFFICERS: list[dict[str, Any]] = [
    {"id": "clo", "name": "Chief Legal Officer", "roles": ["clo"], "reports_to": "ceo"},
    {"id": "cfo", "name": "Chief Financial Officer", "roles": ["cfo"], "reports_to": "ceo"},
    {"id": "ceo", "name": "Chief Executive Officer", "roles": ["ceo"]},
]
_COMMITTEE: list[dict[str, Any]] = [
    {"id": "chair", "name": "Audit Committee Chair", "roles": ["ac_chair", "independent"]},
    {"id": "second", "roles": ["ac_member", "independent"]},
    {"id": "third", "roles": ["ac_member", "independent"]},
]
_LEE: dict[str, Any] = {"id": "lee", "name": "Lee Sample", "roles": ["employee"]}

EXAMPLES: tuple[tuple[str, dict[str, Any]], ...] = (
    (
        "An employee is given a gift card: nobody can approve it.",
        {
            "matter": "gift_received",
            "filer": "lee",
            "on": "2026-11-25",
            "people": [_LEE, *_OFFICERS],
            "gift_received": {
                "kind": "gift_card",
                "value": {"amount": "75.00", "currency": "USD"},
                "giver": "Sample Vendor",
                "disposition": "accepted",
            },
        },
    ),
    (
        "A dinner from a vendor in a live bid, while the Chief Legal Officer is away.",
        {
            "matter": "gift_received",
            "filer": "lee",
            "on": "2026-11-25",
            "filed_on": "2026-11-25",
            "people": [_LEE, *_OFFICERS],
            "absences": [
                {"office": "clo", "since": "2026-11-23", "until": "2026-11-27", "signed": True}
            ],
            "gift_received": {
                "kind": "meal",
                "value": {"amount": "60.00"},
                "giver_present": True,
                "pending_decision": True,
                "on": "2026-11-24",
            },
        },
    ),
    (
        "The Audit Committee's chair has a sister whose company wants a contract; the vote is 2-0.",
        {
            "matter": "related_person_transaction",
            "filer": "chair",
            "on": "2026-11-25",
            "people": [
                {
                    **_COMMITTEE[0],
                    "relatives": [{"relation": "sibling", "name": "The chair's sister"}],
                },
                *_COMMITTEE[1:],
                *_OFFICERS,
            ],
            "parties": [
                {"name": "Sample Labs", "relation_to_company": ["vendor"], "public": False}
            ],
            "transaction": {
                "basis": "immediate_family",
                "relation": "sibling",
                "amount": {"amount": "300000.00"},
                "begins_on": "2027-01-04",
            },
            "decision": {
                "kind": "approval",
                "on": "2026-11-25",
                "body": "audit",
                "how": "meeting",
            },
            "votes": [
                {"member": "chair", "vote": "recused"},
                {"member": "second", "vote": "for"},
                {"member": "third", "vote": "for"},
            ],
        },
    ),
    (
        "The Audit Committee waives a provision for the finance chief by written consent.",
        {
            "matter": "waiver",
            "filer": "cfo",
            "people": [*_COMMITTEE, *_OFFICERS],
            "waiver": {"provisions": ["III b3"], "actual_conflict_found": True},
            "decision": {
                "kind": "waiver_granted",
                "on": "2026-11-28",
                "body": "audit",
                "how": "written_consent",
                "signatures": [
                    {"person": "chair", "on": "2026-11-25"},
                    {"person": "second", "on": "2026-11-27"},
                    {"person": "third", "on": "2026-11-28"},
                ],
            },
        },
    ),
    (
        "A director leads a vendor; is the Nasdaq test met?",
        {
            "matter": "related_person_transaction",
            "filer": "dana",
            "on": "2026-11-25",
            "people": [{"id": "dana", "roles": ["director"]}, *_COMMITTEE, *_OFFICERS],
            "parties": [
                {
                    "name": "Sample Supplies",
                    "relation_to_company": ["vendor"],
                    "related_positions": ["executive_officer"],
                }
            ],
            "transaction": {"basis": "director", "amount": {"amount": "210000.00"}},
            "independence": {
                "director": "dana",
                "businesses": [
                    {
                        "organisation": "Sample Supplies",
                        "fiscal_year": 2025,
                        "amount": {"amount": "210000.00"},
                        "recipient_revenue": {"amount": "3000000.00"},
                        "direction": "paid_by_company",
                        "position": "executive_officer",
                    }
                ],
            },
        },
    ),
    (
        "A concern about an executive officer: who may read it?",
        {
            "matter": "concern",
            "filer": "lee",
            "on": "2026-11-25",
            "people": [_LEE, *_COMMITTEE, *_OFFICERS],
            "concern": {"kind": "accounting", "names": ["cfo"], "send_to": ["clo"]},
        },
    ),
)
"""What each shows, and the facts."""
