"""Whatever people type prints as they typed it, or is named before anything is composed."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from candor.errors import Problems
from candor.packet import fonts
from candor.packet.compose import compose, compose_filing, problems
from candor.packet.content import Annex, FilingContent, PacketContent, PrintedQuestion
from candor.packet.problems import missing_glyphs, with_codes

Pages = Callable[[bytes], list[str]]


def with_answer(packet: PacketContent, *answers: str) -> PacketContent:
    """The packet with one annex whose questions have these explanations."""
    annex = packet.annexes[3]
    questions = tuple(
        PrintedQuestion(f"1.{at:02}", answer or "Anything?", explanation=answer)
        for at, answer in enumerate(answers, start=1)
    )
    parts = (replace(annex.parts[0], questions=questions),)
    return replace(packet, annexes=(replace(annex, parts=parts),))


def squeezed(texts: list[str]) -> str:
    """All text in compatibility form, without white space and the marks a reader adds."""
    plain = unicodedata.normalize("NFKC", "".join(texts))
    return re.sub(r"[\s\u0002\ufffe\u00ad]", "", plain)


def without_marks(text: str) -> str:
    """Without combining marks, which readers give back in an order of their own."""
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


@pytest.mark.parametrize(
    "typed",
    [
        '<img src="/etc/passwd">',
        "<font size=72>big</font> & <b>bold</b> &amp; &lt;",
        "]]> <![CDATA[ x ]]>",
        "<a href='https://example.invalid/'>press</a>",
        "\\ ( ) (( )) \\) Tj ET Q",
        "{} {0} %s %(x)s ${HOME}",
        "%reference 0%",
    ],
)
def test_markup_prints_literally(packet: PacketContent, pages: Pages, typed: str) -> None:
    """A text is only ever characters, in answers, names and titles alike."""
    content = replace(
        with_answer(packet, typed),
        company=typed,
        title=typed,
        agenda=(replace(packet.agenda[1], title=typed, second_line=typed), *packet.agenda[2:]),
    )
    made = compose(content, b"{}")
    text = squeezed(pages(made.pdf))
    assert text.count(re.sub(r"\s", "", typed)) >= 4
    assert b"/XObject" not in made.pdf
    assert b"/URI" not in made.pdf


def test_character_without_a_glyph_is_named_with_its_case_and_question(
    packet: PacketContent,
) -> None:
    """Never a box: the person, the question and the character are all in the sentence."""
    content = with_answer(packet, "Fine", "emoji \U0001f600 and שלום")
    (first, *rest) = problems(content)
    assert first == (
        "DOQ-2027-0004, Lucan Ferreby, question 1.02: "
        "the character U+1F600 (Grinning face) cannot be printed."
    )
    assert len(rest) == 4
    with pytest.raises(Problems) as refused:
        compose(content, b"{}")
    assert refused.value.problems == (first, *rest)


def test_codes_can_be_printed_instead_by_choice(packet: PacketContent, pages: Pages) -> None:
    """The Secretary cannot change a signed answer, so there is a way on."""
    content = replace(with_answer(packet, "emoji \U0001f600"), print_codes=True)
    assert problems(content) == ()
    assert "emoji [U+1F600]" in "\n".join(pages(compose(content, b"{}").pdf))


def test_filer_gets_a_print_whatever_was_typed(filing: FilingContent, pages: Pages) -> None:
    """Signing gives a print at once; codes stand in and are noticed."""
    annex = filing.annex
    odd = PrintedQuestion("9.09", "Odd?", explanation="\U0001f600")
    parts = (replace(annex.parts[0], questions=(odd,)),)
    made = compose_filing(replace(filing, annex=replace(annex, parts=parts)))
    assert "question 9.09" in made.notices[0]
    assert "[U+1F600]" in "\n".join(pages(made.pdf))


def test_fallback_faces_print_other_scripts(packet: PacketContent, pages: Pages) -> None:
    """Latin with any accent, Greek with breathings, Cyrillic, Armenian, Georgian, Han, kana."""
    words = ("ἀρχὴ ἥμισυ", "Ťäǿ Ṩ", "ЂЯҐ", "Հայերեն", "ქართული", "漢字 かな 한국어", "→ ≤ ✓ ●")
    content = with_answer(packet, *words)
    assert problems(content) == ()
    text = squeezed(pages(compose(content, b"{}").pdf))
    for word in words:
        assert unicodedata.normalize("NFC", re.sub(r"\s", "", word)) in text


def test_direction_marks_and_ignorable_characters_have_no_ink() -> None:
    """A right-to-left override cannot turn a printed line around."""
    assert fonts.clean("pay \u202e00.1\u202c now\u200b\ufeff") == "pay 00.1 now"
    assert fonts.missing("soft\u00adhyphen \u200d\ufe0f") == ()


def test_scripts_that_need_shaping_are_refused_by_name() -> None:
    """Printed letter by letter they would be wrong, which is worse than missing."""
    assert fonts.missing("aשع") == ("ש", "ع")
    assert fonts.missing("नमस्ते") != ()
    assert fonts.missing("ไทย") != ()


def test_controls_and_half_characters_are_named() -> None:
    """No control character reaches a page."""
    assert fonts.missing("a\x07b\x00") == ("\x07", "\x00")
    assert fonts.missing("\ud800") == ("\ud800",)
    assert fonts.missing("tab\tand\r\nline\u2028end") == ()


def test_codes_leave_everything_else_as_it_was(packet: PacketContent) -> None:
    """Content without odd characters is given back untouched."""
    assert with_codes(packet) is packet
    annex: Annex = with_codes(replace(packet.annexes[0], note="\x01"))
    assert annex.note == "[U+0001]"
    assert missing_glyphs(annex) == ()


@pytest.mark.vectors
def test_naughty_strings_print_or_are_named(packet: PacketContent, pages: Pages) -> None:
    """The Big List of Naughty Strings, each as wording and answer; no exception, no box."""
    path = Path(os.environ["CANDOR_VECTORS"]) / "naughty" / "blns.json"
    strings = json.loads(path.read_text(encoding="utf-8"))
    content = with_answer(packet, *strings)
    named = problems(content)
    good = [s for s in strings if not fonts.missing(s)]
    assert len(good) > len(strings) * 0.7
    for at, string in enumerate(strings, start=1):
        place = f"question 1.{at:02}:"
        assert any(place in p for p in named) == bool(fonts.missing(string))
    text = squeezed(pages(compose(replace(content, print_codes=True), b"{}").pdf))
    for string in good:
        assert without_marks(squeezed([fonts.clean(string)])) in without_marks(text)
