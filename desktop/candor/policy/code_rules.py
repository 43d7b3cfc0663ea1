"""The rules of a pack in words: chains, routes, prohibitions, flags, duties."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from candor.policy.code_words import Entry, conditions, entry, joined, shown, titles
from candor.policy.pack import Pack
from candor.policy.pack.rules import By, DutyRow, Route, Rule
from candor.policy.pack.soundness import SETTING

_BY = {
    By.CHAIN: "decides, the first of them who is free",
    By.BODY: "decides by vote",
    By.JOINT: "sign together",
    By.ANY_OF: "may be asked, any one of them",
    By.CHOSEN: "receives it, as the filer picks",
    By.RECORD: "puts it on record; nothing is decided",
    By.NOTICE: "every member is served with the notice",
}


def by_clause(pack: Pack) -> Mapping[str, tuple[str, ...]]:
    """What rests on each clause: rules, chains, texts, retention, contacts."""
    file = pack.file
    found: dict[str, list[str]] = defaultdict(list)
    for row in (*file.route, *file.prohibition, *file.flag, *file.duty):
        found[row.clause].append(row.id)
    for chain in file.chain:
        for step in chain.step:
            found[step.clause].append(f"chain {chain.id}")
    for text in file.text:
        for number in text.clauses:
            found[number].append(f"text {text.id}")
    for kept in file.retention:
        found[kept.clause].append(f"retention {kept.id}")
    for card in file.contact:
        found[card.clause].append(f"contact {card.id}")
    return {number: tuple(dict.fromkeys(ids)) for number, ids in found.items()}


def chains(pack: Pack, _: date) -> Iterator[Entry]:
    """Every chain, step by step."""
    for row in pack.file.chain:
        steps = [
            (f"{place}. {_who(pack, step.office or step.body)}", f"{step.reason} ({step.clause})")
            for place, step in enumerate(row.step, start=1)
        ]
        then = pack.chain(row.then).title if row.then else ""
        deputy = "An office that the Board named may act." if row.deputy else ""
        yield entry(
            row.id, row.title, *steps, ("Then", then), ("At its end", f"{row.end} {deputy}")
        )


def routes(pack: Pack, _: date) -> Iterator[Entry]:
    """Every route, in the order in which rows are tried."""
    for row in pack.routes:
        first = f"{shown(row.ruling)}, ruled by: {_who(pack, row.ruling_by)}" if row.ruling else ""
        yield entry(
            row.id,
            _matters(row),
            *_scope(pack, row),
            ("Who", _deciders(pack, row)),
            ("First", first),
            ("Prepares", joined(_who(pack, name) for name in row.recommends)),
            ("Certifies", _who(pack, row.certifies) if row.certifies else ""),
            ("Is told", joined(_who(pack, name) for name in row.inform)),
            ("Beforehand", "Approval is needed before it begins." if row.prior else ""),
            ("May be recorded", joined(shown(kind) for kind in row.decisions)),
            ("Why", f"{row.reason} ({row.clause})"),
        )


def _deciders(pack: Pack, row: Route) -> str:
    who = joined(_who(pack, name) for name in row.who)
    words = f"{who}: {_BY[row.by]}"
    if row.always:
        words += f"; always told: {titles(pack, row.always)}"
    if row.otherwise:
        words += f"; otherwise: {_who(pack, row.otherwise)}"
    return words


def prohibited(pack: Pack, _: date) -> Iterator[Entry]:
    """Every prohibition with its remedy."""
    for row in pack.prohibitions:
        law = "A law forbids it too." if row.law else ""
        kept = "" if row.record_allowed else "It cannot be put on record as done."
        yield entry(
            row.id,
            row.title,
            ("Matters", _matters(row)),
            *_scope(pack, row),
            ("Can be waived by", shown(row.waivable_by)),
            ("Why", f"{row.reason} {law} ({row.clause})"),
            ("Instead", f"{row.remedy} {kept}"),
        )


def flags(pack: Pack, _: date) -> Iterator[Entry]:
    """Every flag."""
    for row in pack.file.flag:
        yield entry(
            row.id,
            f"{row.code}, {row.severity}",
            ("Matters", _matters(row)),
            *_scope(pack, row),
            ("Why", f"{row.reason} ({row.clause})"),
        )


def duties(pack: Pack, _: date) -> Iterator[Entry]:
    """Every duty with its time."""
    for row in pack.file.duty:
        yield entry(
            row.id,
            row.what,
            ("By", pack.office_title(row.who) if row.who else ""),
            ("Matters", _matters(row)),
            *_scope(pack, row),
            ("When", _when(pack, row)),
            ("Why", f"{row.reason} ({row.clause})"),
        )


def _when(pack: Pack, row: DutyRow) -> str:
    if row.clock:
        return "within the four business days of the waiver clock"
    start = f"after: {shown(row.runs_from)}" if row.runs_from else ""
    if row.business_days is not None:
        return f"{_number(pack, row.business_days)} business days {start} {row.words}"
    if row.days is not None:
        return f"{_number(pack, row.days)} days {start} {row.words}"
    return row.words or start


def _number(pack: Pack, value: int | str) -> str:
    if isinstance(value, str):
        return str(pack.setting_values()[value.removeprefix(SETTING)])
    return str(value)


def _matters(row: Rule) -> str:
    return joined(shown(matter) for matter in row.matters) or "any matter"


def _scope(pack: Pack, row: Rule) -> tuple[tuple[str, str], ...]:
    """For whom and when a row holds."""
    return (
        ("Filer", joined(shown(one) for one in row.filers)),
        ("Filer holds", titles(pack, row.offices)),
        ("Everybody named holds", titles(pack, row.named)),
        ("When", conditions(row.when, every=True)),
        ("Unless", conditions(row.unless, every=False)),
    )


def _who(pack: Pack, name: str) -> str:
    """A chain, a body or an office by its title; a setting by its value."""
    if name.startswith(SETTING):
        name = str(pack.setting_values()[name.removeprefix(SETTING)])
    if name in pack.committees:
        return pack.committee(name).title
    return pack.chain(name).title if name in pack.chains else pack.office_title(name)
