"""How the root's officers come to sign one act: a case of their own, opened to both of them.

Nothing here counts by itself: an act counts in the directory, by its signatures.
"""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from candor.records.acts import Act, ActSignature
from candor.records.cosigning import CoSigning, OfferedKey, PutToSign
from candor.records.events import EventType
from candor.records.judge import Judged
from candor.records.working import Working

NOT_OFFICER = "Its author is not an officer of the company's root."
NOT_PUT = "It signs nothing that was put to sign in this case."


class OfferedItems(msgspec.Struct, frozen=True):
    """root.key_offered."""

    public: str


class PutItems(msgspec.Struct, frozen=True):
    """root.put_to_sign, as an act travels."""

    act: Act
    signatures: tuple[ActSignature, ...]


class CosignedItems(msgspec.Struct, frozen=True):
    """root.cosigned: one more signature under what event ``of`` put."""

    of: str
    signature: ActSignature


_TYPES = (EventType.ROOT_KEY_OFFERED, EventType.ROOT_PUT_TO_SIGN, EventType.ROOT_COSIGNED)


def read_cosigning(work: Working) -> None:
    """What the officers offered, put and signed in this case."""
    mine = [j for j in work.events if j.header.type in _TYPES and j.id not in work.void]
    officers = {officer.person for officer in work.authority.directory.root.officers}
    offered: list[OfferedKey] = []
    put: dict[str, PutToSign] = {}
    for judged in mine:
        if work.author(judged) not in officers or work.kind not in {"unknown", "root"}:
            work.void[judged.id] = NOT_OFFICER
            continue
        work.kind = "root"
        _read(work, judged, offered, put)
    if work.kind == "root":
        work.widen((), officers)
        work.cosigning = CoSigning(tuple(offered), tuple(put.values()))


def _read(
    work: Working, judged: Judged, offered: list[OfferedKey], put: dict[str, PutToSign]
) -> None:
    person = work.author(judged)
    if judged.header.type == EventType.ROOT_KEY_OFFERED:
        key = work.read(judged, OfferedItems)
        if key is not None:
            offered.append(OfferedKey(judged.id, person, key.public))
    elif judged.header.type == EventType.ROOT_PUT_TO_SIGN:
        if (items := _put(work, judged)) is not None:
            put[judged.id] = items
    else:
        signed = work.read(judged, CosignedItems)
        if signed is None:
            return
        before = put.get(signed.of)
        if before is None:
            work.void[judged.id] = NOT_PUT
            return
        more = {**before.signatures, signed.signature.key: signed.signature.signature}
        put[signed.of] = replace(before, signatures=more)


def _put(work: Working, judged: Judged) -> PutToSign | None:
    items = work.read(judged, PutItems)
    if items is None:
        return None
    return PutToSign(
        event=judged.id,
        person=work.author(judged),
        claimed_at=judged.header.claimed_at,
        act=msgspec.to_builtins(items.act),
        signatures={s.key: s.signature for s in items.signatures},
        blobs=tuple((blob.digest, blob.size) for blob in judged.header.blobs),
    )
