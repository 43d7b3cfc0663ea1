"""Who is who on the day: classes, marks, offices, relatives, reporting lines, absences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from candor.policy.facts import Absence, Facts, Interest, PersonFacts, PersonMark
from candor.policy.families import concerned
from candor.policy.pack import Pack
from candor.policy.pack.rows import ASSET_OWNER, MANAGER, Members
from candor.policy.terms import PRECEDENCE, FilerClass

_UNLED = frozenset({str(FilerClass.DIRECTOR), str(FilerClass.NOMINEE), str(PersonMark.PEO)})
_EXECUTIVE_MARKS = frozenset(
    {
        PersonMark.SECTION16_OFFICER,
        PersonMark.EO_3B7,
        PersonMark.PEO,
        PersonMark.PFO,
        PersonMark.PAO_OR_CONTROLLER,
    }
)
"""The union of the three definitions of an executive officer (domain reference 4.1)."""


@dataclass(frozen=True)
class Person:
    """A person of the facts on the day. ``relatives`` holds ids, from either side's words."""

    id: str
    name: str
    roles: frozenset[str]
    classes: tuple[FilerClass, ...]
    reports_to: str
    relatives: frozenset[str]

    @property
    def filer_class(self) -> FilerClass | None:
        """The strictest class; None for somebody whom the Code does not bind that day."""
        return self.classes[0] if self.classes else None

    def has(self, role: str) -> bool:
        """Whether the person has the class, office or mark on the day."""
        return role in self.roles


class Standing:
    """The people of the facts as they stand on one day."""

    def __init__(self, facts: Facts, pack: Pack, on: date) -> None:
        self._facts = facts
        self._pack = pack
        self.on = on
        self._related = _relations(facts)
        self.people = {person.id: self._person(person) for person in facts.people}

    def __getitem__(self, person: str) -> Person:
        return self.people[person]

    def name(self, person: str) -> str:
        """The name as printed; the id for somebody unknown."""
        known = self.people.get(person)
        return known.name if known else person

    def holders(self, office: str) -> tuple[str, ...]:
        """The ids of those who hold an office (or stand in the case as manager, asset owner)."""
        filer = self.people.get(self._facts.filer)
        if office == MANAGER:
            return (filer.reports_to,) if filer and filer.reports_to else ()
        if office == ASSET_OWNER:
            removal = self._facts.removal
            return (removal.asset_owner,) if removal and removal.asset_owner else ()
        return tuple(p.id for p in self.people.values() if p.has(office))

    def vacant(self, office: str) -> bool:
        """Whether the facts say that nobody holds it; that nobody is named does not say so."""
        if office == MANAGER:
            filer = self.people.get(self._facts.filer)
            # directors have no manager, and a chief executive without one has none either
            led = filer is None or not (_UNLED & {*filer.roles, *map(str, filer.classes)})
            return not (led or self.holders(MANAGER))
        return office in self._facts.vacant

    def absence(self, office: str) -> Absence | None:
        """The signed declaration that covers the office, the day and this matter."""
        for absence in self._facts.absences:
            covered = absence.since <= self.on <= absence.until
            in_scope = not absence.matters or self._facts.matter in absence.matters
            if absence.office == office and absence.signed and covered and in_scope:
                return absence
        return None

    def away(self) -> frozenset[str]:
        """The ids of the people who are away, whatever offices they hold."""
        offices = {absence.office for absence in self._facts.absences}
        gone = [self.holders(office) for office in offices if self.absence(office)]
        return frozenset(person for held in gone for person in held)

    def members(self, body: str) -> tuple[str, ...]:
        """The ids of a body's members, as far as the facts name them."""
        row = self._pack.committee(body)
        if row.members is Members.OFFICE:
            sits = [p for p in self.people.values() if p.has(row.chair) or p.has(row.member)]
        else:
            sits = [p for p in self.people.values() if FilerClass.DIRECTOR in p.classes]
        if row.members is Members.INDEPENDENT_DIRECTORS:
            sits = [p for p in sits if p.has(PersonMark.INDEPENDENT)]
        return tuple(person.id for person in sits)

    def chair(self, body: str) -> str:
        """The id of a body's chair; "" where the facts name none."""
        office = self._pack.committee(body).chair
        held = self.holders(office) if office else ()
        return held[0] if held else ""

    def related(self, one: str, other: str) -> bool:
        """Whether the facts name them relatives, in either direction."""
        return other in self._related.get(one, frozenset())

    def works_for(self, person: str, chief: str) -> bool:
        """Whether the person reports to the chief, directly or further up."""
        seen: set[str] = set()
        while person in self.people and person not in seen:
            seen.add(person)
            person = self.people[person].reports_to
            if person == chief and chief:
                return True
        return False

    def _person(self, person: PersonFacts) -> Person:
        roles = frozenset(self._roles(person))
        executive = roles & _EXECUTIVE_MARKS
        found = {c for c in FilerClass if c in roles}
        if executive:
            found.add(FilerClass.EXECUTIVE_OFFICER)
        return Person(
            id=person.id,
            name=person.name or person.id,
            roles=roles,
            classes=tuple(c for c in PRECEDENCE if c in found),
            reports_to=person.reports_to,
            relatives=self._related.get(person.id, frozenset()),
        )

    def _roles(self, person: PersonFacts) -> Iterator[str]:
        for role in person.roles:
            if isinstance(role, str):
                name = role
            elif (role.since or self.on) <= self.on <= (role.until or self.on):
                name = role.role
            else:
                continue
            yield name
            yield from self._pack.implied(name, self._facts.settings)


def _relations(facts: Facts) -> dict[str, frozenset[str]]:
    pairs = [
        (person.id, member.relative.person)
        for person in facts.people
        for member in concerned(person.relatives)
        if member.relative.person
    ]
    both = pairs + [(other, one) for one, other in pairs]
    return {one: frozenset(b for a, b in both if a == one) for one, _ in both}


def interests_of(facts: Facts, person: str) -> tuple[Interest, ...]:
    """What the facts say of a person's own interest in the case."""
    return tuple(interest for interest in facts.interests if interest.person == person)
