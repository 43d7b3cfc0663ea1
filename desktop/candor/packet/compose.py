"""Composes revision 0 of a packet, a supplement or a filer's own print.

The same content and evidence give the same bytes: nothing here reads a clock, a locale, a random
source or the environment.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import msgspec

from candor.clock import Tick, no_tick
from candor.errors import Problems
from candor.packet import filing_print
from candor.packet.book import Book, Running, Sheet
from candor.packet.content import (
    Composed,
    FieldSpec,
    FilingContent,
    PacketContent,
    PacketKind,
)
from candor.packet.dates import day, moment
from candor.packet.finish import About, finish
from candor.packet.problems import missing_glyphs, with_codes
from candor.packet.sections_annex import annexes
from candor.packet.sections_changed import changed, overview_page, person_page
from candor.packet.sections_front import agenda, contents, cover
from candor.packet.sections_people import exceptions, independence
from candor.packet.sections_sign import field_name, signatures
from candor.packet.sections_summary import summary, summary_page
from candor.packet.style import PAGES

Section = Callable[[PacketContent, str], Iterator[Sheet]]


def _plain(section: Callable[[PacketContent], Iterator[Sheet]]) -> Section:
    """A section that does not print the fingerprint."""
    return lambda content, _: section(content)


SECTIONS: tuple[tuple[str, Section], ...] = (
    ("Cover", cover),
    ("Agenda", _plain(agenda)),
    ("Contents", _plain(contents)),
    ("Summary", _plain(summary)),
    ("Independence and exceptions", _plain(independence)),
    ("Exceptions by person", _plain(exceptions)),
    ("What changed", _plain(changed)),
    ("Signatures", signatures),
    ("Annexes", _plain(annexes)),
)
"""The sections in their order; a new one is a function and a line here."""


def content_fingerprint(content: PacketContent | FilingContent) -> str:
    """SHA-256 (hex) over the content's JSON, the fingerprint itself left out."""
    if isinstance(content, PacketContent):
        content = replace(content, fingerprint="")
    encoded = msgspec.json.encode(content, enc_hook=str, order="deterministic")
    return hashlib.sha256(encoded).hexdigest()


def problems(content: PacketContent) -> tuple[str, ...]:
    """What must be settled before composing, each a sentence that names its place.

    Characters without a glyph (unless ``print_codes``), and pages that must be one page and are
    not even after their least weighty lines were left to the annex.
    """
    found = list(() if content.print_codes else missing_glyphs(content))
    printable = with_codes(content) if found or content.print_codes else content
    if not summary_page(printable)[1]:
        found.append("The summary does not fit on one page: shorten its deck or its notes.")
    if printable.changes and not overview_page(printable)[1]:
        found.append("The page of changes does not fit: shorten the committee’s or item’s title.")
    found.extend(
        f"{person.where}: what changed does not fit on one page."
        for person in printable.changes
        if person.changed and not person_page(printable, person)[1]
    )
    return tuple(found)


def notices(content: PacketContent) -> tuple[str, ...]:
    """What the Secretary should know: answers that a page of changes lists by number only."""
    found = []
    for person in content.changes:
        if person.changed:
            listed = person_page(content, person)[2]
            if listed:
                found.append(f"{person.where}: {listed} changed answers are listed by number only.")
    return tuple(found)


def compose(content: PacketContent, evidence: bytes, tick: Tick = no_tick) -> Composed:
    """Revision 0 with empty signature fields and ``evidence`` attached as evidence.json.

    Raises Problems (all of them together) where `problems` finds any; whatever ``tick`` raises
    stops the work and passes through.
    """
    found = problems(content)
    if found:
        raise Problems(
            "The packet cannot be composed as it stands.",
            found,
            hint="Settle each point, or choose to print such characters as codes.",
        )
    fingerprint = content.fingerprint or content_fingerprint(content)
    if content.print_codes:
        content = with_codes(content)
    book = Book(PAGES[content.paper], _running(content), tick)
    _lay_out(book, content, fingerprint)
    specs = _specs(content, book)
    kind = "Supplement" if content.kind is PacketKind.SUPPLEMENT else "Packet"
    about = About(
        title=f"{content.committee}: {content.title}, {day(content.meeting_on)}".replace(
            "\xa0", " "
        ),
        author=content.company,
        subject=f"{kind}, version {content.version}",
        language=content.language,
        at=content.as_of,
    )
    pages = book.surface.page
    tick("Finishing the file", pages, pages)
    pdf = finish(book.surface, about, specs, evidence)
    return Composed(pdf, pages, specs, tuple(book.surface.bookmarks), notices(content))


