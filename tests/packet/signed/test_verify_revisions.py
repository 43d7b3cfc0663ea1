"""What a PDF lets anybody append or rewrite: between the signatures and after them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from candor.packet import sign


def overlay(writer: IncrementalPdfFileWriter) -> None:
    """White over the first page."""
    drawn = generic.StreamObject(stream_data=b"1 1 1 rg 0 0 600 700 re f")
    writer.add_stream_to_page(0, writer.add_object(drawn))


def annotate(writer: IncrementalPdfFileWriter) -> None:
    """A note on the first page."""
    page = writer.root["/Pages"]["/Kids"][0]
    note = generic.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Rect"): generic.ArrayObject(map(generic.NumberObject, (50, 50, 300, 90))),
            pdf_name("/Contents"): generic.TextStringObject("Approved without conditions"),
        }
    )
    page["/Annots"] = generic.ArrayObject([writer.add_object(note)])
    writer.update_container(page)


def retitle(writer: IncrementalPdfFileWriter) -> None:
    """Another name in the window's title."""
    info = writer.trailer["/Info"]
    info["/Title"] = generic.TextStringObject("Another packet")
    writer.update_container(info)


def attach(writer: IncrementalPdfFileWriter) -> None:
    """Another file in the place of the evidence."""
    stream = writer.root["/AF"][0]["/EF"]["/F"]
    stream._data = b"{}"
    stream._encoded_data = None
    writer.update_container(stream)


def act_on_opening(writer: IncrementalPdfFileWriter) -> None:
    """A script."""
    writer.root["/OpenAction"] = generic.DictionaryObject(
        {
            pdf_name("/S"): pdf_name("/JavaScript"),
            pdf_name("/JS"): generic.TextStringObject("app.alert(1)"),
        }
    )
    writer.update_root()


REVISIONS = [overlay, annotate, retitle, attach, act_on_opening]


@pytest.mark.parametrize("change", REVISIONS)
@pytest.mark.parametrize("signed", [1, 2, 3])
def test_revision_that_is_no_signature_is_refused(
    check: Any, states: list[bytes], change: Any, signed: int, refused: Any, appended: Any
) -> None:
    """At every stage, whatever it changes (incremental saving attacks)."""
    assert refused(check(appended(states[signed], change)))


@pytest.mark.parametrize("change", [overlay, annotate, retitle])
def test_revision_between_two_signatures_is_refused(
    company: Any,
    composed: Any,
    states: list[bytes],
    check: Any,
    signing: Any,
    change: Any,
    refused: Any,
    appended: Any,
) -> None:
    """The next signer covers it unknowingly; the file still shows that it was put in."""
    changed = appended(states[1], change)
    signed = sign.approve(changed, composed.fields[1], company.signer("cleo"), signing)
    assert refused(check(signed))


@pytest.mark.parametrize("change", [overlay, annotate])
def test_revision_before_the_first_signature_is_refused(
    company: Any, composed: Any, check: Any, signing: Any, change: Any, refused: Any, appended: Any
) -> None:
    """What is certified is what was compiled, in one piece."""
    changed = appended(composed.pdf, change)
    assert check(changed).exit_code == 1
    signed = sign.certify(changed, composed.fields[0], company.signer("ada"), signing)
    assert refused(check(signed))


EDITS: list[Callable[[pikepdf.Pdf], object]] = [
    lambda _: None,
    lambda pdf: pdf.pages.append(pdf.pages[0]),
    lambda pdf: pdf.pages.__delitem__(1),
    lambda pdf: pdf.pages.reverse(),
    lambda pdf: pdf.pages[0].contents_add(b"1 1 1 rg 0 0 600 700 re f"),
]


@pytest.mark.parametrize("number", range(len(EDITS)))
def test_file_written_anew_is_refused(
    check: Any, complete: bytes, number: int, rewritten: Any
) -> None:
    """A page added, removed, moved or painted over, or nothing but another program's save."""
    assert check(rewritten(complete, EDITS[number])).exit_code == 1


def test_two_branches_cannot_be_put_together(
    company: Any, composed: Any, states: list[bytes], check: Any, later: Any
) -> None:
    """Each alone is a packet on its way; one after the other they are none."""
    other = sign.approve(states[1], composed.fields[1], company.signer("cleo"), later)
    assert check(other).exit_code == 3
    joined = states[2] + other[len(states[1]) :]
    assert check(joined).exit_code == 1


def test_signature_of_another_packet_does_not_fit(
    company: Any, short: Any, states: list[bytes], check: Any
) -> None:
    """The same people, fields and meanings, another content."""
    other = company.states(company.compiled(replace(short, version=2)))
    assert check(other[-1]).exit_code == 0
    assert check(states[0] + other[-1][len(other[0]) :]).exit_code == 1


class OtherTrailer(sign._Writer):
    """The means of a dishonest signer: the revision that holds the signature names another
    catalog or another description of the file, and leaves every object as it was."""

    entry = "/Root"

    def write(self, stream: Any) -> None:
        self._exchange()
        super().write(stream)

    def write_in_place(self) -> None:
        self._exchange()
        super().write_in_place()

    def _exchange(self) -> None:
        if self.entry == "/Info":
            made = generic.DictionaryObject(
                {pdf_name("/Title"): generic.TextStringObject("Another packet")}
            )
            self._info = self.trailer["/Info"] = self.add_object(made)
            return
        made = generic.DictionaryObject({key: self.root.raw_get(key) for key in self.root})
        made[pdf_name("/Pages")] = self.add_object(
            generic.DictionaryObject(
                {
                    pdf_name("/Type"): pdf_name("/Pages"),
                    pdf_name("/Kids"): generic.ArrayObject(),
                    pdf_name("/Count"): generic.NumberObject(0),
                }
            )
        )
        self._root = self.trailer["/Root"] = self.add_object(made)
        self._root_object = made


@pytest.mark.parametrize("entry", ["/Root", "/Info"])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_signature_whose_revision_begins_elsewhere_is_refused(
    company: Any,
    composed: Any,
    states: list[bytes],
    check: Any,
    signing: Any,
    refused: Any,
    monkeypatch: pytest.MonkeyPatch,
    entry: str,
    place: int,
) -> None:
    """Other pages under the same objects, by whoever signs, the certifier included."""
    monkeypatch.setattr(OtherTrailer, "entry", entry)
    monkeypatch.setattr(sign, "_Writer", OtherTrailer)
    act = sign.approve if place else sign.certify
    field = composed.fields[place]
    pdf = act(states[place], field, company.signer(field.person), signing)
    assert refused(check(pdf))
