"""From drawn pages to revision 0: outline, links, labels, fields, the associated file, metadata.

Everything is written with pikepdf in one fixed order and packed by its own library, so that the
same inputs give the same bytes wherever the same release of it runs. Revision 0 holds internal
links, empty signature fields and evidence.json, and nothing else that acts.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from candor.packet import outline
from candor.packet.content import FieldSpec
from candor.packet.surface import Link, Surface

EVIDENCE = "evidence.json"
_PRINTED_AND_LOCKED = 132
"""Annotation flags of a signature field: printed, and its place locked."""


@dataclass(frozen=True, slots=True)
class About:
    """What the document says of itself."""

    title: str
    author: str
    subject: str
    language: str
    at: datetime
    """The composition's "as of" instant; never the clock."""


def finish(
    surface: Surface, about: About, fields: Sequence[FieldSpec], evidence: bytes | None
) -> bytes:
    """The file's bytes; equal arguments give equal bytes. ``evidence`` is attached as it is."""
    drawn = surface.pdf()
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        pages = [page.obj for page in pdf.pages]
        _catalog(pdf, about)
        _share_resources(pdf, pages)
        _links(pdf, pages, surface.links, surface.anchors)
        outline.write(pdf, pages, surface.bookmarks)
        if fields:
            _fields(pdf, pages, fields)
        if evidence is not None:
            _attach(pdf, evidence, about.at)
        _metadata(pdf, about)
        out = io.BytesIO()
        pikepdf.settings.set_flate_compression_level(6)
        pdf.save(
            out,
            deterministic_id=True,
            recompress_flate=True,
            compress_streams=True,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            min_version="1.7",
        )
        return out.getvalue()


def _catalog(pdf: pikepdf.Pdf, about: About) -> None:
    root = pdf.Root
    for key in ("/Outlines", "/PageMode", "/OpenAction", "/Names", "/Dests", "/Lang"):
        if key in root:
            del root[key]
    root.Lang = String(about.language)
    root.PageMode = Name.UseOutlines
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    # decimal labels from 1: a reader's "page 34" is the printed page 34
    root.PageLabels = Dictionary(Nums=Array([0, Dictionary(S=Name.D)]))


def _share_resources(pdf: pikepdf.Pdf, pages: Sequence[Any]) -> None:
    """Let the pages inherit what they all use, the fonts, from the root of the page tree.

    Whoever checks what changed after a signature follows every path to every object: fonts that
    hang on each page are walked once for each page, and a long packet takes minutes to verify.
    """
    first = pages[0].Resources
    if all(page.Resources == first for page in pages):
        pdf.Root.Pages.Resources = first
        for page in pages:
            del page.Resources


def _rect(rect: tuple[float, float, float, float]) -> Array:
    return Array([pikepdf.Object.parse(f"{v:.2f}".encode()) for v in rect])


def _links(
    pdf: pikepdf.Pdf,
    pages: Sequence[Any],
    links: Sequence[Link],
    anchors: dict[str, tuple[int, float]],
) -> None:
    """Link annotations with explicit destinations; one without a target is left out."""
    for link in links:
        at = anchors.get(link.key)
        if at is None:
            continue
        action = Dictionary(S=Name.GoTo, D=outline.destination(pages[at[0]], at[1]))
        note = Dictionary(
            Type=Name.Annot, Subtype=Name.Link, Rect=_rect(link.rect), Border=Array([0, 0, 0])
        )
        note.A = action
        _annotate(pdf, pages[link.page], note)


def _annotate(pdf: pikepdf.Pdf, page: Any, note: Dictionary) -> Any:
    made = pdf.make_indirect(note)
    if "/Annots" not in page:
        page.Annots = Array()
    page.Annots.append(made)
    return made


def _fields(pdf: pikepdf.Pdf, pages: Sequence[Any], fields: Sequence[FieldSpec]) -> None:
    """Empty signature fields, merged with their widgets; the last carries its lock already.

    A lock added later would be a change to a certified file.
    """
    made = []
    for spec in fields:
        widget = Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=String(spec.name),
            TU=String(f"{spec.signer}, {spec.title}".strip(", ")),
            Rect=_rect(spec.rect),
            F=_PRINTED_AND_LOCKED,
        )
        widget.P = pages[spec.page]
        if spec.last:
            widget.Lock = pdf.make_indirect(
                Dictionary(Type=Name.SigFieldLock, Action=Name.All, P=1)
            )
        made.append(_annotate(pdf, pages[spec.page], widget))
    pdf.Root.AcroForm = pdf.make_indirect(Dictionary(Fields=Array(made)))


def _attach(pdf: pikepdf.Pdf, evidence: bytes, at: datetime) -> None:
    """evidence.json as the one associated file (AFRelationship Data)."""
    stream = Stream(pdf, evidence)
    stream.Type = Name.EmbeddedFile
    stream.Subtype = Name("/application/json")
    stream.Params = Dictionary(Size=len(evidence), ModDate=String(pdf_date(at)))
    held = pdf.make_indirect(stream)
    spec = pdf.make_indirect(
        Dictionary(
            Type=Name.Filespec,
            F=String(EVIDENCE),
            UF=String(EVIDENCE),
            Desc=String("The signed events that these pages print"),
            AFRelationship=Name.Data,
            EF=Dictionary(F=held, UF=held),
        )
    )
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array([String(EVIDENCE), spec])))
    pdf.Root.AF = Array([spec])


def pdf_date(at: datetime) -> str:
    """A PDF date string with the instant's own offset."""
    offset = at.strftime("%z") or "+0000"
    return at.strftime("D:%Y%m%d%H%M%S") + f"{offset[:3]}'{offset[3:5]}'"


def _metadata(pdf: pikepdf.Pdf, about: About) -> None:
    stamp = pdf_date(about.at)
    info = Dictionary(
        Title=String(about.title),
        Author=String(about.author),
        Subject=String(about.subject),
        Creator=String("Candor"),
        Producer=String("Candor"),
        CreationDate=String(stamp),
        ModDate=String(stamp),
    )
    pdf.trailer.Info = pdf.make_indirect(info)
    meta = Stream(pdf, _xmp(about).encode())
    meta.Type, meta.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = pdf.make_indirect(meta)


def _xmp(about: About) -> str:
    """An XMP packet whose every byte follows from ``about``."""
    at = about.at.isoformat()
    title, author, subject = (escape(_xml(t)) for t in (about.title, about.author, about.subject))
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        f'<rdf:RDF xmlns:rdf="{rdf}">\n'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">\n'
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>\n'
        f"<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>\n"
        f'<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt>'
        "</dc:description>\n"
        f"<dc:language><rdf:Bag><rdf:li>{escape(about.language)}</rdf:li></rdf:Bag></dc:language>\n"
        f"<xmp:CreateDate>{at}</xmp:CreateDate>\n<xmp:ModifyDate>{at}</xmp:ModifyDate>\n"
        "<xmp:CreatorTool>Candor</xmp:CreatorTool>\n<pdf:Producer>Candor</pdf:Producer>\n"
        "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n"
        '<?xpacket end="r"?>'
    )


def _xml(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return "".join(c for c in text if c >= " " and c not in "\ufffe\uffff")
