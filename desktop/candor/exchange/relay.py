"""Files inside files: what the courier carries on, without learning its size or presence.

A questionnaire has answers that the secretary may never see. They leave in a file of their
own, sealed to who may see them, inside the file that the secretary gets; it is there even
when every such answer is No, and always equally long.
"""

from __future__ import annotations

import msgspec

from candor.exchange.bundle import Outgoing, Part, Written, to_bytes
from candor.exchange.manifest import BlobKind
from candor.exchange.padding import relay_bucket
from candor.exchange.refusals import BundleRefused, Reason
from candor.keys.identity import Identity

STANZAS = 8
"""Recipient stanzas of a relayed file, so that the number of readers does not show."""
_LENGTH = 4
_SLACK = 8192
"""Room outside the inner file for its header, whose length varies by some hundred bytes."""


def wrap(outgoing: Outgoing, identity: Identity) -> tuple[Part, Written]:
    """Make an inner file and wrap it, padded inside and outside, as a part to send.

    The part is named by the person ``outgoing.to`` whom the courier gives it to.
    """
    hidden = msgspec.structs.replace(outgoing, stanzas=max(outgoing.stanzas, STANZAS))
    file, written = to_bytes(hidden, identity, bucket=relay_bucket)
    room = written.inside + written.inside // 2048 + _SLACK
    framed = len(file).to_bytes(_LENGTH, "big") + file
    return Part(BlobKind.RELAY, framed.ljust(room, b"\0"), outgoing.to), written


def unwrap(part: bytes) -> bytes:
    """The inner file of a relay part: a whole .candor file. Raises BundleRefused."""
    length = int.from_bytes(part[:_LENGTH], "big")
    file, padding = part[_LENGTH : _LENGTH + length], part[_LENGTH + length :]
    if len(file) != length or not file or padding.strip(b"\0"):
        raise BundleRefused("A forwarded file inside this file is damaged.", reason=Reason.CONTENT)
    return file
