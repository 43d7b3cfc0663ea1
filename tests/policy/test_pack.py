"""A code pack that is not what it should be is refused in one sentence."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candor.policy.pack import Pack, PackFaults, load_pack


def _refused(data: bytes) -> PackFaults:
    with pytest.raises(PackFaults) as refused:
        load_pack(data)
    return refused.value


def _is_one_sentence(refused: PackFaults) -> bool:
    text = refused.message
    return (
        text.startswith("The code pack cannot be read: ") and "\n" not in text and text[-1] == "."
    )


def _without(data: bytes, table: str) -> bytes:
    """The file without every table whose header begins so."""
    kept, skipping = [], False
    for line in data.decode().splitlines():
        if line.startswith("["):
            skipping = line.startswith(table)
        if not skipping:
            kept.append(line)
    return "\n".join(kept).encode()


def test_an_unknown_key_is_refused_by_name(pack_file: bytes) -> None:
    refused = _refused(pack_file.replace(b"[company]\n", b'[company]\nmotto = "x"\n', 1))
    assert _is_one_sentence(refused)
    assert "motto" in refused.message
    assert "Nothing was adopted" in refused.hint


def test_an_unknown_table_is_refused_by_name(pack_file: bytes) -> None:
    refused = _refused(pack_file + b"\n[backdoor]\nopen = true\n")
    assert _is_one_sentence(refused)
    assert "backdoor" in refused.message


@pytest.mark.parametrize(
    "table",
    [
        "company",
        "office",
        "committee",
        "audience",
        "exception_route",
        "packet_lineup",
        "independence_test",
        "settings",
        "text",
        "clause",
    ],
)
def test_a_missing_table_is_refused_by_name(pack_file: bytes, table: str) -> None:
    header = {"company": "[company]", "settings": "[settings"}.get(table, f"[[{table}]]")
    refused = _refused(_without(pack_file, header))
    assert _is_one_sentence(refused)
    assert f"`{table}`" in refused.message


def test_contact_cards_may_be_left_out(pack_file: bytes) -> None:
    assert load_pack(_without(pack_file, "[[contact]]")).contacts == ()


@pytest.mark.parametrize("data", [b"\xff\xfe[company]", b'[company]\nname = "\xe9"'])
def test_a_file_that_is_not_utf_8_is_refused(data: bytes) -> None:
    refused = _refused(data)
    assert _is_one_sentence(refused)
    assert "utf-8" in refused.message


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        (b"after = []", b'after = "clo"', "exception_route"),
        (b"after = []", b"after = [7]", "exception_route"),
        (b'decider = "clo"', b"decider = 7", "exception_route"),
        (b'decider = "clo"', b"", "exception_route"),
    ],
    ids=["text for a list", "number in a list", "number for a text", "left out"],
)
def test_a_value_of_the_wrong_type_is_refused_with_its_place(
    pack_file: bytes, old: bytes, new: bytes, place: str
) -> None:
    refused = _refused(pack_file.replace(old, new, 1))
    assert _is_one_sentence(refused)
    assert place in refused.message


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not toml at all",
        b"[company]\n[company]\n",
        b"a = " + b"[" * 100_000,
        b"a = " + b"9" * 10_000,
        b"a = 2026-02-30",
        b"\x00",
    ],
    ids=["empty", "no TOML", "twice", "deep", "a huge number", "no such day", "a zero byte"],
)
def test_a_broken_file_is_refused(data: bytes) -> None:
    assert _is_one_sentence(_refused(data))


@given(st.binary(max_size=200))
def test_no_bytes_at_all_bring_down_the_loader(data: bytes) -> None:
    assert _is_one_sentence(_refused(data))


@given(data=st.data())
def test_a_changed_byte_gives_another_digest_or_a_refusal(
    data: st.DataObject, pack_file: bytes, pack: Pack
) -> None:
    spoiled = bytearray(pack_file)
    place = data.draw(st.integers(0, len(spoiled) - 1))
    spoiled[place] ^= data.draw(st.integers(1, 255))
    try:
        digest = load_pack(bytes(spoiled)).digest
    except PackFaults as refused:
        digest = refused.message
    assert digest != pack.digest


def test_the_digest_is_that_of_the_exact_bytes(pack_file: bytes, pack: Pack) -> None:
    assert pack.digest == hashlib.sha256(pack_file).hexdigest()
    assert load_pack(pack_file + b"\n").digest != pack.digest


def test_what_the_pack_does_not_name_is_refused_and_nothing_is_guessed(pack: Pack) -> None:
    for ask in (pack.audience, pack.text, pack.text_version, pack.committee):
        with pytest.raises(PackFaults, match="nowhere"):
            ask("nowhere")


def test_every_office_that_a_rule_names_is_an_office_of_the_pack(pack: Pack) -> None:
    named = set(pack.exception_chain())
    named |= {o for row in pack.exception_routes for o in row.after}
    named |= {o for row in pack.file.audience for o in (*row.offices, *row.alternates)}
    named |= {o for row in pack.file.committee for o in (row.chair, row.member)}
    named |= {row.office for row in pack.file.packet_lineup}
    # the whole Board has a chair and no members' office; a member acts for the Chair
    assert named - {"", "acting_chair"} <= set(pack.offices)


def test_a_rule_passes_over_exactly_the_offices_that_come_before_it(pack: Pack) -> None:
    chain = pack.exception_chain()
    assert [row.after for row in pack.exception_routes] == [chain[:n] for n in range(len(chain))]
    assert [row.decider for row in pack.exception_routes] == list(chain)
