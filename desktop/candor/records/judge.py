"""The first stage of every fold: read each event strictly and check its signature and body once.

Whether a signature holds does not depend on anybody's office: the author in a header is the
digest of a public key, so any copy of that key, wherever it stands, settles the question.
Authority comes later, in the fold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import lru_cache

import msgspec

from candor.keys import ed25519
from candor.records import acts, chain
from candor.records.body import fits
from candor.records.codec import RecordRefused
from candor.records.events import Body, Header, SignedEvent
from candor.records.root import RootDocument

OTHER_COMPANY = "It belongs to another company."
CHANGED = "Its signature does not fit: it was changed after it was signed."


class Verified:
    """What was verified before, so that no fold verifies it again.

    It belongs to one store that hands back exactly what it was given: ``signatures`` and
    ``bodies`` hold the ids of events whose signature, and whose body as stored there, were
    found good; ``acts`` maps event ids to the root keys whose act signatures held. A store
    saves the two sets and fills them when it opens; an empty one is always safe, only slower.
    """

    def __init__(self, signatures: Iterable[str] = (), bodies: Iterable[str] = ()) -> None:
        self.signatures = set(signatures)
        self.bodies = set(bodies)
        self.acts: dict[str, frozenset[str]] = {}

    def only(self, events: AbstractSet[str]) -> Verified:
        """A copy that speaks of those events alone."""
        copy = Verified(self.signatures & events, self.bodies & events)
        copy.acts = {event: self.acts[event] for event in events if event in self.acts}
        return copy

    def learn(self, other: Verified) -> None:
        """Take over what another one says of events that this store holds as it had them."""
        self.signatures |= other.signatures
        self.bodies |= other.bodies
        self.acts.update(other.acts)


class Judged(msgspec.Struct, frozen=True, gc=False):
    """An event whose header is well formed. ``signed``: its signature holds; where it is False
    the author's public key is not known here. ``body``: fits the header, or None."""

    id: str
    header: Header
    body: Body | None
    signed: bool


def public_keys(
    bodies: Iterable[Body | None], root: RootDocument | None = None
) -> dict[str, bytes]:
    """Every public key that any of these bodies, or the root, offers, by key id.

    Unproved, and harmless so: a key id is the key's own digest.
    """
    offered: list[object] = [key.ed25519 for key in root.keys] if root else []
    for body in bodies:
        act = body.value("act") if body is not None else None
        if isinstance(act, dict) and isinstance(content := act.get("body"), dict):
            offered.append(content.get("ed25519"))
            offered.extend(_document_keys(content.get("document")))
    named = (_named(key) for key in offered if isinstance(key, str) and len(key) == 64)
    return dict(pair for pair in named if pair is not None)


def _document_keys(document: object) -> list[object]:
    keys = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(keys, list):
        return []
    return [key.get("ed25519") for key in keys if isinstance(key, dict)]


@lru_cache(maxsize=8192)
def _named(text: str) -> tuple[str, bytes] | None:
    if set(text) - set("0123456789abcdef"):
        return None
    public = bytes.fromhex(text)
    return ed25519.key_id(public), public


def judge(
    event: str,
    copies: Iterable[tuple[SignedEvent, Body | None]],
    keys: Mapping[str, bytes],
    company: str,
    verified: Verified,
) -> Judged | str:
    """One event from every copy of it that arrived, or the sentence that refuses it.

    Copies share their payload (the id is its digest). In whatever order they come, one whose
    signature holds and a body that fits are found among them.
    """
    copies = list(copies)
    payload = copies[0][0].payload
    try:
        known = event in verified.signatures
        head = chain.reread_header(payload) if known else chain.read_header(payload)
    except RecordRefused as refusal:
        return refusal.message
    if head.company != company:
        return OTHER_COMPANY
    public = keys.get(head.author)
    if not known and public is not None:
        if not any(chain.signature_holds(signed, public) for signed, _ in copies):
            return CHANGED
        verified.signatures.add(event)
    body = fitting_body(event, head, [b for _, b in copies if b is not None], verified)
    return Judged(event, head, body, event in verified.signatures)


def fitting_body(event: str, head: Header, bodies: list[Body], verified: Verified) -> Body | None:
    """The body among ``bodies`` that the header binds, if any."""
    if len(bodies) == 1 and event in verified.bodies:
        return bodies[0]
    for body in bodies:
        if fits(head.body_commit, body):
            verified.bodies.add(event)
            return body
    return None


def act_signers(judged: Judged, verified: Verified) -> frozenset[str]:
    """The root keys (hex) whose signature under the act in this event holds.

    Raises RecordRefused where the event carries no readable act of the kind its type names.
    """
    if judged.body is None:
        raise RecordRefused("Its content is not in this vault.")
    act, signatures = acts.read_act(judged.body)
    if acts.KINDS.get(judged.header.type) != act.kind or act.v != 1:
        raise RecordRefused("The act it carries is of another kind than it says.")
    found = verified.acts.get(judged.id)
    if found is None:
        found = verified.acts[judged.id] = acts.signers(act, signatures)
    return found
