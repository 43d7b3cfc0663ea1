"""The whole pack as a lawyer reads it: sections of entries, each a few labelled lines of words.

One content for text and for paper, so that what is printed is what decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from candor.policy import code_rules
from candor.policy.code_words import Entry, entry, joined, shown, titles
from candor.policy.contacts import standing_of
from candor.policy.pack import Pack


@dataclass(frozen=True)
class Section:
    """A part of the book. ``intro`` says how to read its entries."""

    title: str
    intro: str
    entries: tuple[Entry, ...]


def sections(pack: Pack, today: date) -> tuple[Section, ...]:
    """The book in order; ``today`` tells which contact cards have gone stale."""
    return tuple(
        Section(title, intro, tuple(build(pack, today))) for title, intro, build in _SECTIONS
    )


def _clauses(pack: Pack, _: date) -> Iterator[Entry]:
    rules = code_rules.by_clause(pack)
    for row in pack.clauses:
        yield entry(
            row.number,
            row.title,
            ("In our words", row.paraphrase),
            (
                "Waiver",
                "" if row.waivable else "Cannot be waived: it rests on law or on reporting.",
            ),
            ("Forms", joined(row.forms)),
            ("Rules", joined(rules.get(row.number, ()))),
            ("No rule, because", row.no_behaviour),
        )


def _offices(pack: Pack, _: date) -> Iterator[Entry]:
    for row in pack.file.office:
        implied = joined(shown(one) for one in sorted(pack.implied(row.id)))
        yield entry(row.id, row.title, ("Comes with", implied))


def _bodies(pack: Pack, _: date) -> Iterator[Entry]:
    for row in pack.file.committee:
        after = pack.committee(row.escalates_to).title if row.escalates_to else ""
        yield entry(
            row.id,
            row.title,
            ("Chair", pack.office_title(row.chair) if row.chair else ""),
            ("Members", pack.office_title(row.member) if row.member else shown(row.members)),
            ("Grants waivers by", row.waivers_by),
            ("If too few remain", after),
        )


def _settings(pack: Pack, _: date) -> Iterator[Entry]:
    for name, row in pack.file.settings.items():
        value = f"{row.value} {row.note}".strip()
        checked = f"{row.checked_on}, {row.checked_by}".strip(", ")
        yield entry(
            name,
            value,
            ("In use since", row.effective),
            ("Source", row.source),
            ("Last checked", checked),
        )


def _lists(pack: Pack, _: date) -> Iterator[Entry]:
    for row in pack.file.list:
        yield entry(row.id, joined(shown(one) for one in row.values), ("Why", row.reason))
    for cap in pack.file.caps:
        most = f"at most {cap.currency} {cap.most}"
        name = f"Gifts {cap.direction}, {cap.country}"
        yield entry(name, most, ("In use since", cap.effective), ("Source", cap.source))


def _retention(pack: Pack, _: date) -> Iterator[Entry]:
    for row in pack.file.retention:
        kept = "for ever"
        if row.years is not None:
            kept = f"{row.years} years"
        elif row.days is not None:
            kept = f"{row.days} days"
        yield entry(
            row.id, row.records, ("Kept", f"{kept}, from {row.starts}"), ("Why", row.reason)
        )


def _audiences(pack: Pack, _: date) -> Iterator[Entry]:
    for row in pack.file.audience:
        yield entry(
            row.id,
            titles(pack, row.offices),
            ("Otherwise", titles(pack, row.alternates)),
            ("Why", row.reason),
        )


def _texts(pack: Pack, _: date) -> Iterator[Entry]:
    for row in pack.file.text:
        yield entry(
            row.id, f"version {row.version}", ("Words", row.text), ("Code", joined(row.clauses))
        )


def _contacts(pack: Pack, today: date) -> Iterator[Entry]:
    for row in pack.contacts:
        yield entry(
            row.id,
            row.title,
            ("Reach", joined(row.lines)),
            ("Checked", standing_of(row, today, pack).sentence),
            ("Code", row.clause),
        )


def _papers(pack: Pack, _: date) -> Iterator[Entry]:
    for row in pack.file.packet_lineup:
        signs = f"{shown(row.act)}: {pack.text(row.meaning)}"
        yield entry(row.packet, pack.office_title(row.office), ("Signs", signs))
    for test in pack.independence_tests:
        yield entry(
            f"Test {test.code}",
            test.title,
            ("Questions", joined(test.questions)),
            ("Source", test.source),
        )


_Build = Callable[[Pack, date], Iterator[Entry]]
_SECTIONS: Sequence[tuple[str, str, _Build]] = (
    ("Clauses", "The Code, clause by clause, with the forms and rules behind it.", _clauses),
    ("Offices", "The offices that rules may name.", _offices),
    ("Bodies", "Bodies that decide by vote of their disinterested members.", _bodies),
    (
        "Chains",
        "Offices in order, each passed over when vacant, away by a signed word, or concerned.",
        code_rules.chains,
    ),
    (
        "Routes",
        "Who decides. The first row that fits counts, so read from the top down.",
        code_rules.routes,
    ),
    ("Prohibitions", "What nobody may approve, and whether a waiver helps.", code_rules.prohibited),
    ("Flags", "What somebody looks at; every row that fits is raised.", code_rules.flags),
    ("Duties", "What must be done; every row that fits is a duty.", code_rules.duties),
    ("Settings", "Values in rules, each dated and sourced.", _settings),
    ("Lists and caps", "Lists that conditions look in, and caps by country.", _lists),
    ("Retention", "How long records are kept; a legal hold overrides it.", _retention),
    ("Audiences", "Who may open what is filed.", _audiences),
    ("Texts", "The words that people sign or are shown.", _texts),
    ("Contacts", "Whom to turn to.", _contacts),
    ("Packets and tests", "Who signs a packet, and the tests of independence.", _papers),
)