def _lay_out(book: Book, content: PacketContent, fingerprint: str) -> None:
    total = len(SECTIONS) - 1 + len(content.annexes)
    done = 0
    for name, section in SECTIONS:
        for sheet in section(content, fingerprint):
            step = f"{name}: {sheet.title}" if sheet.title and sheet.title != name else name
            book.add(sheet, (step, done, total))
            done += name == "Annexes"
        done += name != "Annexes"


def _running(content: PacketContent) -> Running:
    edition = "Supplement" if content.kind is PacketKind.SUPPLEMENT else "Packet"
    return Running(
        committee=content.committee,
        subject=f"{content.company}   {day(content.meeting_on)}".replace("   ", "\xa0\xa0 "),
        confidential=content.confidential,
        copy=content.copy_note,
        as_of=_as_of(moment(content.as_of, content.zone), day(content.rule_set_date)),
        edition=_edition(
            f"{edition} version {content.version}", content.code_version, specimen=content.specimen
        ),
    )


def _as_of(at: str, rules: str) -> tuple[str, ...]:
    return (f"As of {at}", f"Rule set as of {rules}")


def _edition(*parts: str, specimen: bool) -> tuple[str, ...]:
    said = "Specimen: people, other businesses and amounts are invented" if specimen else ""
    return (*parts, said)


def _specs(content: PacketContent, book: Book) -> tuple[FieldSpec, ...]:
    found = []
    for at, signer in enumerate(content.signers):
        name = field_name(at, signer)
        page, (left, bottom, right, top) = book.surface.fields[name]
        found.append(
            FieldSpec(
                name=name,
                page=page,
                rect=(round(left, 2), round(bottom, 2), round(right, 2), round(top, 2)),
                person=signer.person,
                office=signer.office,
                meaning=signer.meaning,
                last=at == len(content.signers) - 1,
                title=signer.title,
                signer=signer.name,
            )
        )
    return tuple(found)


def filing_problems(content: FilingContent) -> tuple[str, ...]:
    """Characters of a filing that no embedded font prints, each named by its question."""
    return () if content.print_codes else missing_glyphs(content)


def compose_filing(content: FilingContent, tick: Tick = no_tick) -> Composed:
    """The signer's own print of exactly what was signed, with its evidence sheet.

    A filer must always get a print at once: characters without a glyph are printed as their
    codes and reported as notices, never refused. Whatever ``tick`` raises passes through.
    """
    found: Sequence[str] = missing_glyphs(content)
    if found:
        content = with_codes(content)
    book = Book(PAGES[content.paper], _filing_running(content), tick)
    sheets = list(filing_print.sheets(content))
    for at, sheet in enumerate(sheets):
        book.add(sheet, (sheet.title, at, len(sheets)))
    about = About(
        title=f"{content.title}: {content.signer}",
        author=content.signer,
        subject=f"As signed, {content.annex.case_number}".rstrip(", "),
        language=content.language,
        at=content.as_of,
    )
    pdf = finish(book.surface, about, (), None)
    return Composed(pdf, book.surface.page, (), tuple(book.surface.bookmarks), tuple(found))


def _filing_running(content: FilingContent) -> Running:
    return Running(
        committee=content.title,
        subject=content.company,
        confidential=content.confidential,
        copy="Signer’s copy",
        as_of=_as_of(moment(content.as_of, content.zone), day(content.rule_set_date)),
        edition=_edition(
            "Preview, not signed yet" if content.unsigned else "Print of exactly what was signed",
            specimen=content.specimen,
        ),
    )
