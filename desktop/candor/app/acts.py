"""What the company says of people, keys and offices: acts signed by its root keys."""

from __future__ import annotations

from collections.abc import Iterable

from candor.app.session import NotYours, Session
from candor.keys.ed25519 import SigningKey
from candor.records import acts as root_acts
from candor.records import root as roots
from candor.records.acts import Content

ROOT_KEY = "root-key"
CA_KEY = "ca-key"


def root_key(session: Session) -> SigningKey:
    """The owner's root key. Raises NotYours where this vault holds none."""
    secret = session.vault.secret(ROOT_KEY)
    if secret is None:
        raise NotYours(
            "This vault holds no root key, so it cannot speak for the company.",
            hint="Ask the Secretary to do it.",
        )
    return SigningKey.from_bytes(secret)


def say(session: Session, contents: Iterable[Content]) -> tuple[str, ...]:
    """Write one directory event for each statement, signed by the owner's root key."""
    key = root_key(session)
    written = []
    with session.batch():
        for content in contents:
            act = root_acts.make_act(
                content,
                company=session.root.company,
                root=roots.fingerprint(session.root),
            )
            body = root_acts.act_body(act, [root_acts.sign_act(act, key)])
            event = root_acts.EVENTS[act.kind]
            written.append(session.write(session.root.directory, event, body))
    return tuple(written)
