"""What cannot be true of a pack as a whole, although every row reads well."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date

from candor.policy.conformity import Path
from candor.policy.facts import Matter
from candor.policy.pack.rows import CASE_OFFICES, Members
from candor.policy.pack.rules import By, Chain, DutyRow, Route, Rule
from candor.policy.pack.whole import PackFile

Fault = tuple[Path, str]
BOARD = "board"
"""The whole Board's row in the table of committees; every pack has it."""
SETTING = "setting."


def unsound(file: PackFile) -> Iterator[Fault]:
    """Every contradiction within the pack: where it stands, and a clause about it."""
    for checked in (_repeated, _chains, _committees, _routes, _examples, _unreached):
        yield from checked(file)
    yield from _settings(file)
    yield from _texts(file)
    yield from _duties(file)
    for matter in Matter:
        if not any(matter in row.matters or not row.matters for row in file.route):
            yield ("route",), f"no row routes the matter {matter}"
    if BOARD not in {row.id for row in file.committee}:
        yield ("committee",), "no row has the id “board”, which stands for the whole Board"


def _repeated(file: PackFile) -> Iterator[Fault]:
    tables: dict[str, list[str]] = {
        table: [row.id for row in getattr(file, table)]
        for table in [
            "office",
            "committee",
            "audience",
            "chain",
            "route",
            "prohibition",
            "flag",
            "duty",
            "retention",
            "list",
            "text",
            "contact",
        ]
    }
    tables["clause"] = [row.number for row in file.clause]
    for table, ids in tables.items():
        key = "number" if table == "clause" else "id"
        for place, one in enumerate(ids):
            if not one.strip():
                yield (table, place, key), "this is empty"
            elif one in ids[:place]:
                yield (table, place, key), f"“{one}” stands twice"
    for place, office in enumerate(tables["office"]):
        if office in CASE_OFFICES:
            yield ("office", place, "id"), f"“{office}” is kept for {CASE_OFFICES[office]}"


def _chains(file: PackFile) -> Iterator[Fault]:
    following = {row.id: row.then for row in file.chain}
    for place, row in enumerate(file.chain):
        if not row.step:
            yield ("chain", place, "step"), "a chain has at least one step"
        for number, step in enumerate(row.step):
            if bool(step.office) == bool(step.body):
                yield (
                    ("chain", place, "step", number),
                    "a step names an office or a body, one of them",
                )
        if circle := _circle(row.id, following):
            yield ("chain", place, "then"), f"the chain runs in a circle: {circle}"
        elif not _ends(row, file):
            yield ("chain", place, "end"), "this is missing: what happens when nobody is left"


def _ends(row: Chain, file: PackFile) -> bool:
    last = row.step[-1].body if row.step else ""
    return bool(row.then or row.end or (last and last in {c.id for c in file.committee}))


def _circle(start: str, following: dict[str, str]) -> str:
    seen = [start]
    while (after := following.get(seen[-1], "")) and after not in seen:
        seen.append(after)
    return " → ".join([*seen[seen.index(after) :], after]) if after else ""


def _committees(file: PackFile) -> Iterator[Fault]:
    following = {row.id: row.escalates_to for row in file.committee}
    for place, row in enumerate(file.committee):
        if row.members is Members.OFFICE and not row.member:
            yield ("committee", place, "member"), "this is missing: whose office the members hold"
        if circle := _circle(row.id, following):
            yield ("committee", place, "escalates_to"), f"this runs in a circle: {circle}"


def _routes(file: PackFile) -> Iterator[Fault]:
    for place, row in enumerate(file.route):
        for key, text in _route_faults(row, file):
            yield ("route", place, key), text


