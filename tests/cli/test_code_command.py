"""``candor code`` and what ``candor decide`` refuses, as the command line says it."""

from __future__ import annotations

import io
import json
import shutil
import sys
from pathlib import Path

import pikepdf
import pytest

from candor.cli.main import run
from candor.resources import pack_bytes

from .deciding import case, written

HARBOR = Path(__file__).parents[1] / "policy" / "packs" / "harbor"


def test_the_whole_pack_is_printed_as_text(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["code", "print"]) == 0
    out = capsys.readouterr().out
    for words in (
        "ROUTES",
        "gift_employee",
        "PROHIBITIONS",
        "insider_loan",
        "CONTACTS",
        "RETENTION",
    ):
        assert words in out
    assert "Nobody has tried it yet" in out


def test_the_whole_pack_is_printed_as_a_pdf(tmp_path: Path) -> None:
    file = tmp_path / "code.pdf"
    assert run(["code", "print", "--out", str(file)]) == 0
    with pikepdf.open(file) as pdf:
        assert len(pdf.pages) > 20
        titles = [item.title for item in pdf.open_outline().root]
    assert titles[:2] == ["Clauses", "Offices"]
    assert run(["code", "print", "--out", str(file)]) == 1, "it writes over nothing"


@pytest.mark.parametrize("code", ["immunogen", str(HARBOR)])
def test_a_pack_is_checked_with_all_its_examples(
    code: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["code", "check", "--code", code, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["faults"] == []


def test_an_example_that_is_not_true_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "pack"
    shutil.copytree(HARBOR, folder)
    rules = folder / "rules.toml"
    rules.write_text(rules.read_text().replace('{ kind = "crypto" }', '{ kind = "voucher" }', 1))
    assert run(["code", "check", "--code", str(folder)]) == 2
    assert "prohibition cash, holds 1" in capsys.readouterr().out


def test_a_pack_with_faults_is_refused_with_all_of_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "pack"
    shutil.copytree(HARBOR, folder)
    rules = folder / "rules.toml"
    spoiled = rules.read_text().replace('office = "gc"', 'office = "gcc"', 1)
    rules.write_text(spoiled.replace('clause = "3"', 'clause = "33"', 1))
    assert run(["decide", written(tmp_path, case("conflict", "lee")), "--code", str(folder)]) == 2
    said = capsys.readouterr().err
    assert "rules.toml, line 9 (chain counsel, step 1, office): “gcc” is no office" in said
    assert "“33” is no clause of the pack" in said


@pytest.mark.parametrize("name", ["nowhere", "./nowhere.toml", "/nowhere"])
def test_a_pack_that_is_not_there_is_refused(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["decide", written(tmp_path, case("conflict", "lee")), "--code", name]) == 2
    assert "immunogen" in capsys.readouterr().err


def test_a_folder_without_tables_is_no_pack(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["decide", "--schema", "--code", str(tmp_path)]) == 2
    assert "holds no TOML file" in capsys.readouterr().err


def test_a_pack_in_one_file_serves_as_well(tmp_path: Path) -> None:
    file = tmp_path / "one.toml"
    file.write_bytes(pack_bytes("immunogen"))
    assert run(["code", "check", "--code", str(file)]) == 0


def test_facts_with_faults_are_refused_with_every_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = case("conflict", "nobody", on="2026-02-30")
    assert run(["decide", written(tmp_path, facts)]) == 2
    said = capsys.readouterr().err
    assert "on: 2026-02-30 is no day of the calendar." in said
    assert "filer: “nobody” is the id of nobody in people." in said


def test_facts_with_faults_are_refused_in_json_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["decide", written(tmp_path, b"{"), "--json"]) == 2
    assert len(json.loads(capsys.readouterr().out)["problems"]) == 1


def test_a_date_beyond_the_calendar_is_refused_and_not_guessed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = case("questionnaire", "dana", trade={"event_on": "2090-01-02"})
    assert run(["decide", written(tmp_path, facts)]) == 2
    assert "2020 to 2060" in capsys.readouterr().err


def test_a_setting_of_the_wrong_kind_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = case("conflict", "lee", settings={"clock_business_days": "soon"})
    assert run(["decide", written(tmp_path, facts)]) == 2
    assert "clock_business_days" in capsys.readouterr().err


def test_facts_that_are_not_there_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["decide", str(tmp_path / "none.json")]) == 2
    assert run(["decide"]) == 2
    assert "No facts were given." in capsys.readouterr().err


def test_facts_come_from_the_input_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    data = json.dumps(case("conflict", "lee")).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))
    assert run(["decide", "-"]) == 0
    assert "decides: Chief Legal Officer (Rosalind Vale)" in capsys.readouterr().out


def test_a_day_that_is_none_is_wrong_use(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, case("conflict", "lee"))
    with pytest.raises(SystemExit) as ended:
        run(["decide", file, "--on", "2026-02-30"])
    assert ended.value.code == 2
    assert "is no day of the calendar" in capsys.readouterr().err


def test_the_reasons_are_told_as_sentences(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["decide", written(tmp_path, case("conflict", "clo")), "--explain"]) == 0
    out = capsys.readouterr().out
    assert "Rosalind Vale files as executive officer on 2026-11-25." in out
    assert "Rosalind Vale, Chief Legal Officer, is left out: is the filer" in out


def test_the_schema_is_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["decide", "--schema"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert {"facts", "answer", "vocabulary", "examples", "sections", "about"} == set(told)
