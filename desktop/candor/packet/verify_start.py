"""Revision 0: where it ends, and that it holds nothing but pages, links, fields and evidence."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
from pyhanko.pdf_utils.reader import PdfFileReader

from candor.packet.evidence import Evidence
from candor.packet.finish import EVIDENCE
from candor.packet.parsing import FAULTS, NotAPacket

_END = b"%%EOF"
_CATALOG = frozenset(
    {
        "/Type",
        "/Pages",
        "/Outlines",
        "/PageMode",
        "/Lang",
        "/ViewerPreferences",
        "/PageLabels",
        "/AcroForm",
        "/Names",
        "/AF",
        "/Metadata",
        "/MarkInfo",
        "/StructTreeRoot",
        "/Version",
    }
)
_FORBIDDEN = frozenset(
    {"/JS", "/AA", "/OpenAction", "/OCProperties", "/OCGs", "/OC", "/XFA", "/RichMediaContent"}
    | {"/RichMediaSettings", "/Rendition", "/Movie", "/Sound", "/Collection", "/Ref", "/PresSteps"}
)
_ELSEWHERE = frozenset({"/F", "/FFilter", "/FDecodeParms"})
"""What makes a stream's content come from a file on the reader's own computer."""
_LAYERS = frozenset({"/OCG", "/OCMD"})
_FIELD = frozenset(
    {"/Type", "/Subtype", "/FT", "/T", "/TU", "/Rect", "/F", "/P", "/Lock", "/StructParent"}
)
_LINK = frozenset(
    {"/Type", "/Subtype", "/Rect", "/Border", "/A", "/Dest", "/StructParent", "/Contents", "/F"}
)


def revision_0_end(pdf: bytes, reader: PdfFileReader) -> int:
    """How many bytes revision 0 has, its end mark and line end included. Raises NotAPacket."""
    at = reader.xrefs.get_xref_container_info(0).end_location
    mark = pdf.find(_END, at)
    if mark < 0:
        raise NotAPacket
    end = mark + len(_END)
    for line_end in (b"\r\n", b"\n", b"\r"):
        if pdf.startswith(line_end, end):
            return end + len(line_end)
    return end


def start_fault(start: bytes, proof: Evidence) -> str:
    """Why revision 0 is not one that Candor makes; '' if it may be."""
    try:
        with pikepdf.open(io.BytesIO(start), attempt_recovery=False, suppress_warnings=True) as pdf:
            return _fault(pdf, proof)
    except FAULTS:
        return "Its first state is not one that Candor compiles"


def _fault(pdf: pikepdf.Pdf, proof: Evidence) -> str:
    root: Any = pdf.Root
    if set(root.keys()) - _CATALOG:
        return "It held more when it was compiled than a packet may hold"
    if not _one_file(root):
        return "It held another attached file when it was compiled"
    return _form_fault(root, proof) or _page_fault(pdf) or _object_fault(pdf)


def _form_fault(root: Any, proof: Evidence) -> str:
    """The form has the expected fields, empty, in their order, the last one with its lock."""
    fields = list(root.AcroForm.Fields)
    if [str(f.T) for f in fields] != [s.field for s in proof.signers]:
        return "Its signature fields are not the ones that its evidence names"
    if set(root.AcroForm.keys()) - {"/Fields", "/SigFlags"}:
        return "It held another form when it was compiled"
    if any(set(f.keys()) - _FIELD or f.FT != "/Sig" for f in fields):
        return "It held another form when it was compiled"
    locks = ["/Lock" in f for f in fields]
    if locks != [False] * (len(fields) - 1) + [True]:
        return "Its last signature would not lock it"
    lock = fields[-1].Lock
    return "" if (lock.Action, lock.P) == ("/All", 1) else "Its last signature would not lock it"


def _page_fault(pdf: pikepdf.Pdf) -> str:
    """Every annotation of every page is a field of the form or a link inside the file."""
    root: Any = pdf.Root
    known = {f.objgen for f in root.AcroForm.Fields}
    for page in pdf.pages:
        for note in page.obj.get("/Annots", []):
            if note.objgen not in known and not _internal_link(note):
                return "It held something other than links inside itself when it was compiled"
    return ""


def _one_file(root: Any) -> bool:
    names = root.Names
    if set(names.keys()) != {"/EmbeddedFiles"} or set(names.EmbeddedFiles.keys()) != {"/Names"}:
        return False
    listed = list(names.EmbeddedFiles.Names)
    one = len(listed) == 2 and str(listed[0]) == EVIDENCE and len(root.AF) == 1
    return one and root.AF[0].objgen == listed[1].objgen


def _internal_link(note: Any) -> bool:
    if note.get("/Subtype") != "/Link" or set(note.keys()) - _LINK:
        return False
    action = note.get("/A")
    return action is None or (set(action.keys()) <= {"/S", "/D", "/Type"} and action.S == "/GoTo")


def _object_fault(pdf: pikepdf.Pdf) -> str:
    """No object anywhere acts, hides a layer or carries a second file."""
    files = 0
    for found in pdf.objects:
        stack: list[Any] = [found]
        while stack:
            value = stack.pop()
            if isinstance(value, pikepdf.Array):
                stack += [v for v in value if _deeper(v)]
            if not isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
                continue
            keys = set(value.keys())
            if keys & _FORBIDDEN:
                return "It held something that acts when it was compiled"
            if "/S" in keys and str(value["/S"]) in _ACTIONS:
                return "It held something that acts when it was compiled"
            if isinstance(value, pikepdf.Stream) and keys & _ELSEWHERE:
                return "Part of it would be read from another file"
            kind = str(value.get("/Type"))
            if kind in _LAYERS:
                return "It held layers that can be hidden when it was compiled"
            files += kind == "/EmbeddedFile"
            stack += [v for v in (value[k] for k in keys) if _deeper(v)]
    return "" if files == 1 else "It held another attached file when it was compiled"


_ACTIONS = frozenset(
    {"/JavaScript", "/Launch", "/URI", "/GoToR", "/GoToE", "/SubmitForm", "/ResetForm"}
    | {"/ImportData", "/Named", "/Hide", "/SetOCGState", "/Thread", "/Trans", "/GoTo3DView"}
)


def _deeper(value: Any) -> bool:
    """Whether a value lies inside its object; indirect ones are looked at by themselves."""
    inner = isinstance(value, pikepdf.Array | pikepdf.Dictionary)
    return inner and not value.is_indirect
