"""The signature page: who signs in which order, the places for it, how to check it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from candor.packet import style
from candor.packet.book import Sheet
from candor.packet.content import PacketContent, PacketKind, Part, SignerLine
from candor.packet.flowables import Beside, Box, Labelled, OneLine, Space, Stack, para
from candor.packet.fonts import NBSP
from candor.packet.marks import SignatureBox
from candor.packet.sections import cell, head_cell, heading, item_of, kicker, section_stack
from candor.packet.style import PAGES
from candor.packet.tables import Columns, Grid, Row

PER_ROW = 3
GAP = 5.0


def field_name(at: int, signer: SignerLine) -> str:
    """The name of a signature field: its place in the order and the office."""
    plain = "".join(c if c.isascii() and c.isalnum() else "_" for c in signer.office)
    return f"sign_{at + 1}_{plain}"


def signatures(content: PacketContent, fingerprint: str) -> Iterator[Sheet]:
    """The page (a second only if many sign)."""
    yield Sheet(
        _boxes(content, fingerprint),
        key=Part.SIGNATURES.value,
        title="Signatures",
        item=item_of(content, Part.SIGNATURES),
    )


def _boxes(content: PacketContent, fingerprint: str) -> Iterator[Box]:
    width = PAGES[content.paper].text_width
    supplement = content.kind is PacketKind.SUPPLEMENT
    subject = "Signatures · Supplement" if supplement else "Signatures"
    title = _title(len(content.signers))
    deck = "Each signs the whole file, in this order. The last signature closes it."
    yield from heading(kicker(content, Part.SIGNATURES, subject), title, deck)
    yield from signature_rows(content.signers, width)
    yield section_stack("Who signs, in this order", _order(content.signers, width))
    for note in content.notes:
        yield para(note, style.TABLE, before=6)
    yield section_stack("What is signed", *_what(fingerprint, width))
    yield section_stack("Check it yourself", *steps(_steps(content)))
    yield para(
        "Times are evidence, not proof. “Claimed” is the signer’s own clock. "
        "Anyone may sign on paper instead.",
        style.NOTE,
        before=2,
    )


def _title(count: int) -> str:
    words = ("No signature", "One signature", "Two signatures", "Three signatures")
    return words[count] if count < len(words) else f"{count} signatures"


def signature_rows(signers: Sequence[SignerLine], width: float) -> Iterator[Box]:
    """Boxes, three to a row, with the order and name above each."""
    each = (width - GAP * (PER_ROW - 1)) / PER_ROW
    for start in range(0, len(signers), PER_ROW):
        columns: list[tuple[float, Box]] = []
        for at, signer in enumerate(signers[start : start + PER_ROW], start=start):
            act = _act(at, len(signers))
            above = [
                OneLine(f"{at + 1}  {act}", style.NOTE_BOLD),
                OneLine(signer.name, style.EVIDENCE_BOLD),
            ]
            columns.append((each, Stack([*above, Space(3), SignatureBox(field_name(at, signer))])))
        yield Beside(tuple(columns), GAP, before=8, after=6)


def _act(at: int, count: int) -> str:
    if at == 0:
        return "certifies" if count > 1 else "certifies and closes"
    return "approves and closes" if at == count - 1 else "approves"


def _order(signers: Sequence[SignerLine], width: float) -> Grid:
    head = Row(
        tuple(head_cell(t) for t in ("", "Who and in which office", "What it means", "Certificate"))
    )
    rows = []
    for at, signer in enumerate(signers):
        office: list[Box] = [
            para(signer.name, style.EVIDENCE_BOLD),
            para(signer.title, style.EVIDENCE),
        ]
        if signer.acting_note:
            office.append(para(signer.acting_note, style.NOTE))
        rows.append(
            Row(
                (
                    cell(str(at + 1), style.EVIDENCE_BOLD),
                    Stack(office),
                    cell(f"“{signer.meaning}”", style.EVIDENCE),
                    cell(signer.certificate or "–", style.EVIDENCE),
                )
            )
        )
    return Grid(Columns((16.0, 124.0, width - 214, 74.0)), rows, head, above=2.2, below=3.0)


def _what(fingerprint: str, width: float) -> tuple[Box, ...]:
    lines = [
        ("SHA-256", digest_groups(fingerprint).replace("\n", " ")),
        ("Inside", "evidence.json: the signed events that these pages print, and who may sign"),
    ]
    rows = [Row((para(k, style.EVIDENCE_BOLD.soft()), para(v, style.EVIDENCE))) for k, v in lines]
    return (Grid(Columns((60.0, width - 60)), rows, above=2.6, below=3.4),)


def digest_groups(digest: str) -> str:
    """A whole hex digest in groups of four, in lines of eight groups."""
    parts = [digest[at : at + 4] for at in range(0, len(digest), 4)]
    return "\n".join(" ".join(parts[at : at + 8]) for at in range(0, len(parts), 8))


def _steps(content: PacketContent) -> tuple[str, ...]:
    compare = "Compare the root fingerprint with the Secretary’s card"
    root = content.root_fingerprint.replace(" ", NBSP)
    compare += f": {root}" if root else "."
    return (
        "Open this file in Candor, Verify. Each line must read “Confirmed”.",
        compare,
        "Without Candor: the signature panel of a PDF reader shows the same names and times.",
    )


def steps(texts: Sequence[str]) -> tuple[Box, ...]:
    """Numbered steps."""
    return tuple(
        Labelled(para(str(n), style.EVIDENCE_BOLD), para(text, style.EVIDENCE), 14.0, after=2)
        for n, text in enumerate(texts, start=1)
    )
