"""Who may do what, judged where the event itself stands in the directory's history."""

from __future__ import annotations

from collections.abc import Mapping

from candor.policy.terms import Office
from candor.records.directory import Directory
from candor.records.judge import Judged

NO_DIRECTORY = "It does not name the state of the directory that it relies on."


Brought = Mapping[str, Mapping[str, frozenset[str]]]
"""Digest (hex) of a code pack -> office -> the filer classes and marks that come with it."""


def date_of(judged: Judged) -> str:
    """The calendar day (ISO) that the author claims, at the author's own offset."""
    return judged.header.claimed_at[:10]


class Authority:
    """Answers for one directory. An event that names directory events is judged by what they
    and their ancestors say; one that names none, by everything known, on its own date.
    ``brought``: what offices bring along under the code packs that are here."""

    def __init__(self, directory: Directory, brought: Brought | None = None) -> None:
        self.directory = directory
        self._brought = brought or {}

    def author(self, judged: Judged) -> str:
        """The id of the person who signed; '' if nobody known."""
        return self.directory.person_of(judged.header.author) or ""

    def names_directory(self, judged: Judged) -> bool:
        """Whether the event names at least one directory event that is here."""
        return any(dep in self.directory for dep in judged.header.deps)

    def view(self, judged: Judged) -> Directory:
        """The directory that the event relied on."""
        if self.names_directory(judged):
            return self.directory.as_of(judged.header.deps)
        return self.directory

    def holds(self, judged: Judged, office: str) -> bool:
        """Whether the author held ``office`` on the claimed day, as the event could know."""
        return self.author(judged) in self.view(judged).holders(office, date_of(judged))

    def still_holds(self, judged: Judged, office: str) -> bool:
        """Whether everything known since agrees that the author held ``office`` that day."""
        return self.author(judged) in self.directory.holders(office, date_of(judged))

    def is_secretary(self, judged: Judged) -> bool:
        """Whether the author kept the company's records on that day."""
        return self.holds(judged, Office.SECRETARY)

    def acts_for(self, judged: Judged, acting: str, referred: str, matter: str) -> bool:
        """Whether ``acting`` may decide what was referred to ``referred``: the same office, or
        its deputy while a signed absence covers the day and that kind of matter."""
        return acting == referred or self.stands_in(judged, acting, referred, matter)

    def stands_in(self, judged: Judged, acting: str, absent: str, matter: str) -> bool:
        """Whether a signed absence lets ``acting`` act for the office ``absent`` that day."""
        return acting in self.view(judged).deputies(absent, date_of(judged), matter)

    def sits(self, judged: Judged, person: str, *roles: str) -> bool:
        """Whether a person had one of those offices or classes on the claimed day, be it by an
        office that brings it along."""
        view, on = self.view(judged), date_of(judged)
        wanted = [role for role in roles if role]
        if any(view.sits(person, role, on) for role in wanted):
            return True
        return not self._implied(view, person, on).isdisjoint(wanted)

    def roles(self, judged: Judged, person: str) -> frozenset[str]:
        """A person's classes, marks and offices on the claimed day, with what the offices bring
        along: as the event could know, and as everything known since has it."""
        on = date_of(judged)
        return self._roles(self.view(judged), person, on) | self._roles(self.directory, person, on)

    def _roles(self, view: Directory, person: str, on: str) -> frozenset[str]:
        recorded = view.people.get(person)
        own = (*recorded.classes, *recorded.attributes) if recorded is not None else ()
        return frozenset({*own, *view.offices_of(person, on), *self._implied(view, person, on)})

    def _implied(self, view: Directory, person: str, on: str) -> frozenset[str]:
        """By the code pack in force that day; by the founding one where that is not here."""
        founding = self._brought.get(view.root.pack, {})
        rules = self._brought.get(view.pack_on(on), founding)
        brought = (rules.get(office, frozenset()) for office in view.offices_of(person, on))
        return frozenset().union(*brought)
