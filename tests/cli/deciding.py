"""Facts of the worked cases, and how a test asks the command about them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Facts = dict[str, Any]
Ask = Callable[..., dict[str, Any]]
"""Asks ``candor decide`` about facts and returns the answer; the command must succeed."""

OFFICERS: list[Facts] = [
    {"id": "clo", "name": "Rosalind Vale", "roles": ["clo"], "reports_to": "ceo"},
    {"id": "cfo", "name": "Ines Marlow", "roles": ["cfo"], "reports_to": "ceo"},
    {"id": "ceo", "name": "Piet Anders", "roles": ["ceo"]},
    {"id": "cco", "name": "Odile Brandt", "roles": ["cco"], "reports_to": "ceo"},
    {"id": "controller", "name": "Tom Reed", "roles": ["controller"], "reports_to": "cfo"},
    {"id": "secretary", "name": "Eleanor Whitcombe", "roles": ["secretary"]},
    {"id": "eo", "name": "Uma Field", "roles": ["executive_officer"], "reports_to": "ceo"},
]
COMMITTEE: list[Facts] = [
    {"id": "chair", "name": "Ada Stone", "roles": ["ac_chair", "independent"]},
    {"id": "second", "name": "Ben Rook", "roles": ["ac_member", "independent"]},
    {"id": "third", "name": "Cleo Hart", "roles": ["ac_member", "independent"]},
]
BOARD: list[Facts] = [
    *COMMITTEE,
    {"id": "lead", "name": "Dov Lane", "roles": ["lead_director"]},
    {"id": "dana", "name": "Dana Quill", "roles": ["director", "independent"]},
]
LEE: Facts = {"id": "lee", "name": "Lee Sample", "roles": ["employee"], "reports_to": "mo"}
MO: Facts = {"id": "mo", "name": "Mo Sample", "roles": ["employee"], "reports_to": "eo"}
EVERYBODY: list[Facts] = [LEE, MO, *OFFICERS, *BOARD]


def case(matter: str, filer: str, **more: Any) -> Facts:
    """Facts of one matter among everybody, on Wednesday 25 November 2026."""
    return {"matter": matter, "filer": filer, "on": "2026-11-25", "people": EVERYBODY, **more}


def among_everybody(person: Facts) -> list[Facts]:
    """Everybody, with one person's facts in place of those of the same id."""
    return [*(p for p in EVERYBODY if p["id"] != person["id"]), person]


def away(office: str, *, signed: bool = True) -> Facts:
    """An absence of that office over the day of the cases."""
    return {"office": office, "since": "2026-11-23", "until": "2026-11-27", "signed": signed}


def usd(amount: str) -> Facts:
    """An amount in US dollars."""
    return {"amount": amount, "currency": "USD"}


def written(folder: Path, facts: Facts | bytes) -> str:
    """A file with the facts."""
    file = folder / "facts.json"
    data = facts if isinstance(facts, bytes) else json.dumps(facts).encode()
    file.write_bytes(data)
    return str(file)


def who(answer: dict[str, Any], part: str = "decides") -> list[str]:
    """The people and bodies with that part, in order."""
    return [
        d["person"] or d["body"] or d["office"] for d in answer["deciders"] if d["part"] == part
    ]


def flag_ids(answer: dict[str, Any]) -> set[str]:
    """The ids of the flags."""
    return {flag["id"] for flag in answer["flags"]}


def flagged(answer: dict[str, Any]) -> set[str]:
    """Flags as "severity CODE"."""
    return {f"{flag['severity']} {flag['code']}" for flag in answer["flags"]}


def due(answer: dict[str, Any], duty: str) -> tuple[str | None, str]:
    """The day and time of a duty; fails where there is none of that id."""
    (found,) = [one for one in answer["duties"] if one["id"] == duty]
    return found["due"], found["at"]


def left_out(answer: dict[str, Any]) -> dict[str, str]:
    """Why each person is left out."""
    return {one["person"]: one["reason"] for one in answer["excluded"]}
