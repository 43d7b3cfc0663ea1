"""Prints a code pack for reading: as text, or as a PDF in the packet's typography."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from zoneinfo import ZoneInfo

from candor.clock import Tick, no_tick
from candor.packet.code_print import CodeContent, compose_code
from candor.policy.code_book import sections
from candor.policy.pack import Pack


def code_pdf(pack: Pack, at: datetime, tick: Tick = no_tick) -> bytes:
    """The whole pack as a PDF; ``at`` is printed as its moment."""
    company = pack.company
    content = CodeContent(
        company=company.name,
        code_version=company.code_version,
        rule_set_date=date.fromisoformat(company.rule_set_date),
        fingerprint=pack.digest,
        as_of=at,
        zone=company.time_zone,
        sections=sections(pack, _day(pack, at)),
    )
    return compose_code(content, tick).pdf


def code_text(pack: Pack, at: datetime) -> Iterator[str]:
    """The whole pack as lines of text."""
    company = pack.company
    yield f"{company.name}: the Code as rules, version {company.code_version}"
    yield f"Rule set as of {company.rule_set_date}. Fingerprint of the pack: {pack.digest}"
    for section in sections(pack, _day(pack, at)):
        yield ""
        yield section.title.upper()
        yield section.intro
        for entry in section.entries:
            yield ""
            yield f"{entry.id}: {entry.title}" if entry.title else entry.id
            yield from (f"    {label}: {text}" for label, text in entry.lines)


def _day(pack: Pack, at: datetime) -> date:
    return at.astimezone(ZoneInfo(pack.company.time_zone)).date()