def _route_faults(row: Route, file: PackFile) -> Iterator[tuple[str, str]]:
    offices = {o.id for o in file.office} | set(CASE_OFFICES)
    chains, bodies = {c.id for c in file.chain}, {c.id for c in file.committee}
    allowed = {
        By.CHAIN: ("chain", chains),
        By.RECORD: ("chain", chains),
        By.JOINT: ("chain", chains),
        By.BODY: ("committee", bodies),
        By.NOTICE: ("committee", bodies),
        By.ANY_OF: ("office", offices),
        By.CHOSEN: ("office", offices),
    }
    what, names = allowed[row.by]
    who = [_plain(name, file) for name in row.who]
    yield from (("who", f"“{n}” is no {what} of the pack") for n in who if n not in names)
    if row.by in {By.CHAIN, By.RECORD} and len(who) != 1:
        yield "who", f"a route by {row.by} names exactly one chain"
    if (row.by is By.JOINT and len(who) < 2) or not who:
        yield "who", f"a route by {row.by} names more of them"
    yield from (
        ("recommends", f"“{n}” is no office, no chain and no committee of the pack")
        for n in row.recommends
        if n not in offices | chains | bodies
    )
    yield from (
        ("inform", f"“{n}” is no office and no committee of the pack")
        for n in row.inform
        if n not in offices | bodies
    )
    if row.ruling and not row.ruling_by:
        yield "ruling_by", "this is missing: which chain rules first"
    yield from _unnamed(row, who, file)


def _unnamed(row: Route, who: Sequence[str], file: PackFile) -> Iterator[tuple[str, str]]:
    """A waiver of directors and officers needs the Board, or a committee that it named."""
    if Matter.WAIVER not in row.matters or row.by is not By.BODY:
        return
    for committee in file.committee:
        whole = committee.members is not Members.OFFICE
        if committee.id in who and not whole and not committee.waivers_by:
            yield "who", f"no Board resolution names “{committee.id}” for waivers (waivers_by)"


def _plain(name: str, file: PackFile) -> str:
    """A name, or the value of the setting that it stands for."""
    if not name.startswith(SETTING):
        return name
    row = file.settings.get(name.removeprefix(SETTING))
    return str(row.value) if row else name


def _examples(file: PackFile) -> Iterator[Fault]:
    for table, rows in (("route", file.route), ("prohibition", file.prohibition)):
        for place, row in enumerate(rows):
            for key in ("holds", "fails"):
                if not getattr(row, key):
                    yield (table, place, key), "this is missing: at least one set of facts"


def _unreached(file: PackFile) -> Iterator[Fault]:
    for place, row in enumerate(file.route):
        before = next((r for r in file.route[:place] if _covers(r, row)), None)
        if before is not None:
            yield ("route", place), f"no facts reach it: {before.id} above takes all of them"


def _covers(first: Rule, later: Rule) -> bool:
    """Whether every case of the later rule is one of the first."""

    def wider(mine: Sequence[str], other: Sequence[str]) -> bool:
        return not mine or (bool(other) and set(other) <= set(mine))

    return (
        wider(first.matters, later.matters)
        and wider(first.filers, later.filers)
        and wider(first.offices, later.offices)
        and wider(first.named, later.named)
        and set(first.when) <= set(later.when)
        and set(first.unless) <= set(later.unless)
    )


def _settings(file: PackFile) -> Iterator[Fault]:
    for name, row in file.settings.items():
        for key in ("effective", "checked_on"):
            day = getattr(row, key)
            if day and not _is_day(day):
                yield ("settings", name, key), f"“{day}” is no date such as 2026-01-31"
        if not row.source.strip():
            yield ("settings", name, "source"), "this is empty"


def _texts(file: PackFile) -> Iterator[Fault]:
    for place, row in enumerate(file.text):
        if not row.version.strip():
            yield ("text", place, "version"), "this is empty, so nobody can say what was signed"
        if not row.text.strip():
            yield ("text", place, "text"), "this is empty"


def _duties(file: PackFile) -> Iterator[Fault]:
    for place, row in enumerate(file.duty):
        for key in ("business_days", "days"):
            value = getattr(row, key)
            if isinstance(value, str) and not _is_number(_plain(value, file)):
                yield ("duty", place, key), f"“{value}” is no number and no setting that holds one"
        if not _has_time(row):
            yield ("duty", place, "words"), "this is missing: by when, in days or in words"


def _has_time(row: DutyRow) -> bool:
    counted = row.business_days is not None or row.days is not None
    return bool(row.words or row.clock or (row.runs_from and counted) or row.runs_from)


_is_number: Callable[[str], bool] = str.isdecimal


def _is_day(text: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
