"""Writes the events of matters, bodies and notices into a `World` of the records' tests."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

from candor.keys.codes import new_id
from candor.keys.identity import Identity
from candor.records.acts import OfficeAct
from candor.records.events import EventType

CONTEXT = {
    "filer": {"classes": ["employee"]},
    "determination_date": "2027-01-04",
    "fiscal_year_end": "2026-12-31",
}
COUNTING = {"strict_quorum": True, "votes_in_favour": 2}
TEXT = "RESOLVED, that the lease is approved."


def with_board(world):
    """Three directors who are the Audit Committee (gil its chair), and eve, an employee."""
    for who in ("gil", "hal", "ida"):
        world.people[who] = Identity.new(who)
        world.person(who, classes=("director",))
        world.enrol(who)
    world.person("eve", classes=("employee",))
    world.enrol("eve")
    world.office("ac_chair", "gil")
    for who in ("gil", "hal", "ida"):
        world.act(OfficeAct("ac_member", who, "2027-01-01", sole=False))
    return world


def file(world, who: str = "eve", case: str = "", **more: Any) -> tuple[str, str]:
    """File a matter, or a new version of it; returns its case and event."""
    case = case or new_id()
    audience = {"name": "matters", "offices": ["secretary", "clo"], "people": [who]}
    supersedes = more.pop("supersedes", "")
    deps = {*world.heads, supersedes, *more.pop("deps", ())} - {""}
    place = more.pop("place", None)
    pairs = {
        "form": "f" * 64,
        "form_id": "gift-received",
        "matter": "gift_received",
        "audience": audience,
        "supersedes": supersedes,
        "context": CONTEXT,
        **more,
    }
    pairs["answer/1"] = {"question": "1", "value": more.pop("answer", "A pen")}
    event = world.write(who, case, EventType.MATTER_FILED, pairs.items(), deps=deps, place=place)
    return case, event


def route(world, case: str, filed: str, **more: Any) -> str:
    """Send a matter to an office, or to a body."""
    who = more.pop("who", "ada")
    deps = {*world.heads, filed, *more.pop("deps", ())}
    pairs = {"office": "clo", "person": "cleo", "reason": "Employee.", "clause": "III b5", **more}
    return world.write(who, case, EventType.MATTER_ROUTED, pairs.items(), deps=deps)


def to_committee(world, case: str, filed: str, *people: str, **more: Any) -> str:
    """Send a matter to the Audit Committee's members who are not concerned."""
    body = {"office": "ac_chair", "person": "", "body": "audit", "member": "ac_member"}
    return route(world, case, filed, **body, people=list(people), **more)


def decide(world, who: str, case: str, *deps: str, **more: Any) -> str:
    """Decide a whole matter."""
    at, heads = more.pop("at", None), more.pop("heads", world.heads)
    pairs = {"kind": "approval", "office": "clo", "reason": "Modest.", **more}
    return world.write(
        who, case, EventType.MATTER_DECIDED, pairs.items(), deps={*heads, *deps}, at=at
    )


def rule(world, who: str, case: str, *deps: str, **more: Any) -> str:
    """Rule on whether the policy on related persons applies."""
    pairs = {"about": "rpt_policy_applies", "holds": True, "reason": "He leases it.", **more}
    pairs.setdefault("office", "clo")
    return world.write(who, case, EventType.MATTER_RULED, pairs.items(), deps={*world.heads, *deps})


def ask(world, who: str, case: str, *deps: str, **more: Any) -> str:
    """Ask the filer for more."""
    pairs = {"text": "Who paid for it?", "office": "clo", **more}
    kind = EventType.INFORMATION_REQUESTED
    return world.write(who, case, kind, pairs.items(), deps={*world.heads, *deps})


def put(
    world, matter: str = "", *, who: str = "ada", case: str = "", **more: Any
) -> tuple[str, str]:
    """Put an item to the committee; returns its case and event."""
    case = case or new_id()
    text = more.pop("text", TEXT)
    pairs = {
        "matter": matter or new_id(),
        "title": "Lease",
        "subject": "gil",
        "text": text,
        "digest": hashlib.sha256(text.encode()).hexdigest(),
        "kind": "approval",
        "committee": "audit",
        "chair_role": "ac_chair",
        "member_role": "ac_member",
        "how": "meeting",
        "members": ["gil", "hal", "ida"],
        "recused": [{"person": "gil", "reason": "His brother's lease."}],
        "acting_chair": "hal",
        "counting": COUNTING,
        **more,
    }
    event = world.write(who, case, EventType.ITEM_PUT, pairs.items(), deps=world.heads)
    return case, event


def ballot(world, who: str, case: str, item: str, vote: str = "for", **more: Any) -> str:
    """Cast a ballot."""
    place = more.pop("place", None)
    deps = {*world.heads, item, *more.get("replaces", ())}
    digest = hashlib.sha256(more.pop("text", TEXT).encode()).hexdigest()
    pairs = {"digest": digest, "vote": vote, **more}
    return world.write(who, case, EventType.BALLOT_CAST, pairs.items(), deps=deps, place=place)


def recuse(world, who: str, case: str, item: str) -> str:
    """A member recuses."""
    pairs = [("reason", "A friend.")]
    deps = {*world.heads, item}
    return world.write(who, case, EventType.MEMBER_RECUSED, pairs, deps=deps)


def resolve(world, who: str, case: str, *deps: str, **more: Any) -> str:
    """Sign the result."""
    pairs = {
        "digest": hashlib.sha256(TEXT.encode()).hexdigest(),
        "outcome": "passed",
        "votes_for": 2,
        "votes_against": 0,
        "abstained": 0,
        "held_on": "2027-01-04",
        **more,
    }
    kind = EventType.ITEM_RESOLVED
    return world.write(who, case, kind, pairs.items(), deps={*world.heads, *deps})


def resolution(item: str, event: str, **more: Any) -> dict[str, Any]:
    """How a decision names the resolution that it rests on."""
    stated = {"item": item, "event": event, "outcome": "passed", "votes_for": 2}
    return {**stated, "votes_against": 0, "abstained": 0, **more}


def decide_as_body(world, who: str, case: str, deps: Iterable[str], **more: Any) -> str:
    """The chair writes the committee's decision into the matter."""
    finding = {"is": False, "reason": "Fair terms."}
    more = {"office": "ac_member", "body": "audit", "material_departure": finding, **more}
    return decide(world, who, case, *deps, **more)
