"""A founded company for the intake tests, and how a refusal is caught."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from candor.exchange.checked import Checked, Known
from candor.exchange.refusals import BundleRefused
from candor.keys import x509
from candor.keys.codes import new_id
from candor.keys.identity import Identity
from candor.records import acts, chain
from candor.records import root as roots
from candor.records.acts import EnrolAct, OfficeAct, PersonAct
from candor.records.events import Body, EventType, SignedEvent
from candor.records.root import RootOfficer, RootTrust

Pair = tuple[SignedEvent, Body | None]


class Company:
    """A founded company: Grace is secretary, Ada a certified director, Second a second officer."""

    def __init__(self, company: str, ada: Identity, grace: Identity, noon: datetime) -> None:
        self.id, self.noon = company, noon
        self.ada, self.grace, self.second = ada, grace, Identity.new(new_id())
        self.authority = x509.new_root("Example Robotics, Inc.", noon)
        document = roots.new_root_document(
            name="Example Robotics, Inc.",
            company=company,
            secretary=RootOfficer("secretary", grace.person, "Grace Example"),
            key=grace.signing,
            second=RootOfficer("second", self.second.person, "Second Example"),
            x509_root=self.authority.certificate,
            created=noon,
        )
        self.root: RootTrust = roots.verify_versions([roots.sign_root(document, [grace.signing])])
        self.events: list[Pair] = []
        self._append(EventType.FOUNDED, roots.root_body(self.root.versions[0]))
        for identity, name in ((grace, "Grace Example"), (ada, "Ada Example")):
            self.act(PersonAct(identity.person, name))
            self.enrol(identity)
        self.act(OfficeAct("secretary", grace.person, "2026-01-01"))

    def _append(self, kind: EventType, body: Body) -> None:
        prev = chain.event_id(self.events[-1][0]) if self.events else ""
        signed = chain.write(
            identity=self.grace,
            company=self.id,
            case=self.root.document.directory,
            seq=len(self.events) + 1,
            prev=prev,
            deps=[prev] if prev else [],
            type=kind,
            body=body,
            claimed_at=self.noon,
        )
        self.events.append((signed, body))

    def act(self, content: acts.Content, *signers: Identity) -> None:
        """State an act in the directory, signed by the secretary and perhaps others."""
        act = acts.make_act(content, company=self.id, root=self.root.fingerprint)
        keys = (self.grace, *signers)
        signatures = [acts.sign_act(act, signer.signing) for signer in keys]
        self._append(acts.EVENTS[act.kind], acts.act_body(act, signatures))

    def enrol(self, identity: Identity) -> None:
        """Certify a person's keys."""
        public = identity.public()
        certificate = x509.issue(
            self.authority,
            "A Person",
            identity.person,
            bytes.fromhex(public.p256),
            self.noon,
            self.noon + timedelta(days=700),
        )
        self.act(
            EnrolAct(identity.person, public.ed25519, public.age, public.p256, certificate.hex())
        )

    def known(self, person: Identity, **changes: Any) -> Known:
        """What that person's vault knows: everything so far."""
        fields: dict[str, Any] = {
            "company": self.id,
            "person": person.person,
            "root": self.root,
            "directory_events": tuple(self.events),
        }
        return Known(**(fields | changes))


def refused(take: Callable[..., Checked], data: bytes, **changes: Any) -> BundleRefused:
    """The refusal of that file, in whole sentences."""
    with pytest.raises(BundleRefused) as caught:
        take(data, **changes)
    assert caught.value.message.endswith(".")
    assert caught.value.hint.endswith(".")
    return caught.value
