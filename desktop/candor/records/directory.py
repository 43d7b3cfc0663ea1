"""The directory: people, their certificates and offices, as the company's signed acts say.

It is read at any past point too: a decision names the directory's head in its dependencies,
and what its author was allowed to do is judged there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

import msgspec

from candor.clock import as_utc
from candor.keys import ed25519
from candor.records.acts import (
    AbsenceAct,
    Content,
    EnrolAct,
    OfficeAct,
    PackAct,
    PersonAct,
    RevokeAct,
)
from candor.records.root import RootDocument


class Person(msgspec.Struct, frozen=True):
    """A person as last recorded; ``classes`` are values of FilerClass; ``manager``: the id of whom
    the person reports to, '' for nobody."""

    id: str
    name: str
    email: str
    classes: tuple[str, ...]
    attributes: tuple[str, ...]
    title: str
    manager: str = ""


class Revocation(msgspec.Struct, frozen=True):
    """That a key is no longer believed: why, since when, and the event that says so."""

    event: str
    reason: str
    since: str


class Certificate(msgspec.Struct, frozen=True):
    """A person's enrolled keys. ``ed25519`` and ``p256`` in hex; ``x509`` DER hex; ``event`` is
    the directory event that certified them, ``enrolled`` its claimed time."""

    person: str
    key_id: str
    ed25519: str
    age: str
    p256: str
    x509: str
    event: str
    enrolled: str
    revoked: Revocation | None = None


class KeyChange(msgspec.Struct, frozen=True):
    """A person with a valid certificate was certified again: everyone should be told."""

    person: str
    before: str
    after: str
    event: str


class Tenure(msgspec.Struct, frozen=True):
    """One person's time in one office; inclusive ISO dates, ``end`` '' while open."""

    office: str
    person: str
    start: str
    end: str
    sole: bool
    event: str

    def covers(self, on: str) -> bool:
        """Whether that ISO date lies in it."""
        return self.start <= on and (not self.end or on <= self.end)


class Absence(msgspec.Struct, frozen=True):
    """The holder of ``office`` is away (inclusive ISO dates); ``deputy`` acts in ``matters``,
    or in every one where it names none."""

    office: str
    deputy: str
    start: str
    end: str
    event: str
    matters: tuple[str, ...] = ()
    reason: str = ""

    def covers(self, office: str, on: str, matter: str) -> bool:
        """Whether that office is away on that ISO date for that kind of matter."""
        within = self.start <= on <= self.end
        return self.office == office and within and (not self.matters or matter in self.matters)


class Counted(msgspec.Struct, frozen=True):
    """An act that counts: the event that carries it and its claimed time. Several events may
    carry one act (one ``nonce``); the first of those that a reader knows says it."""

    event: str
    content: Content | RootDocument
    claimed_at: str
    nonce: str = ""


