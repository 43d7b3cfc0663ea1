"""One person's three private keys, as a vault keeps them."""

from __future__ import annotations

import secrets
from functools import cached_property

import msgspec

from candor.keys import ed25519, p256
from candor.keys.codes import new_id
from candor.keys.x25519 import AgeKey


class PublicKeys(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What others may know: Ed25519 (64 hex digits), age recipient, P-256 SPKI DER in hex."""

    ed25519: str
    age: str
    p256: str

    @property
    def key_id(self) -> str:
        """The name of the event-signing key."""
        return ed25519.key_id(bytes.fromhex(self.ed25519))


class Identity(msgspec.Struct, frozen=True, dict=True, forbid_unknown_fields=True):
    """A person's private keys. Events: Ed25519; files: X25519; PDF: P-256.

    ``incarnation`` is new after each restore, so that a restored vault starts new logs and
    never continues one that another copy may have continued too.
    """

    person: str
    incarnation: str
    ed25519_seed: bytes
    x25519_seed: bytes
    p256_key: bytes

    @classmethod
    def new(cls, person: str) -> Identity:
        """Fresh keys for the person of that id."""
        return cls(
            person=person,
            incarnation=new_id(),
            ed25519_seed=secrets.token_bytes(32),
            x25519_seed=secrets.token_bytes(32),
            p256_key=p256.new_p256(),
        )

    def reincarnated(self) -> Identity:
        """The same keys for a vault that was restored or moved: its logs start anew."""
        return msgspec.structs.replace(self, incarnation=new_id())

    def to_bytes(self) -> bytes:
        """The secret form that only an encrypted vault may hold."""
        return msgspec.json.encode(self)

    @classmethod
    def from_bytes(cls, data: bytes) -> Identity:
        """The identity of `to_bytes`. Raises msgspec.ValidationError for anything else."""
        return msgspec.json.decode(data, type=cls)

    @cached_property
    def signing(self) -> ed25519.SigningKey:
        """The key that signs events."""
        return ed25519.SigningKey.from_bytes(self.ed25519_seed)

    @cached_property
    def age(self) -> AgeKey:
        """The key that opens exchange files."""
        return AgeKey.from_seed(self.x25519_seed)

    @cached_property
    def key_id(self) -> str:
        """The name under which this person's events are signed."""
        return ed25519.key_id(self.signing.public)

    def public(self) -> PublicKeys:
        """The three public keys."""
        return PublicKeys(
            ed25519=self.signing.public.hex(),
            age=self.age.recipient,
            p256=p256.public_spki(self.p256_key).hex(),
        )
