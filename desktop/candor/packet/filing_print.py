"""The filer's own print: the questionnaire as signed, then a sheet of evidence."""

from __future__ import annotations

from collections.abc import Iterator

from candor.packet import style
from candor.packet.book import Sheet
from candor.packet.content import EvidenceLine, FilingContent
from candor.packet.dates import moment
from candor.packet.flowables import Box, Panel, Rule, Space, Stack, para
from candor.packet.sections import case_line, heading, section_stack
from candor.packet.sections_annex import annex_boxes
from candor.packet.sections_sign import digest_groups, steps
from candor.packet.style import HEAVY, INK, PAGES
from candor.packet.tables import Columns, Grid, Row

_STEPS = (
    "Open Candor, Home, Done: the filing is listed with the same fingerprint.",
    "The Secretary’s receipt names the same event; compare its first two groups.",
    "Compare the root fingerprint with the Secretary’s card.",
)


def sheets(content: FilingContent) -> Iterator[Sheet]:
    """The questionnaire, then the evidence."""
    width = PAGES[content.paper].text_width
    annex = content.annex
    number = case_line(annex.case_number, annex.name)
    words = "Preview, not signed yet" if content.unsigned else "Questionnaire as signed"
    boxes = annex_boxes(annex, words, width)
    yield Sheet(boxes, key="filing", title=content.title, case_number=number)
    if content.unsigned:
        return
    yield Sheet(
        _evidence(content, width), key="evidence", title="Evidence sheet", case_number=number
    )


def _evidence(content: FilingContent, width: float) -> Iterator[Box]:
    at = moment(content.as_of, content.zone)
    deck = f"Signed {at}, by the signer’s own clock."
    yield from heading("Evidence sheet", f"Signed by {content.signer}", deck)
    yield Panel(
        Stack(
            [
                para(content.signer, style.SIGNATURE, after=2),
                Rule(HEAVY, INK),
                Space(4),
                para(content.signer, style.EVIDENCE_BOLD),
                para(content.capacity or "–", style.EVIDENCE),
                Space(4),
                para(f"“{content.meaning}”", style.TABLE),
                Space(4),
                para(f"Signed {at}", style.NOTE),
            ]
        ),
        bar=False,
    )
    if content.evidence:
        yield section_stack("Evidence", _lines(content.evidence, width, 118.0))
    if content.digests:
        grouped = tuple(EvidenceLine(d.label, _groups(d.text)) for d in content.digests)
        yield section_stack("What was signed, SHA-256", _lines(grouped, width, 118.0))
    root = content.root_fingerprint
    how = content.steps or _STEPS
    if root:
        how = (*how, f"Root fingerprint: {root}")
    yield section_stack("Check it yourself", *steps(how))
    yield para(
        "Times are evidence, not proof. “Claimed” is the signer’s own clock.", style.NOTE, before=2
    )
    if content.carve_out:
        yield para(content.carve_out, style.NOTE, before=4)


def _groups(text: str) -> str:
    hexadecimal = len(text) == 64 and all(c in "0123456789abcdef" for c in text)
    return digest_groups(text) if hexadecimal else text


def _lines(lines: tuple[EvidenceLine, ...], width: float, column: float) -> Grid:
    rows = [
        Row((para(line.label, style.EVIDENCE_BOLD), para(line.text or "–", style.EVIDENCE)))
        for line in lines
    ]
    return Grid(Columns((column, width - column)), rows, above=3.0, below=3.8)
