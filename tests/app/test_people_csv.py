"""The list of people as spreadsheets write it: read as it stands, or refused in one sentence."""

from __future__ import annotations

import csv
import io

import pytest

from candor.app.people import (
    COLUMNS,
    MAX_ROWS,
    PeoplePreview,
    PersonInput,
    holding,
    read_people_csv,
)
from candor.errors import CandorError
from candor.policy.pack import Pack, load_pack
from candor.resources import pack_bytes

HEADER = "name,email,title,classes,offices,attributes"
ADA = "Ada Reed,ada@example.com,Director,director,,"


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack(pack_bytes("immunogen"))


def lines(*rows: str, header: str = HEADER) -> bytes:
    return "\r\n".join((header, *rows, "")).encode()


def refusal(data: bytes, pack: Pack) -> CandorError:
    with pytest.raises(CandorError) as refused:
        read_people_csv(data, pack)
    assert "CSV" in refused.value.hint
    return refused.value


def only(preview: PeoplePreview) -> PersonInput:
    assert preview.problems == ()
    (person,) = preview.rows
    return person


def test_a_sound_list_is_read_with_several_classes_and_offices_in_a_cell(pack: Pack) -> None:
    row = "Ada Reed, ada@example.com ,Chair,Director; Nominee,AC Chair;AC member,"
    person = only(read_people_csv(lines(row), pack))
    assert person == PersonInput(
        "Ada Reed",
        "ada@example.com",
        "Chair",
        ("director", "nominee"),
        ("ac_chair", "ac_member"),
    )


def test_columns_may_stand_in_any_order_and_case(pack: Pack) -> None:
    data = lines("director,ada@example.com,Ada Reed", header=" Classes ,EMAIL,Name")
    assert only(read_people_csv(data, pack)).name == "Ada Reed"


def test_an_unknown_column_is_refused_by_its_name(pack: Pack) -> None:
    refused = refusal(lines("x,a@example.com,director,1", header="name,email,classes,wage"), pack)
    assert "The column “wage” is unknown." in refused.message


def test_a_missing_column_is_refused_by_its_name(pack: Pack) -> None:
    refused = refusal(lines("Ada,director", header="name,classes"), pack)
    assert "The column “email” is missing." in refused.message


@pytest.mark.parametrize("data", [b"", b"\r\n\r\n", b"%PDF-1.7 not a table", b"PK\x03\x04zip"])
def test_a_file_of_another_sort_is_refused_in_a_sentence(data: bytes, pack: Pack) -> None:
    assert "This file is not a list of people." in refusal(data, pack).message


def test_a_manager_is_named_by_an_address_of_the_list_or_of_the_directory(pack: Pack) -> None:
    header = f"{HEADER},manager"
    data = lines(
        "Ben Holt,ben@example.com,,employee,,,ADA@example.com",
        "Ada Reed,ada@example.com,,employee,,,una@example.com",
        header=header,
    )
    preview = read_people_csv(data, pack, ["Una@example.com"])
    assert preview.problems == ()
    assert [row.manager for row in preview.rows] == ["ADA@example.com", "una@example.com"]


def test_an_unknown_manager_and_a_circle_of_managers_are_told_with_their_lines(pack: Pack) -> None:
    data = lines(
        "Ada Reed,ada@example.com,,employee,,,ben@example.com",
        "Ben Holt,ben@example.com,,employee,,,cy@example.com",
        "Cy Lane,cy@example.com,,employee,,,ada@example.com",
        "Dot Marsh,dot@example.com,,employee,,,ada@example.com",
        "Eve Noor,eve@example.com,,employee,,,eve@example.com",
        "Flo Ott,flo@example.com,,employee,,,nobody@example.com",
        header=f"{HEADER},manager",
    )
    problems = read_people_csv(data, pack).problems
    round_and_round = [p for p in problems if "go round in a circle" in p]
    assert [p.partition(":")[0] for p in round_and_round] == [
        "Line 2",
        "Line 3",
        "Line 4",
        "Line 6",
    ]
    assert problems[-1] == "Line 7: nobody has the manager's address “nobody@example.com”."
    assert len(problems) == 5


def test_unknown_offices_and_classes_are_named_with_their_line(pack: Pack) -> None:
    data = lines(ADA, "Ben Holt,ben@example.com,,wizard,grand_vizier,")
    assert read_people_csv(data, pack).problems == (
        "Line 3: the class “wizard” is unknown.",
        "Line 3: the office “grand_vizier” is unknown.",
    )


