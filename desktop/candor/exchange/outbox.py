"""What leaves: the place in the recipient's sequence and a file name that is safe anywhere."""

from __future__ import annotations

from datetime import date

import msgspec

from candor.exchange.bundle import Outgoing, Written, to_bytes
from candor.exchange.manifest import Purpose
from candor.exchange.names import plain_word
from candor.keys.identity import Identity

SUFFIX = ".candor"
_WORD = 40
_PURPOSE_WORDS = {
    Purpose.PACKET_SIGNED: "signed-packet",
    # The name of a sealed file must not say that a sealed matter exists.
    Purpose.SEALED: "file",
    Purpose.ANONYMOUS: "file",
}


class Place(msgspec.Struct, frozen=True):
    """Where a file stands among those of one sender to one recipient."""

    sequence: int
    previous: str


class Prepared(msgspec.Struct, frozen=True):
    """A file ready to be carried. The caller keeps ``data``: sending again means these very
    bytes, so that a second copy is the same file and not the next one."""

    file_name: str
    data: bytes
    digest: str
    place: Place
    to: str


def next_place(sent: int, digest: str) -> Place:
    """The place after the ``sent``-th file, whose manifest digest is ``digest``."""
    return Place(sent + 1, digest if sent else "")


def prepare(outgoing: Outgoing, identity: Identity, *, addressee: str) -> Prepared:
    """Make the file and suggest its name. ``addressee`` is an office or a person's name.

    Raises BundleTooLarge, SealFailed.
    """
    data, written = to_bytes(outgoing, identity)
    return _prepared(outgoing, data, written, addressee)


def _prepared(outgoing: Outgoing, data: bytes, written: Written, addressee: str) -> Prepared:
    return Prepared(
        file_name=file_name(addressee, outgoing.purpose, outgoing.created_at.date()),
        data=data,
        digest=written.digest,
        place=Place(outgoing.sequence, outgoing.previous),
        to=outgoing.to,
    )


def file_name(addressee: str, purpose: Purpose, on: date) -> str:
    """``to-<addressee>-<purpose>-<date>.candor``: lower-case ASCII letters, digits, hyphens.

    The fixed start keeps device names (CON, NUL) from standing alone.
    """
    word = _PURPOSE_WORDS.get(purpose, str(purpose))
    addressed = plain_word(addressee, limit=_WORD) or "recipient"
    return f"to-{addressed}-{plain_word(word, limit=_WORD)}-{on.isoformat()}{SUFFIX}"
