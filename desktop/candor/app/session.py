"""An unlocked vault with who its owner is, what the time is, and what the events say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from candor.app import code_packs, shipped_forms
from candor.app.jobs import Runner, run_here
from candor.app.knowledge import Pair
from candor.app.memory import Memory
from candor.clock import Clock, stamp
from candor.errors import CandorError
from candor.forms.definition import Form
from candor.forms.loader import load
from candor.keys.codes import fingerprint as grouped
from candor.keys.identity import Identity
from candor.policy.pack import Pack, load_pack
from candor.records import chain
from candor.records import root as roots
from candor.records.body import make_body
from candor.records.case import Case
from candor.records.directory import Person
from candor.records.events import BlobRef, Body, EventType, SignedEvent
from candor.records.judge import Verified
from candor.records.root import RootDocument, RootTrust, verify_root
from candor.vault.store import Vault

IDENTITY = "identity"
ROOT = "root"
PACK = "pack"
FORM = "form"


class NotYours(CandorError):
    """The act needs an office that this person does not hold."""


class Session(Memory):
    """Everything a use case needs, opened once. Not shared between processes."""

    def __init__(
        self,
        vault: Vault,
        clock: Clock,
        runner: Runner = run_here,
        verified: Verified | None = None,
    ) -> None:
        """``verified``: what was verified already of exactly what this vault was given."""
        super().__init__(verified)
        self.vault = vault
        self.clock = clock
        self.runner = runner
        self.findings = 0
        self.identity = _identity(vault)
        self.trust: RootTrust = verify_root(_needed(vault, ROOT))
        self.root: RootDocument = self.trust.document
        self._forms: dict[str, Form] = {}
        self._pack: Pack | None = None
        self._packs: dict[str, Pack] = {}
        self._places: dict[str, tuple[int, str]] = {}

    # --- who and what -------------------------------------------------------------------

    @property
    def person_id(self) -> str:
        """Whose vault this is."""
        return self.identity.person

    @property
    def me(self) -> Person:
        """The owner's directory entry."""
        return self.directory.people[self.person_id]

    @property
    def offices(self) -> tuple[str, ...]:
        """The offices that the owner holds today."""
        today, held = self.today, self.directory.offices_of
        return self.derived(f"offices {today}", lambda: held(self.person_id, today))

    @property
    def title(self) -> str:
        """How the owner is addressed on screens and paper."""
        return self.title_of(self.person_id)

    @property
    def company(self) -> str:
        """The company's name."""
        return self.root.name

    @property
    def is_enrolled(self) -> bool:
        """Whether the directory holds a certificate for this vault's key."""
        return self.directory.certificate(self.identity.key_id) is not None

    @property
    def pack(self) -> Pack:
        """The company's code pack as it is in force today; where it has not arrived
        (`has_pack`), the founding one, by which nobody decides (`integrity.require_decidable`)."""
        return self.pack_of(self.pack_in_force)

    @property
    def pack_in_force(self) -> str:
        """The digest of the code pack in force today, whether it is here or not."""
        if not self.directory.adoptions:
            return self._founding_pack().digest
        today = self.today
        return self.derived(f"pack {today}", lambda: self.directory.pack_on(today))

    def pack_of(self, digest: str) -> Pack:
        """The code pack of that digest; the founding one where its bytes are not here."""
        return self._adopted(digest) or self._founding_pack()

    def has_pack(self, digest: str) -> bool:
        """Whether the code pack of that digest is in this vault."""
        return digest == self._founding_pack().digest or self._adopted(digest) is not None

    def _adopted(self, digest: str) -> Pack | None:
        if digest not in self._packs and self.directory.adoptions:
            data = code_packs.find(self.vault, self.knowledge, self.directory, digest)
            if data is not None:
                self._packs[digest] = load_pack(data)
        return self._packs.get(digest)

    def _founding_pack(self) -> Pack:
        if self._pack is None:
            self._pack = load_pack(_needed(self.vault, PACK))
        return self._pack

    @property
    def zone(self) -> ZoneInfo:
        """The company's time zone, on whose clock times are told."""
        return ZoneInfo(self.pack.company.time_zone)

    @property
    def root_fingerprint(self) -> str:
        """The root's fingerprint in grouped digits, for reading aloud."""
        return grouped(roots.fingerprint(self.root))

    @property
    def directory_as_of(self) -> str:
        """The claimed instant (stamp) of the newest directory event here."""
        claims = [self.state.claims[e] for e in self.directory.head if e in self.state.claims]
        return max(claims, default="")

    @property
    def vault_folder(self) -> Path:
        """Where the vault lies."""
        return self.vault.folder

    def form(self, digest: str) -> Form:
        """The form definition of that digest. Raises CandorError where it has not arrived."""
        if digest not in self._forms:
            document = self.vault.document(FORM, digest)
            found = load(document.data) if document else shipped_forms.by_digest(digest)
            if found is None:
                raise CandorError(
                    "The form that these answers belong to is not in this vault.",
                    hint="Ask the Secretary to send it again.",
                )
            self._forms[digest] = found
        return self._forms[digest]

    @property
    def today(self) -> str:
        """The ISO date that an answer signed now would claim; never before the directory's
        newest event, however slow this machine's clock is."""
        return self._claimed(self.directory.head).date().isoformat()

    def holders(self) -> Mapping[str, tuple[str, ...]]:
        """Who holds each office of the pack today."""
        today, held = self.today, self.directory.holders
        return self.derived(
            f"holders {today}", lambda: {o: held(o, today) for o in self.pack.offices}
        )

    def title_of(self, person: str) -> str:
        """A person's own title, else the title of the first office held, else the class."""
        entry = self.directory.people.get(person)
        if entry is not None and entry.title:
            return entry.title
        for office in self.directory.offices_of(person):
            return self.pack.office_title(office)
        return entry.classes[0].replace("_", " ").capitalize() if entry and entry.classes else ""

    def name_of(self, person: str) -> str:
        """A person's name, or what is known instead."""
        entry = self.directory.people.get(person)
        return entry.name if entry is not None else "someone not in the directory"

    def case(self, case: str) -> Case:
        """The case of that id. Raises CandorError."""
        try:
            return self.state.cases[case]
        except KeyError:
            raise CandorError(
                "That case is not in this vault.", hint="Import the file that brings it."
            ) from None

    def need_office(self, *offices: str) -> str:
        """The first of these offices that the owner holds. Raises NotYours."""
        for office in offices:
            if office in self.offices:
                return office
        titles = " or ".join(self.pack.office_title(o) for o in offices)
        raise NotYours(
            f"Only the {titles} may do this, and the directory does not name you as such.",
            hint="If that is wrong, ask the Secretary to record your office.",
        )

    def check_passphrase(self, text: str) -> bool:
        """Whether this passphrase opens the vault; takes as long as unlocking."""
        return self.vault.check_passphrase(text)

    # --- writing ------------------------------------------------------------------------

    @contextmanager
    def batch(self) -> Iterator[None]:
        """One transaction; the state takes in what was written once, at the end."""
        places = dict(self._places)
        self._depth += 1
        try:
            with self.vault.transaction():
                yield
        except BaseException:
            self._places = places
            self.undo()
            raise
        finally:
            self._depth -= 1
        if self._depth == 0:
            self._read_inside = False
            self.refresh()

    def write(
        self,
        case: str,
        event_type: EventType,
        pairs: Iterable[tuple[str, Any]] | Body,
        *,
        deps: Iterable[str] = (),
        blobs: tuple[BlobRef, ...] = (),
    ) -> str:
        """Sign an event with this vault's key and keep it; returns its id."""
        body = pairs if isinstance(pairs, Body) else make_body(pairs)
        with self.batch():
            seq, prev = self._places.get(case) or self.state.next_place(case, self.identity)
            signed = self._signed(case, event_type, body, (seq, prev), deps, blobs)
            identifier = chain.event_id(signed)
            self.vault.add_event(signed, body, received_at=stamp(self.clock.now()))
            self.verified.signatures.add(identifier)  # this very key has just made it
            self.verified.bodies.add(identifier)
            self.arrive([(signed, body)])
            self._places[case] = (seq + 1, identifier)
        return identifier

    def receive(self, pairs: Iterable[Pair], found: Verified | None = None) -> int:
        """Keep events that came from others; how many brought something new.

        ``found``: what was verified of these very copies.
        """
        received = list(pairs)
        found = found or Verified()
        # A copy that is here already stays as it is: what was found of another says nothing of it.
        fresh = {e for signed, _ in received if self.is_new(e := chain.event_id(signed))}
        with self.batch():
            now = stamp(self.clock.now())
            new = self.vault.add_events(received, received_at=now, fitting=found.bodies)
            self.verified.learn(found.only(fresh))
            self.arrive(received)
        return new

    def _signed(
        self,
        case: str,
        event_type: EventType,
        body: Body,
        place: tuple[int, str],
        deps: Iterable[str],
        blobs: tuple[BlobRef, ...],
    ) -> SignedEvent:
        return chain.write(
            identity=self.identity,
            company=self.root.company,
            case=case,
            seq=place[0],
            prev=place[1],
            deps=tuple(sorted(set(deps))),
            type=event_type,
            body=body,
            blobs=blobs,
            claimed_at=self._claimed(deps),
        )

    def _claimed(self, deps: Iterable[str]) -> datetime:
        """Now, or the instant of the newest event answered where this machine's clock is slow:
        an answer may not claim an earlier time than what it answers."""
        now, earliest = self.clock.now(), self.state.earliest(deps)
        return now if earliest is None else max(now, earliest.astimezone(now.tzinfo))

    def refresh(self) -> None:
        """Take in what was written and received since: not the whole vault again."""
        super().refresh()
        self._places = {}

    def close(self) -> None:
        """Close the vault and drop its keys."""
        self.rest()
        self.vault.close()


def _needed(vault: Vault, kind: str) -> bytes:
    document = vault.document(kind, "current")
    if document is None:
        raise CandorError(
            "This vault was never finished: it does not know its company.",
            hint="Delete its folder and join again with your invitation.",
        )
    return document.data


def _identity(vault: Vault) -> Identity:
    secret = vault.secret(IDENTITY)
    if secret is None:
        raise CandorError("This vault holds no signing key.", hint="Join again by invitation.")
    return Identity.from_bytes(secret)
