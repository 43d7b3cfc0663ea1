"""A code pack that is not what it should be is refused whole, with every fault in its place."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from candor.policy.pack import Pack, PackFaults, load_pack


def _refused(data: bytes) -> PackFaults:
    with pytest.raises(PackFaults) as refused:
        load_pack(data)
    return refused.value


def _said(data: bytes) -> str:
    """Every fault of the pack, a line each; the message itself is one sentence."""
    refused = _refused(data)
    assert refused.message.startswith("The code pack cannot be used: ")
    assert "\n" not in refused.message
    assert refused.message.endswith(".")
    assert refused.problems
    return "\n".join(refused.problems)


def _without(data: bytes, table: str) -> bytes:
    """The file without every table whose header begins so, and without their sub-tables."""
    kept, skipping = [], False
    for line in data.decode().splitlines():
        if line.startswith("["):
            skipping = line.startswith((table, table.replace("]]", ".")))
        if not skipping:
            kept.append(line)
    return "\n".join(kept).encode()


def _changed(data: bytes, old: str, new: str) -> bytes:
    assert old in data.decode()
    return data.decode().replace(old, new, 1).encode()


def test_an_unknown_key_is_refused_by_name_and_line(pack_file: bytes) -> None:
    data = _changed(pack_file, "[company]\n", '[company]\nmotto = "x"\n')
    (fault,) = _refused(data).faults
    assert fault.key == "company, motto"
    assert fault.file == "company.toml"
    assert "[company]" in _line_of("company.toml", pack_file, fault.line - 1)
    assert "Nothing was adopted" in _refused(data).hint


def _line_of(file: str, data: bytes, line: int) -> str:
    """A line of one of the pack's files, as its bytes carry it behind the line that names it."""
    lines = data.decode().splitlines()
    return lines[lines.index(f"#: {file}") + line]


def test_an_unknown_table_is_refused_by_name(pack_file: bytes) -> None:
    assert "(backdoor): this name is not known here" in _said(
        pack_file + b"\n[backdoor]\nopen = true\n"
    )


@pytest.mark.parametrize(
    "table",
    [
        "company",
        "office",
        "committee",
        "audience",
        "chain",
        "route",
        "prohibition",
        "packet_lineup",
        "independence_test",
        "settings",
        "text",
        "clause",
    ],
)
def test_a_missing_table_is_refused_by_name(pack_file: bytes, table: str) -> None:
    header = {"company": "[company]", "settings": "[settings"}.get(table, f"[[{table}]]")
    assert f"({table}): this is missing" in _said(_without(pack_file, header))


def test_contact_cards_may_be_left_out(pack_file: bytes) -> None:
    assert load_pack(_without(pack_file, "[[contact]]")).contacts == ()


@pytest.mark.parametrize("data", [b"\xff\xfe[company]", b'[company]\nname = "\xe9"'])
def test_a_file_that_is_not_utf_8_is_refused(data: bytes) -> None:
    assert "utf-8" in _said(data)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('who = ["officers"]', 'who = "officers"', "who): must be a list, not “officers”"),
        ('who = ["officers"]', "who = [7]", "who 1): must be text, not 7"),
        ('by = "chain"', 'by = "vote"', "by): “vote” is none of: chain, body"),
        ('by = "chain"', "", "by): this is missing"),
        ('severity = "high"', 'severity = "hihg"', "is “high” meant?"),
    ],
    ids=["text for a list", "number in a list", "no such choice", "left out", "misspelt"],
)
def test_a_value_of_the_wrong_type_is_refused_with_its_place(
    pack_file: bytes, old: str, new: str, said: str
) -> None:
    assert said in _said(_changed(pack_file, old, new))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('clause = "III b5"', 'clause = "III b55"', "“III b55” is no clause of the pack"),
        ('office = "clo"', 'office = "cloo"', "“cloo” is no office of the pack; is “clo” meant?"),
        ('when = ["own_gain"]', 'when = ["own_gains"]', "no condition that the program knows"),
        ('who = ["officers"]', 'who = ["officiers"]', "“officiers” is no chain of the pack"),
        ('then = "officers"', 'then = "nobody"', "“nobody” is no chain of the pack"),
        ('who = ["audit"]', 'who = ["audits"]', "“audits” is no committee of the pack"),
        ('id = "receipt"\nversion = "1"', 'id = "receipt"\nversion = ""', "what was signed"),
        ('id = "receipt"\nversion = "1"', 'id = "receipt"', "version): this is missing"),
        ('effective = "2026-01-01"', 'effective = "2026-02-30"', "is no date such as 2026-01-31"),
        ('id = "cfo"\ntitle', 'id = "clo"\ntitle', "“clo” stands twice"),
        ('waivers_by = "Board', 'title2 = "Board', "title2): this name is not known here"),
    ],
)
def test_a_name_that_leads_nowhere_is_refused(
    pack_file: bytes, old: str, new: str, said: str
) -> None:
    assert said in _said(_changed(pack_file, old, new))


