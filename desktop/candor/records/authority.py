"""Who may do what, judged where the event itself stands in the directory's history."""

from __future__ import annotations

from candor.policy.terms import Office
from candor.records.directory import Directory
from candor.records.judge import Judged

NO_DIRECTORY = "It does not name the state of the directory that it relies on."


def date_of(judged: Judged) -> str:
    """The calendar day (ISO) that the author claims, at the author's own offset."""
    return judged.header.claimed_at[:10]


class Authority:
    """Answers for one directory. An event that names directory events is judged by what they
    and their ancestors say; one that names none, by everything known, on its own date."""

    def __init__(self, directory: Directory) -> None:
        self.directory = directory

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
        """Whether a person had one of those offices or classes on the claimed day."""
        view, on = self.view(judged), date_of(judged)
        return any(view.sits(person, role, on) for role in roles if role)