def test_an_entry_without_name_address_or_class_is_told_each_of_them(pack: Pack) -> None:
    problems = read_people_csv(lines(",nobody,,,,"), pack).problems
    assert problems == (
        "Line 2: the name is empty.",
        "Line 2: “nobody” is not an e-mail address.",
        "Line 2: say whether this is a director, nominee, officer or employee.",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_names_with_accents_are_read_in_every_encoding_of_spreadsheets(
    encoding: str, pack: Pack
) -> None:
    data = f"{HEADER}\nZoë Müller – Œuvre,zoe@example.com,,director,,\n".encode(encoding)
    assert only(read_people_csv(data, pack)).name == "Zoë Müller – Œuvre"


def test_a_file_of_mixed_encodings_is_refused_rather_than_garbled(pack: Pack) -> None:
    data = f"{HEADER}\nZoë,zoe@example.com,,director,,\n".encode()
    data += "Rémy,remy@example.com,,director,,\n".encode("cp1252")
    assert "It mixes two ways of writing letters." in refusal(data, pack).message


def test_bytes_of_no_known_encoding_are_refused(pack: Pack) -> None:
    refused = refusal(lines(ADA) + b"\x81\x8d\x8f,x@example.com,,director,,\n", pack)
    assert "Its characters cannot be read." in refused.message


def test_zero_characters_are_refused_as_no_spreadsheet_writes_them(pack: Pack) -> None:
    refused = refusal(lines("A\x00da,a@example.com,,director,,"), pack)
    assert "characters that no spreadsheet writes" in refused.message


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_every_usual_delimiter_is_recognised_though_cells_hold_the_others(
    delimiter: str, pack: Pack
) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(COLUMNS)
    writer.writerow(
        ("Reed, Ada", "ada@example.com", "Chair; of, all", "director;nominee", "ac_chair", "", "")
    )
    person = only(read_people_csv(out.getvalue().encode(), pack))
    assert (person.name, person.title) == ("Reed, Ada", "Chair; of, all")
    assert person.classes == ("director", "nominee")


def test_a_nickname_in_single_quotes_spoils_no_cell_in_double_quotes(pack: Pack) -> None:
    data = lines(
        "Ludwig 'Lou' Marsh,lou@example.com,Director,director,,",
        'Ada Reed,ada@example.com,"Vice President, Legal",executive_officer,clo,',
    )
    preview = read_people_csv(data, pack)
    assert preview.problems == ()
    assert [p.title for p in preview.rows] == ["Director", "Vice President, Legal"]


def test_doubled_quotes_far_down_the_file_are_read_as_quotes(pack: Pack) -> None:
    many = [f"Person {n},p{n}@example.com,Director,director,," for n in range(200)]
    last = '"Ludwig ""Lou"" Marsh",lou@example.com,"Chair, ""acting""",director,,'
    preview = read_people_csv(lines(*many, last), pack)
    assert preview.problems == ()
    assert preview.rows[-1].name == 'Ludwig "Lou" Marsh'
    assert preview.rows[-1].title == 'Chair, "acting"'


def test_two_hundred_thousand_lines_are_refused_in_a_sentence(pack: Pack) -> None:
    data = HEADER.encode() + b"\n" + b"Ada,a@example.com,,director,,\n" * 200_000
    assert f"It has more than {MAX_ROWS:,} lines." in refusal(data, pack).message


def test_an_address_on_two_lines_is_told_whatever_its_case(pack: Pack) -> None:
    data = lines(ADA, "Ada Reed,ADA@Example.com,,director,,")
    assert read_people_csv(data, pack).problems == ("“ada@example.com” stands on 2 lines.",)


def test_a_name_of_ten_thousand_characters_is_told_and_not_repeated_in_full(pack: Pack) -> None:
    preview = read_people_csv(lines(f"{'A' * 10_000},a@example.com,,director,,"), pack)
    assert preview.problems == ("Line 2: a text is longer than 200 characters.",)


def test_a_cell_beyond_every_limit_is_refused_with_its_line(pack: Pack) -> None:
    refused = refusal(lines(ADA, f"{'A' * 200_000},a@example.com,,director,,"), pack)
    assert "cannot be read." in refused.message


@pytest.mark.parametrize("cell", ["=HYPERLINK(1)", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3"])
def test_a_cell_like_a_formula_is_told_and_stays_the_text_that_it_is(cell: str, pack: Pack) -> None:
    preview = read_people_csv(lines(f"{cell},f@example.com,,director,,"), pack)
    assert preview.rows == (PersonInput(cell, "f@example.com", "", ("director",)),)
    assert preview.problems == (f"Line 2: “{cell}” begins like a formula.",)


def test_a_character_that_cannot_be_seen_is_told(pack: Pack) -> None:
    data = lines("Ada\u202e Reed,ada@example.com,,director,,")
    assert read_people_csv(data, pack).problems == (
        "Line 2: a text holds a character that cannot be seen.",
    )


def test_a_row_that_is_too_short_or_too_long_is_told(pack: Pack) -> None:
    data = lines("Ada Reed,ada@example.com", "Ben,ben@example.com,,director,,,extra,cells")
    preview = read_people_csv(data, pack)
    assert [p.name for p in preview.rows] == ["Ada Reed", "Ben"]
    assert set(preview.problems) == {
        "Line 2: say whether this is a director, nominee, officer or employee.",
        "Line 3: it has more cells than the first line has names.",
    }


def test_whoever_holds_an_office_is_found_and_an_empty_office_is_told(pack: Pack) -> None:
    rows = read_people_csv(lines(ADA, "Leo,leo@example.com,,executive_officer,clo,"), pack).rows
    assert holding(rows, "clo").name == "Leo"
    with pytest.raises(CandorError, match="Nobody on the list holds"):
        holding(rows, "cfo")
