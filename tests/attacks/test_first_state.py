"""Pages must hold what every reader sees, before anybody signs them."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest

from candor.app.demo import Story
from candor.packet import evidence
from candor.packet.parsing import evidence_inside, opened
from candor.packet.verify_start import revision_0_end, start_fault


def layer(pdf: pikepdf.Pdf) -> None:
    group = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.OCG, Name="Hidden"))
    pdf.pages[0].Resources.Properties = pikepdf.Dictionary(Layer=group)


def content_of_another_file(pdf: pikepdf.Pdf) -> None:
    stream = pikepdf.Stream(pdf, b"")
    stream.F = pikepdf.String("C:/answers.txt")
    pdf.pages[0].obj.Contents = pdf.make_indirect(stream)


def nothing(_pdf: pikepdf.Pdf) -> None:
    """The same file, written again."""


@pytest.mark.parametrize(
    ("change", "sentence"),
    [(layer, "layers"), (content_of_another_file, "another file"), (nothing, "")],
)
def test_compiled_pages_hold_no_layer_and_nothing_from_another_file(
    story: Story, change: Callable[[pikepdf.Pdf], None], sentence: str
) -> None:
    pdf = (story.out / "packet.pdf").read_bytes()
    reader = opened(pdf)
    proof = evidence.read(evidence_inside(reader, 0))
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf[: revision_0_end(pdf, reader)])) as first:
        change(first)
        first.save(out)
    fault = start_fault(out.getvalue(), proof)
    assert (sentence in fault) if sentence else fault == ""
