"""The people of the demonstration: a fixed cast, and more of them by seed.

Everything here is invented and a pure function of the seed. The texts stand in resources/demo.
"""

from __future__ import annotations

import hashlib
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import Any, TypeVar

from candor.app.people import PersonInput
from candor.errors import CandorError
from candor.forms.answers import Filer
from candor.policy.terms import FilerClass
from candor.resources import resource

_T = TypeVar("_T")
_FOLD = str.maketrans("øØłŁ", "oOlL")
_NAME_STEP = 1000
"""Shares no factor with the number of names, so every name comes once before one comes twice."""


@dataclass(frozen=True)
class DemoPerson:
    """One invented person; dates are ISO text, ``salary`` is in whole dollars (0: no employee),
    ``manager`` is the e-mail address of somebody else in the cast ("" for nobody)."""

    key: str
    name: str
    legal_name: str
    title: str
    email: str
    classes: tuple[str, ...]
    offices: tuple[str, ...]
    attributes: tuple[str, ...]
    born: str
    joined: str
    town: str
    salary: int
    work: tuple[Mapping[str, str], ...]
    boards: tuple[Mapping[str, Any], ...]
    seed: int
    manager: str = ""

    @property
    def filer(self) -> Filer:
        """The filer as the form engine reads it."""
        return Filer(self.classes, self.offices, self.attributes)

    @property
    def employed(self) -> bool:
        """Whether the person is an executive officer."""
        return FilerClass.EXECUTIVE_OFFICER in self.classes

    @property
    def last_name(self) -> str:
        """The family name."""
        return self.name.rpartition(" ")[2]

    def entry(self) -> PersonInput:
        """The person as the Secretary would type it."""
        return PersonInput(
            name=self.name,
            email=self.email,
            title=self.title,
            classes=self.classes,
            offices=self.offices,
            attributes=self.attributes,
            manager=self.manager,
        )


def roll(seed: int, *parts: str) -> int:
    """A number that depends on nothing but its arguments, the same on every machine."""
    text = "/".join((str(seed), *parts))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8])


def pick(options: Sequence[_T], seed: int, *parts: str) -> _T:
    """One of the options, by `roll`."""
    return options[roll(seed, *parts) % len(options)]


@cache
def table(name: str) -> dict[str, Any]:
    """One TOML file of resources/demo, read once."""
    return tomllib.loads(resource("demo", f"{name}.toml").read_text(encoding="utf-8"))


def cast(seed: int, people: int) -> tuple[DemoPerson, ...]:
    """The Secretary first, then ``people`` filers: the fixed cast, then more by seed.

    Raises CandorError where there are too few people to play the main job, or too many names.
    """
    data = table("cast")
    if people < data["least"]:
        raise CandorError(
            f"{people} people are too few to play the main job.",
            hint=f"Ask for at least {data['least']}.",
        )
    names = table("names")
    most = len(names["first"]) * len(names["last"])
    if people > most:
        raise CandorError(
            f"{people} people are more than the demo has names for.",
            hint=f"Ask for {most} at most.",
        )
    fixed = [_from_file(row, seed) for row in (data["secretary"], *data["person"])]
    extras = (_extra(number, seed) for number in range(people + 1 - len(fixed)))
    return _led((*fixed[: people + 1], *extras), data)


def _led(people: tuple[DemoPerson, ...], data: Mapping[str, Any]) -> tuple[DemoPerson, ...]:
    """The same people with their managers, as far as these are among them."""
    emails = {person.key: person.email for person in people}
    rows = (data["secretary"], *data["person"])
    above = {row["key"]: row.get("manager", "") for row in rows}
    return tuple(
        replace(person, manager=emails.get(above.get(person.key, data["chief"]), ""))
        for person in people
    )


def _from_file(row: Mapping[str, Any], seed: int) -> DemoPerson:
    return DemoPerson(
        key=row["key"],
        name=row["name"],
        legal_name=row["legal_name"],
        title=row["title"],
        email=_email(row["name"]),
        classes=tuple(row["classes"]),
        offices=tuple(row["offices"]),
        attributes=tuple(row.get("attributes", ())),
        born=row["born"],
        joined=row["joined"],
        town=row["town"],
        salary=row.get("salary", 0),
        work=tuple(row.get("work", ())),
        boards=tuple(row.get("boards", ())),
        seed=seed,
    )


def _extra(number: int, seed: int) -> DemoPerson:
    names, key = table("names"), f"extra_{number:04d}"
    count = len(names["first"]) * len(names["last"])
    place = (roll(seed, "names") + number * _NAME_STEP) % count
    last_place, first_place = divmod(place, len(names["first"]))
    first, last = names["first"][first_place], names["last"][last_place]
    joined = date(2013 + roll(seed, key, "joined") % 13, 1 + roll(seed, key, "month") % 12, 15)
    rank = pick(("Senior Vice President", "Vice President"), seed, key, "rank")
    return DemoPerson(
        key=key,
        name=f"{first} {last}",
        legal_name=f"{first} {pick(names['relatives'], seed, key, 'middle')} {last}",
        title=f"{rank}, {names['departments'][number % len(names['departments'])]}",
        email=_email(f"{first} {last}"),
        classes=(FilerClass.EXECUTIVE_OFFICER.value,),
        offices=(),
        attributes=(),
        born=f"{1958 + roll(seed, key, 'born') % 30}-0{1 + roll(seed, key, 'm') % 9}-17",
        joined=joined.isoformat(),
        town=pick(names["towns"], seed, key, "town"),
        salary=210_000 + 1_000 * (roll(seed, key, "salary") % 150),
        work=_earlier_work(joined, seed, key),
        boards=(),
        seed=seed,
    )


def _earlier_work(joined: date, seed: int, key: str) -> tuple[Mapping[str, str], ...]:
    names = table("names")
    return (
        {
            "employer": pick(names["employers"], seed, key, "employer"),
            "business": pick(names["businesses"], seed, key, "business"),
            "title": "Director of a department",
            "from": f"{joined.year - 8}-03-01",
            "to": (joined - timedelta(days=1)).isoformat(),
        },
    )


def _email(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name.translate(_FOLD)).encode("ascii", "ignore")
    return f"{folded.decode().casefold().replace(' ', '.')}@immunogen.example"
