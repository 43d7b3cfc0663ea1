"""The first stage of every fold: read each event strictly and check its signature and body once.

Whether a signature holds does not depend on anybody's office: the author in a header is the
digest of a public key, so any copy of that key, wherever it stands, settles the question.
Authority comes later, in the fold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from candor.keys import ed25519
from candor.records import acts, chain
from candor.records.body import fits
from candor.records.codec import RecordRefused
from candor.records.events import Body, Header, SignedEvent
from candor.records.root import RootDocument


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


class Judged(msgspec.Struct, frozen=True, gc=False):
    """An event whose header is well formed. ``signed``: its signature holds; where it is False
    the author's public key is not known here. ``body``: fits the header, or None."""

    id: str
    header: Header
    body: Body | None
    signed: bool


def public_keys(bodies: Iterable[Body | None], root: RootDocument) -> dict[str, bytes]:
    """Every public key that any of these bodies offers, by key id.

    Unproved, and harmless so: a key id is the key's own digest.
    """
    offered: list[object] = [key.ed25519 for key in root.keys]
    for body in bodies:
        act = body.value("act") if body is not None else None
        if isinstance(act, dict) and isinstance(content := act.get("body"), dict):
            offered.append(content.get("ed25519"))
            offered.extend(_document_keys(content.get("document")))
    return dict(_named(key) for key in offered if isinstance(key, str) and _is_key(key))


def _document_keys(document: object) -> list[object]:
    keys = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(keys, list):
        return []
    return [key.get("ed25519") for key in keys if isinstance(key, dict)]


def _is_key(text: str) -> bool:
    return len(text) == 64 and not set(text) - set("0123456789abcdef")


def _named(text: str) -> tuple[str, bytes]:
    public = bytes.fromhex(text)
    return ed25519.key_id(public), public


def judge(
    events: Iterable[tuple[SignedEvent, Body | None]],
    root: RootDocument,
    verified: Verified | None = None,
) -> tuple[dict[str, Judged], dict[str, str]]:
    """Each event once, by id, and the refused ones with the reason.

    Duplicates, in any order, are harmless: of several copies the one whose signature holds
    and the body that fits are kept.
    """
    verified = Verified() if verified is None else verified
    copies: dict[str, list[tuple[SignedEvent, Body | None]]] = {}
    for signed, body in events:
        copies.setdefault(chain.event_id(signed), []).append((signed, body))
    keys = public_keys((body for group in copies.values() for _, body in group), root)
    known: dict[str, Judged] = {}
    refused: dict[str, str] = {}
    for event, group in copies.items():
        found = _judge_one(event, group, keys, root.company, verified)
        if isinstance(found, Judged):
            known[event] = found
        else:
            refused[event] = found
    return known, refused


def _judge_one(
    event: str,
    copies: list[tuple[SignedEvent, Body | None]],
    keys: Mapping[str, bytes],
    company: str,
    verified: Verified,
) -> Judged | str:
    try:
        head = chain.header(copies[0][0])
    except RecordRefused as refusal:
        return refusal.message
    if head.company != company:
        return "It belongs to another company."
    public = keys.get(head.author)
    if event not in verified.signatures and public is not None:
        if not any(chain.signature_holds(signed, public) for signed, _ in copies):
            return "Its signature does not fit: it was changed after it was signed."
        verified.signatures.add(event)
    body = _fitting_body(event, head, copies, verified)
    return Judged(event, head, body, event in verified.signatures)


def _fitting_body(
    event: str, head: Header, copies: list[tuple[SignedEvent, Body | None]], verified: Verified
) -> Body | None:
    bodies = [body for _, body in copies if body is not None]
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
