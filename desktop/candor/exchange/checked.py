"""What intake is told about a vault, and what it gives back about a file that passed."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

import msgspec

from candor.exchange.carried import CarriedEvent
from candor.exchange.manifest import Manifest, Purpose
from candor.exchange.outbox import Place
from candor.exchange.relay import unwrap
from candor.records.directory import Directory, Person
from candor.records.events import Body, SignedEvent
from candor.records.judge import Verified
from candor.records.root import RootTrust


def _nothing_here(_event: str) -> bool:
    return False


def _nothing_received(_person: str) -> Place:
    return Place(0, "")


class Known(msgspec.Struct, frozen=True):
    """What a vault knows before it opens a file.

    ``company`` and ``person`` are empty, ``root`` is None in a vault that has joined nothing
    yet. ``verified`` is the store's memory of checked signatures; ``has_event`` says whether
    an event id is stored; ``received`` gives the last place of a sender's files (``previous``
    is the digest of that last file itself). ``directory``, if given, is what
    ``directory_events`` tell under ``root``, so that a file without news of the directory need
    not work it out again.
    """

    company: str = ""
    person: str = ""
    root: RootTrust | None = None
    directory_events: tuple[tuple[SignedEvent, Body | None], ...] = ()
    directory: Directory | None = None
    verified: Verified = msgspec.field(default_factory=Verified)
    has_event: Callable[[str], bool] = _nothing_here
    received: Callable[[str], Place] = _nothing_received


class Trust(StrEnum):
    """How far the sender is proved."""

    PROVED = "proved"
    """A certificate under the root that this vault has pinned, not revoked."""
    UNPINNED = "unpinned"
    """A certificate under the root in the file itself: compare its fingerprint first."""
    UNKNOWN = "unknown"
    """The key has no certificate here (yet): events are held, nothing else counts."""
    REVOKED = "revoked"
    """The key's certificate was revoked: later events are quarantined by the fold."""


class Order(StrEnum):
    """Where the file stands in what this sender sent before."""

    NEXT = "next"
    GAP = "gap"
    """Files between the last one and this one have not arrived."""
    AGAIN = "again"
    """This very file arrived before."""
    EARLIER = "earlier"
    """It is older than the last one that arrived."""
    BRANCHED = "branched"
    """It does not follow the last one: the sender restored a backup, or two vaults send."""


class Claimed(msgspec.Struct, frozen=True):
    """Who the file says sent it. Holding the key is proved, being the person is not."""

    person: str
    key: str
    key_id: str


class Attachment(msgspec.Struct, frozen=True):
    """Bytes with the digest they were checked against; ``name`` is for the screen only."""

    digest: str
    data: bytes
    name: str


class Relayed(msgspec.Struct, frozen=True):
    """A whole exchange file to be carried on to the person ``to``; ``part`` keeps its padding."""

    to: str
    part: bytes

    @property
    def file(self) -> bytes:
        """The .candor file itself. Intake made sure that there is one."""
        return unwrap(self.part)


class Checked(msgspec.Struct, frozen=True):
    """A file that passed every check; nothing of it has been stored.

    ``sender`` is set only where ``trust`` is PROVED; what the file says about itself stands in
    ``claimed_sender``. ``missing`` lists event ids that events here need and nobody has sent;
    ``skipped`` counts the files of ``Order.GAP``. ``unread`` names kinds of content that only
    a newer version knows. ``directory`` is the vault's directory with the file's events.
    ``found`` is what was verified of the new events, so that a store need not do it again.
    """

    manifest: Manifest
    digest: str
    purpose: Purpose
    trust: Trust
    claimed_sender: Claimed
    sender: Person | None
    order: Order
    skipped: int
    new: tuple[CarriedEvent, ...]
    here: tuple[CarriedEvent, ...]
    unproved: tuple[str, ...]
    missing: tuple[str, ...]
    root: RootTrust | None
    directory: Directory | None
    blobs: tuple[Attachment, ...] = ()
    forms: tuple[Attachment, ...] = ()
    packs: tuple[Attachment, ...] = ()
    packets: tuple[Attachment, ...] = ()
    relays: tuple[Relayed, ...] = ()
    invitation: bytes = b""
    request: bytes = b""
    unread: tuple[str, ...] = ()
    found: Verified = msgspec.field(default_factory=Verified)

    @property
    def verified(self) -> bool:
        """Whether the sender is proved under the pinned root."""
        return self.trust is Trust.PROVED

    @property
    def place(self) -> Place:
        """What to note as received from this sender: this file's number and digest."""
        return Place(self.manifest.sequence, self.digest)