def test_a_chain_that_runs_in_a_circle_is_refused_with_the_circle(pack_file: bytes) -> None:
    data = _changed(
        pack_file,
        'id = "officers"\ntitle = "Chief Legal Officer, then the Chief Financial Officer"',
        'id = "officers"\nthen = "compliance"\n'
        'title = "Chief Legal Officer, then the Chief Financial Officer"',
    )
    assert "runs in a circle: officers → compliance → officers" in _said(data)


def test_a_waiver_by_a_committee_that_the_board_never_named_is_refused(pack_file: bytes) -> None:
    data = _changed(pack_file, 'waivers_by = "Board resolution 2026-14 of 11 Jun 2026"\n', "")
    assert "no Board resolution names “audit” for waivers" in _said(data)


def test_a_row_that_no_facts_can_reach_is_refused(pack_file: bytes) -> None:
    data = _changed(
        pack_file,
        'id = "gift_not_kept"\nmatters = ["gift_received"]\nwhen = ["gift_not_kept"]',
        'id = "gift_not_kept"\nmatters = ["gift_received"]',
    )
    assert "(route gift_employee): no facts reach it: gift_not_kept above" in _said(data)


def test_a_row_without_examples_is_refused(pack_file: bytes) -> None:
    text = pack_file.decode()
    row = text.index('id = "conflict_employee"')
    end = text.index("[[route]]", row)
    bare = [ln for ln in text[row:end].splitlines() if not ln.startswith(("holds", "fails"))]
    said = _said((text[:row] + "\n".join(bare) + "\n" + text[end:]).encode())
    assert "(route conflict_employee, holds): this is missing" in said
    assert "(route conflict_employee, fails): this is missing" in said


def test_all_faults_are_told_at_once_each_with_its_file(pack_file: bytes) -> None:
    data = _changed(pack_file, 'clause = "III b5"', 'clause = "III b55"')
    data = _changed(data, 'office = "clo"', 'office = "cloo"')
    data = _changed(data, "[company]\n", '[company]\nmotto = "x"\n')
    faults = _refused(data).faults
    assert {fault.file for fault in faults} == {
        "chains.toml",
        "company.toml",
        "duties.toml",
    }
    assert len(faults) == 3


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
        b"route = 7\noffice = [7]\nsettings = []\nclause = [[]]",
    ],
    ids=["empty", "no TOML", "twice", "deep", "a huge number", "no such day", "a zero byte", "odd"],
)
def test_a_broken_file_is_refused(data: bytes) -> None:
    assert _said(data)


@given(st.binary(max_size=200))
def test_no_bytes_at_all_bring_down_the_loader(data: bytes) -> None:
    assert _said(data)


@settings(max_examples=25)  # a pack of this size takes its time to read
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
    asks = (pack.audience, pack.text, pack.text_version, pack.committee, pack.chain, pack.clause)
    for ask in asks:
        with pytest.raises(PackFaults, match="nowhere"):
            ask("nowhere")


def test_the_signers_of_a_packet_hold_offices_of_the_pack(pack: Pack) -> None:
    named = {row.office for row in pack.file.packet_lineup}
    # a member acts for the Chair
    assert named - {"acting_chair"} <= set(pack.offices)


def test_an_office_brings_its_classes_and_marks_only_where_the_pack_says_so(pack: Pack) -> None:
    assert pack.implied("cfo") == {"executive_officer", "pfo"}
    assert pack.implied("cco") == {"executive_officer"}
    assert pack.implied("director") == frozenset()