class Directory:
    """What a set of counted acts says. Build it with `directory_fold.fold`; never changes."""

    def __init__(
        self,
        counted: tuple[Counted, ...],
        graph: Mapping[str, tuple[str, ...]],
        root: RootDocument,
    ) -> None:
        """``counted`` in order; ``graph``: each directory event -> the events that it names."""
        self._counted = counted
        self._graph = graph
        self._views: dict[frozenset[str], Directory] = {}
        documents = [c.content for c in counted if isinstance(c.content, RootDocument)]
        self.root: RootDocument = max(documents, key=lambda d: d.version, default=root)
        self.founded: bool = bool(documents)
        self._read_people()
        self._read_offices()

    def _each(self, kind: type[Any]) -> Iterable[tuple[Counted, Any]]:
        said: set[str] = set()
        for counted in self._counted:
            if isinstance(counted.content, kind) and counted.nonce not in said:
                said.add(counted.nonce)
                yield counted, counted.content

    def _read_people(self) -> None:
        self.people: dict[str, Person] = {}
        for _, act in self._each(PersonAct):
            self.people[act.person] = Person(
                act.person,
                act.name,
                act.email,
                act.classes,
                act.attributes,
                act.title,
                act.manager,
            )
        revoked: dict[str, Revocation] = {}
        for counted, act in self._each(RevokeAct):
            revoked.setdefault(act.key_id, Revocation(counted.event, act.reason, act.since))
        self._certificates: dict[str, Certificate] = {}
        self._keys_of: dict[str, list[str]] = {}
        changes: list[KeyChange] = []
        for counted, act in self._each(EnrolAct):
            key = ed25519.key_id(bytes.fromhex(act.ed25519))
            mine = self._keys_of.setdefault(act.person, [])
            if earlier := [k for k in mine if k != key and k not in revoked]:
                changes.append(KeyChange(act.person, earlier[-1], key, counted.event))
            if key in mine:
                mine.remove(key)
            mine.append(key)
            self._certificates[key] = Certificate(
                act.person,
                key,
                act.ed25519,
                act.age,
                act.p256,
                act.x509,
                counted.event,
                counted.claimed_at,
                revoked.get(key),
            )
        self.key_changes: tuple[KeyChange, ...] = tuple(changes)

    def _read_offices(self) -> None:
        self._tenures: dict[str, list[Tenure]] = {}
        for counted, act in self._each(OfficeAct):
            held = self._tenures.setdefault(act.office, [])
            tenure = Tenure(act.office, act.person, act.start, act.end, act.sole, counted.event)
            same = [t for t in held if (t.person, t.start) == (act.person, act.start)]
            if same:
                held[held.index(same[0])] = tenure
            else:
                held.append(tenure)
        self.absences: tuple[Absence, ...] = tuple(
            Absence(a.office, a.deputy, a.start, a.end, c.event, a.matters, a.reason)
            for c, a in self._each(AbsenceAct)
        )
        adopted = tuple(self._each(PackAct))
        self._packs: list[PackAct] = [act for _, act in adopted]
        self.adoptions: tuple[tuple[str, PackAct], ...] = tuple((c.event, a) for c, a in adopted)

    @property
    def company(self) -> str:
        """The company's name."""
        return self.root.name

    @property
    def adopted_pack(self) -> str:
        """The digest (hex) of the code pack last adopted, else the founding one."""
        return self._packs[-1].digest if self._packs else self.root.pack

    def pack_on(self, on: str) -> str:
        """The digest of the code pack in force on an ISO date."""
        begun = [p for p in self._packs if p.start <= on]
        return begun[-1].digest if begun else self.root.pack

    def holders(self, office: str, on: str | None = None) -> tuple[str, ...]:
        """The ids of everyone who holds ``office`` on an ISO date, in order of assignment.

        Without a date: everyone whose tenure is open. Of a sole office only the one assigned
        last counts, even where an earlier tenure was left open.
        """
        held = self._tenures.get(office, [])
        now = [t for t in held if (not t.end if on is None else t.covers(on))]
        last_sole = max((i for i, t in enumerate(now) if t.sole), default=0)
        return tuple(dict.fromkeys(t.person for t in now[last_sole:]))

    def holder(self, office: str, on: str | None = None) -> str | None:
        """The id of the person assigned last to ``office``, if anyone holds it."""
        held = self.holders(office, on)
        return held[-1] if held else None

    def managers(self, person: str) -> tuple[str, ...]:
        """Whom a person reports to, directly and further up, nearest first."""
        found: list[str] = []
        entry = self.people.get(person)
        while entry is not None and entry.manager in self.people:
            if entry.manager in {person, *found}:
                break
            found.append(entry.manager)
            entry = self.people[entry.manager]
        return tuple(found)

    def offices_of(self, person: str, on: str | None = None) -> tuple[str, ...]:
        """The offices that a person holds, sorted."""
        return tuple(sorted(o for o in self._tenures if person in self.holders(o, on)))

    def tenures(self, office: str) -> tuple[Tenure, ...]:
        """Every tenure of an office, in order of assignment."""
        return tuple(self._tenures.get(office, ()))

    def deputies(self, office: str, on: str, matter: str = "") -> tuple[str, ...]:
        """The offices that act for ``office`` on an ISO date because its holder is away for
        that kind of matter; without one, only absences from everything count."""
        away = (a for a in self.absences if a.covers(office, on, matter))
        return tuple(dict.fromkeys(a.deputy for a in away))

    def sits(self, person: str, role: str, on: str) -> bool:
        """Whether a person holds the office, or belongs to the filer class, named ``role``."""
        recorded = self.people.get(person)
        classes = recorded.classes if recorded is not None else ()
        return role in classes or person in self.holders(role, on)

    def certificate(self, key_id: str) -> Certificate | None:
        """The certificate of that key, revoked or not."""
        return self._certificates.get(key_id)

    def certificates(self, person: str | None = None) -> tuple[Certificate, ...]:
        """Every certificate (of one person), in order of enrolment."""
        if person is None:
            return tuple(self._certificates.values())
        return tuple(self._certificates[k] for k in self._keys_of.get(person, ()))

    def current_certificate(self, person: str) -> Certificate | None:
        """The person's newest certificate that is not revoked."""
        valid = [c for c in self.certificates(person) if c.revoked is None]
        return valid[-1] if valid else None

    def person_of(self, key_id: str) -> str | None:
        """The id of the person who signs with that key."""
        certificate = self._certificates.get(key_id)
        if certificate is not None:
            return certificate.person
        root = (k for k in self.root.keys if ed25519.key_id(bytes.fromhex(k.ed25519)) == key_id)
        return next((k.person for k in root), None)

    @cached_property
    def latest(self) -> str:
        """The claimed time of the newest act here, as `clock.stamp` writes it; '' for none.

        A directory that is old may lack a revocation, so front ends show its age.
        """
        return max((c.claimed_at for c in self._counted), key=as_utc, default="")

    @cached_property
    def head(self) -> tuple[str, ...]:
        """The ids of the directory events that no other names: what a decision depends on."""
        saying = {c.event for c in self._counted}
        named = {parent for event in saying for parent in self._graph[event]}
        return tuple(sorted(saying - named))

    def __contains__(self, event: str) -> bool:
        """Whether that event belongs to this directory."""
        return event in self._graph

    def as_of(self, ids: Iterable[str]) -> Directory:
        """The directory as the authors of these directory events knew it.

        Ids that are not directory events are passed over.
        """
        wanted = frozenset(e for e in ids if e in self._graph)
        if wanted not in self._views:
            self._views[wanted] = self._view(wanted)
        return self._views[wanted]

    def _view(self, heads: frozenset[str]) -> Directory:
        seen: set[str] = set()
        stack = list(heads)
        while stack:
            event = stack.pop()
            if event not in seen:
                seen.add(event)
                stack.extend(self._graph[event])
        if seen == set(self._graph):
            return self
        return Directory(
            tuple(c for c in self._counted if c.event in seen),
            {e: p for e, p in self._graph.items() if e in seen},
            self.root if not self.founded else self._first_root(),
        )

    def _first_root(self) -> RootDocument:
        roots = (c.content for c in self._counted if isinstance(c.content, RootDocument))
        return min(roots, key=lambda d: d.version)

    def to_builtins(self) -> dict[str, Any]:
        """Everything it says, as JSON values."""
        return {
            "root": msgspec.to_builtins(self.root),
            "founded": self.founded,
            "people": msgspec.to_builtins(self.people),
            "certificates": msgspec.to_builtins(self._certificates),
            "tenures": msgspec.to_builtins(self._tenures),
            "absences": msgspec.to_builtins(self.absences),
            "packs": msgspec.to_builtins(self._packs),
            "key_changes": msgspec.to_builtins(self.key_changes),
            "head": list(self.head),
        }
