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

    def acts_for(self, judged: Judged, acting: str, referred: str) -> bool:
        """Whether ``acting`` may decide what was referred to ``referred``: the same office, or
        its deputy while a signed absence covers the day."""
        deputies = self.view(judged).deputies(referred, date_of(judged))
        return acting == referred or acting in deputies
