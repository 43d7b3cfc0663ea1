"""Codes that people type: forgiving of how they are typed, never of what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candor.keys import codes
from candor.keys.codes import CodeMistyped


def test_identifiers_are_26_characters_and_never_the_same():
    made = {codes.new_id() for _ in range(100)}
    assert len(made) == 100
    assert all(len(i) == 26 and set(i) <= set("abcdefghijklmnopqrstuvwxyz234567") for i in made)


def test_invitation_code_has_a_hundred_bits_in_groups_of_five():
    code = codes.new_invitation_code()
    assert [len(group) for group in code.split("-")] == [5, 5, 5, 5]
    assert len(codes.parse_invitation_code(code)) == 13


def test_invitation_code_may_be_typed_in_any_way():
    code = "01ABC-DEFGH-JKMNP-QR01S"
    known = codes.parse_invitation_code(code)
    for typed in (
        code.lower(),
        code.replace("-", ""),
        code.replace("-", " – "),
        f"  {code}\n",
        code.replace("0", "O").replace("1", "I"),
        code.replace("0", "o").replace("1", "l"),
    ):
        assert codes.parse_invitation_code(typed) == known


@pytest.mark.parametrize(
    "typed", ["", "ABCDE", "A" * 19, "A" * 21, "U" + "A" * 19, "é" * 20, "０" * 20, "A" * 10_000]
)
def test_mistyped_invitation_code_is_refused(typed):
    with pytest.raises(CodeMistyped) as refusal:
        codes.parse_invitation_code(typed)
    assert refusal.value.hint


def test_recovery_code_is_read_back():
    text, data = codes.new_recovery_code()
    assert len(data) == 20
    assert codes.parse_recovery_code(text) == data
    assert codes.parse_recovery_code(text.lower().replace("-", " ")) == data


def test_every_single_typo_in_a_recovery_code_is_noticed():
    text, _ = codes.new_recovery_code()
    plain = text.replace("-", "")
    for place, right in enumerate(plain):
        for wrong in "0123456789ABCDEFGHJKMNPQRSTVWXYZ":
            if wrong != right:
                with pytest.raises(CodeMistyped, match="check out"):
                    codes.parse_recovery_code(plain[:place] + wrong + plain[place + 1 :])


def test_exchanged_neighbours_in_a_recovery_code_are_noticed():
    text, _ = codes.new_recovery_code()
    plain = text.replace("-", "")
    for i in range(len(plain) - 1):
        if plain[i] != plain[i + 1]:
            swapped = plain[:i] + plain[i + 1] + plain[i] + plain[i + 2 :]
            with pytest.raises(CodeMistyped):
                codes.parse_recovery_code(swapped)


@given(st.text(max_size=60))
def test_any_text_is_a_code_or_refused(text):
    for parse in (codes.parse_invitation_code, codes.parse_recovery_code):
        try:
            parsed = parse(text)
        except CodeMistyped:
            continue
        assert len(parsed) in {13, 20}


def test_fingerprint_is_eight_groups_of_five_digits():
    spoken = codes.fingerprint("ab" * 32)
    assert [len(g) for g in spoken.split()] == [5] * 8
    assert spoken.replace(" ", "").isdigit()
    assert spoken != codes.fingerprint("ab" * 31 + "ac")
    assert codes.fingerprint("0" * 64) == " ".join(["00000"] * 8)
