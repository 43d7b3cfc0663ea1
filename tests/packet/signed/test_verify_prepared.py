"""Harm prepared before anybody signed (shadow attacks): the certifier may be who prepared it."""

from __future__ import annotations

from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Stream, String
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from candor.packet import sign
from candor.packet.evidence import build


def text_field(pdf: pikepdf.Pdf) -> None:
    """A form field that could be filled in after everybody has signed."""
    page = pdf.pages[0].obj
    made = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T=String("amount"),
            Rect=Array([50, 50, 300, 90]),
            P=page,
        )
    )
    page.Annots = Array([*page.get("/Annots", []), made])
    pdf.Root.AcroForm.Fields.append(made)


def script(pdf: pikepdf.Pdf) -> None:
    """An action on opening."""
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def named_script(pdf: pikepdf.Pdf) -> None:
    """A script in the name tree."""
    action = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))
    pdf.Root.Names.JavaScript = Dictionary(Names=Array([String("x"), pdf.make_indirect(action)]))


def layer(pdf: pikepdf.Pdf) -> None:
    """Content that can be switched off."""
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("hidden")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(Order=Array([group])))


def annotation(pdf: pikepdf.Pdf, **entries: Any) -> None:
    """An annotation on the first page."""
    page = pdf.pages[0].obj
    made = Dictionary(Type=Name.Annot, Rect=Array([0, 0, 100, 100]), **entries)
    page.Annots = Array([*page.get("/Annots", []), pdf.make_indirect(made)])


def web_link(pdf: pikepdf.Pdf) -> None:
    """A link out of the file."""
    action = Dictionary(S=Name.URI, URI=String("https://example.com"))
    annotation(pdf, Subtype=Name.Link, A=action)


def program(pdf: pikepdf.Pdf) -> None:
    """A link that starts something."""
    annotation(pdf, Subtype=Name.Link, A=Dictionary(S=Name.Launch, F=String("calc.exe")))


def chained_action(pdf: pikepdf.Pdf) -> None:
    """A harmless link with a second action behind it."""
    further = Dictionary(S=Name.URI, URI=String("https://example.com"))
    first = Dictionary(S=Name.GoTo, D=Array([pdf.pages[0].obj, Name.Fit]), Next=further)
    annotation(pdf, Subtype=Name.Link, A=first)


def free_text(pdf: pikepdf.Pdf) -> None:
    """A note that a reader could drag away."""
    annotation(pdf, Subtype=Name.FreeText, Contents=String("Not approved"))


def second_file(pdf: pikepdf.Pdf) -> None:
    """Another attachment, on a page of its own."""
    stream = Stream(pdf, b"anything")
    stream.Type = Name.EmbeddedFile
    spec = Dictionary(Type=Name.Filespec, F=String("x"), EF=Dictionary(F=pdf.make_indirect(stream)))
    annotation(pdf, Subtype=Name.FileAttachment, FS=spec)


def second_named_file(pdf: pikepdf.Pdf) -> None:
    """Another attachment beside the evidence."""
    names = pdf.Root.Names.EmbeddedFiles.Names
    names.append(String("zzz"))
    names.append(names[1])


def other_form(pdf: pikepdf.Pdf) -> None:
    """A form in another language inside the form."""
    pdf.Root.AcroForm.XFA = Stream(pdf, b"<xdp/>")


def page_action(pdf: pikepdf.Pdf) -> None:
    """A page that acts when it is shown."""
    action = Dictionary(S=Name.Named, N=Name.Print)
    pdf.pages[0].obj.AA = Dictionary(O=action)


def loose_lock(pdf: pikepdf.Pdf) -> None:
    """A last signature that would leave the file open."""
    del pdf.Root.AcroForm.Fields[-1].Lock


def weak_lock(pdf: pikepdf.Pdf) -> None:
    """A last signature that would let forms be filled in."""
    pdf.Root.AcroForm.Fields[-1].Lock.P = 2


def spare_place(pdf: pikepdf.Pdf) -> None:
    """A place for a signature that nobody is expected to give."""
    page = pdf.pages[0].obj
    made = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Sig,
            T=String("spare"),
            Rect=Array([0, 0, 0, 0]),
            P=page,
        )
    )
    pdf.Root.AcroForm.Fields.append(made)


PREPARED = [
    text_field,
    script,
    named_script,
    layer,
    web_link,
    program,
    chained_action,
    free_text,
    second_file,
    second_named_file,
    other_form,
    page_action,
    loose_lock,
    weak_lock,
    spare_place,
]


@pytest.mark.parametrize("prepare", PREPARED, ids=lambda f: f.__name__)
def test_packet_that_holds_what_no_packet_holds_is_refused(
    company: Any,
    composed: Any,
    check: Any,
    signing: Any,
    prepare: Any,
    refused: Any,
    rewritten: Any,
) -> None:
    """Whoever certifies it: the certifier may be the one who prepared it."""
    prepared = rewritten(composed.pdf, prepare)
    assert check(prepared).exit_code == 1
    if prepare in (spare_place, second_named_file):
        return  # our own signing has already refused it
    signed = sign.certify(prepared, composed.fields[0], company.signer("ada"), signing)
    assert refused(check(signed))


def test_field_that_was_prepared_and_filled_in_after_signing_is_refused(
    company: Any, composed: Any, check: Any, refused: Any, rewritten: Any, appended: Any
) -> None:
    """A shadow attack in full: the library's default policy accepts the filling in."""
    prepared = rewritten(composed.pdf, text_field)
    pdf = prepared
    for number, field in enumerate(composed.fields[:2]):
        act = sign.approve if number else sign.certify
        pdf = act(pdf, field, company.signer(field.person), company.now.replace(month=2))

    def fill(writer: IncrementalPdfFileWriter) -> None:
        field = writer.root["/AcroForm"]["/Fields"][3]
        field[pdf_name("/V")] = generic.TextStringObject("1,000,000.00")
        writer.update_container(field)

    assert refused(check(appended(pdf, fill)))


def test_evidence_for_other_fields_is_refused(
    company: Any, short: Any, check: Any, refused: Any
) -> None:
    """The manifest and the form name the same places or neither counts."""
    lines = company.lines()
    other = company.given([lines[0], lines[2]])
    mixed = company.compiled(short, lines, build(other))
    assert refused(check(mixed.pdf))
