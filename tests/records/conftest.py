"""A small company on real keys: a secretary, a second officer, a CLO, directors."""

from __future__ import annotations

import copy
import sys
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from candor.keys import ed25519, x509
from candor.keys.codes import new_id
from candor.keys.ed25519 import SigningKey
from candor.keys.identity import Identity
from candor.records import acts, chain, root
from candor.records.acts import AcceptedHead, EnrolAct, OfficeAct, PersonAct, RevokeAct
from candor.records.body import make_body
from candor.records.case import State, fold
from candor.records.events import Body, EventType, SignedEvent
from candor.records.judge import Verified

sys.path.insert(0, str(Path(__file__).parent))

START = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)
CONTEXT = {
    "filer": {"classes": ["employee"]},
    "determination_date": "2027-03-01",
    "fiscal_year_end": "2026-12-31",
}
"""What answers are read against where nobody issued the form."""
AROUND = {**CONTEXT, "opens": "2027-01-04", "due": "2027-01-22"}
"""What stands in an issue besides the form and its filer."""
Pair = tuple[SignedEvent, Body | None]


class World:
    """Writes events as vaults would, and folds any selection of them."""

    def __init__(self) -> None:
        self.now = START
        self.company = new_id()
        self.people: dict[str, Identity] = {}
        self.ends: dict[tuple[str, str, str], tuple[int, str]] = {}
        self.events: list[Pair] = []
        self.ids: dict[str, Pair] = {}
        self.heads: tuple[str, ...] = ()
        for name in ("ada", "dan", "cleo", "ben", "eve"):
            self.people[name] = Identity.new(name)
        self.root_key, self.second_key = SigningKey.generate(), SigningKey.generate()
        self.authority = x509.new_root("Nordhavn Bio", START)
        self.document = root.new_root_document(
            name="Nordhavn Bio",
            company=self.company,
            secretary=root.RootOfficer("secretary", "ada", "Ada Adler"),
            key=self.root_key,
            second=root.RootOfficer("second", "dan", "Dan Dahl"),
            x509_root=self.authority.certificate,
            created=START,
            pack="ab" * 32,
        )
        self.first = self.document
        self.remembered = Verified()

    def copy(self) -> World:
        """The same company, whose story can go on another way."""
        other = copy.copy(self)
        other.people, other.ends = dict(self.people), dict(self.ends)
        other.events, other.ids = list(self.events), dict(self.ids)
        return other

    def tick(self, **step: float) -> datetime:
        """Let time pass."""
        self.now += timedelta(**step or {"minutes": 1})
        return self.now

    def write(
        self,
        who: str,
        case: str,
        kind: str,
        pairs: Iterable[tuple[str, Any]] | Body,
        *,
        deps: Iterable[str] = (),
        place: tuple[int, str] | None = None,
        at: datetime | None = None,
        schema: int = 1,
    ) -> str:
        """One signed event; ``place`` (seq, prev) forces a position, as a fork does."""
        identity = self.people[who]
        body = pairs if isinstance(pairs, Body) else make_body(pairs)
        log = (who, case, identity.incarnation)
        end = self.ends.get(log, (0, ""))
        seq, prev = place or (end[0] + 1, end[1])
        signed = chain.write(
            identity=identity,
            company=self.company,
            case=case,
            seq=seq,
            prev=prev,
            deps=deps,
            type=kind,
            body=body,
            claimed_at=at or self.tick(),
            schema=schema,
        )
        event = chain.event_id(signed)
        self.ends[log] = (seq, event)
        self.events.append((signed, body))
        self.ids[event] = (signed, body)
        return event

    # --- the directory -------------------------------------------------------------------

    def found(self) -> str:
        """The founding act, and the certificate of the secretary who wrote it."""
        body = root.root_body(root.sign_root(self.document, [self.root_key]))
        event = self.write("ada", self.first.directory, EventType.FOUNDED, body)
        self.heads = (event,)
        self.enrol("ada")
        return event

    def join(self) -> str:
        """The second officer's key joins the root."""
        self.document = root.with_second_officer(self.document, self.second_key.public, self.tick())
        signed = root.sign_root(self.document, [self.root_key, self.second_key])
        kind = EventType.OFFICER_JOINED
        return self.directory(kind, root.root_body(signed))

    def directory(self, kind: str, body: Body, **more: Any) -> str:
        """A directory event on top of the present heads."""
        event = self.write("ada", self.first.directory, kind, body, deps=self.heads, **more)
        self.heads = (event,)
        return event

    def act_body(self, content: acts.Content, keys: Iterable[SigningKey]) -> Body:
        """An act with the signatures of those root keys."""
        act = acts.make_act(
            content,
            company=self.company,
            root=root.fingerprint(self.document),
            after=self.heads,
        )
        return acts.act_body(act, [acts.sign_act(act, key) for key in keys])

    def act(self, content: acts.Content, keys: Iterable[SigningKey] | None = None) -> str:
        """A directory event that carries an act, signed by the secretary's root key."""
        body = self.act_body(content, keys if keys is not None else [self.root_key])
        kind = next(k for k, t in acts.CONTENTS.items() if t is type(content))
        return self.directory(acts.EVENTS[kind], body)

    def enrol_act(self, who: str) -> EnrolAct:
        """The act that certifies a person's keys."""
        public = self.people[who].public()
        spki = bytes.fromhex(public.p256)
        end = self.now + timedelta(days=1000)
        certificate = x509.issue(self.authority, who.title(), who, spki, self.now, end)
        return EnrolAct(who, public.ed25519, public.age, public.p256, certificate.hex())

    def person(self, who: str, **more: Any) -> str:
        """Record a person."""
        return self.act(PersonAct(who, who.title(), f"{who}@example.com", **more))

    def enrol(self, who: str) -> str:
        """Certify a person's keys."""
        return self.act(self.enrol_act(who))

    def office(self, office: str, who: str, **more: Any) -> str:
        """Give somebody an office from the first day on."""
        return self.act(OfficeAct(office, who, **{"start": "2027-01-01", **more}))

    def revoke(self, who: str, *heads: str, keys: Iterable[SigningKey] | None = None) -> str:
        """Revoke a person's key; ``heads`` are the ids of the last events still believed."""
        accepted = []
        for event in heads:
            head = chain.header(self.ids[event][0])
            accepted.append(AcceptedHead(head.log, head.seq, event))
        content = RevokeAct(
            self.people[who].key_id, tuple(accepted), "laptop stolen", "2027-01-05T00:00:00+00:00"
        )
        return self.act(content, keys or [self.root_key, self.second_key])

    def set_up(self) -> None:
        """A founded company with everybody enrolled and both officers' keys in the root."""
        self.found()
        for who in ("ada", "dan", "cleo", "ben"):
            self.person(who)
            if who != "ada":
                self.enrol(who)
        self.office("secretary", "ada")
        self.office("clo", "cleo")
        self.office("cfo", "dan")
        self.join()

    # --- questionnaires ------------------------------------------------------------------

    def issue(self, person: str, case: str | None = None, who: str = "ada") -> tuple[str, str]:
        """Issue a questionnaire; returns its case and event."""
        case = case or new_id()
        audience = {"name": "questionnaire", "offices": ["secretary"], "people": [person]}
        event = self.write(
            who,
            case,
            EventType.QUESTIONNAIRE_ISSUED,
            [
                ("campaign", "c" * 26),
                ("person", person),
                ("form", "f" * 64),
                ("form_id", "annual"),
                ("audience", audience),
                *AROUND.items(),
            ],
            deps=self.heads,
        )
        return case, event

    def sign(
        self,
        who: str,
        case: str,
        issued: str = "",
        *,
        supersedes: str = "",
        audience: dict[str, Any] | None = None,
        answers: dict[str, Any] | None = None,
        **more: Any,
    ) -> str:
        """Sign answers."""
        answers = {"6.01": True, "6.02": False} if answers is None else answers
        given = audience or {"name": "questionnaire", "offices": ["secretary"], "people": [who]}
        deps = {*self.heads, issued, supersedes} - {""}
        return self.write(
            who,
            case,
            EventType.QUESTIONNAIRE_SIGNED,
            [
                ("form", "f" * 64),
                ("form_id", "annual"),
                ("audience", given),
                ("supersedes", supersedes),
                ("context", CONTEXT),
                *((f"answer/{q}", {"question": q, "value": v}) for q, v in answers.items()),
            ],
            deps=deps,
            **more,
        )

    def refer(
        self, case: str, *questions: str, office: str = "clo", person: str = "cleo", **more: Any
    ) -> str:
        """Refer questions to an office."""
        pairs = [("questions", list(questions)), ("office", office), ("person", person)]
        who = more.pop("who", "ada")
        return self.write(who, case, EventType.EXCEPTIONS_REFERRED, pairs, deps=self.heads, **more)

    def decide(
        self,
        who: str,
        case: str,
        submission: str,
        *,
        question: str = "6.01",
        office: str = "clo",
        kind: str = "noted",
        heads: Iterable[str] | None = None,
        **more: Any,
    ) -> str:
        """Sign a determination."""
        pairs = [("question", question), ("kind", kind), ("office", office), ("reason", "Fine.")]
        deps = {*(self.heads if heads is None else heads), submission}
        return self.write(who, case, EventType.EXCEPTION_DETERMINED, pairs, deps=deps, **more)

    def receive(self, case: str, event: str, number: str = "DOQ-2027-0001") -> str:
        """Give a receipt."""
        pairs = [("event", event), ("number", number), ("received_at", "2027-01-04T12:00:00+00:00")]
        return self.write("ada", case, EventType.RECEIPT_GIVEN, pairs, deps={*self.heads, event})

    # --- reading -------------------------------------------------------------------------

    def state(
        self, events: Iterable[Pair] | None = None, verified: Verified | None = None
    ) -> State:
        """The state that the given events (else all) tell."""
        return fold(self.events if events is None else events, self.first, verified)

    def without(self, *events: str) -> list[Pair]:
        """Every event except those."""
        return [pair for pair in self.events if chain.event_id(pair[0]) not in events]

    def key(self, who: str) -> str:
        """A person's key id."""
        return ed25519.key_id(self.people[who].signing.public)


@pytest.fixture
def world() -> World:
    """A company that is set up and has no case yet."""
    made = World()
    made.set_up()
    return made


@pytest.fixture
def bare() -> World:
    """A company before its founding."""
    return World()


@pytest.fixture(scope="session")
def make_world() -> type[World]:
    """For stories that outlive one test."""
    return World
