"""``new-company`` from a CSV, and ``join`` with what the Secretary sent."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli.conftest import PARTS, SECRET, Command

from candor.app import company, joining
from candor.app.company import NewCompany
from candor.app.demo_people import cast
from candor.app.people import COLUMNS
from candor.app.vaults import open_vault
from candor.clock import SystemClock

HEAD = ",".join(COLUMNS)
ROWS = (
    "Eleanor Whitcombe,eleanor@example.test,Corporate Secretary,,secretary,",
    "Rosalind Vale,rosalind@example.test,Chief Legal Officer,executive_officer,clo,",
    "Margaret Ashgrove,margaret@example.test,Director,director,ac_chair,",
)


def _csv(tmp_path: Path, *rows: str) -> Path:
    path = tmp_path / "people.csv"
    path.write_text("\n".join((HEAD, *rows)) + "\n", encoding="utf-8")
    return path


def test_a_company_is_founded_from_a_table_and_its_vault_opens(
    command: Command, tmp_path: Path, secret_file: Path
) -> None:
    folder = tmp_path / "vault"
    found = command(
        *("new-company", folder, "--people", _csv(tmp_path, *ROWS), "--name", "Example, Inc."),
        *("--passphrase-file", secret_file, "--json"),
    )
    assert found.code == 0
    assert found.json["company"] == "Example, Inc."
    assert found.json["people"] == len(ROWS)
    assert found.json["fingerprint"].replace(" ", "").isdigit()
    assert found.json["recovery_code"] not in found.err
    session = open_vault(folder, SECRET, SystemClock())
    assert {row.name for row in company.people(session)} == {row.split(",")[0] for row in ROWS}
    session.close()


@pytest.mark.parametrize(
    ("rows", "word"),
    [
        ((*ROWS, "Ada Ember,not-an-address,,wizard,,"), "wizard"),
        ((*ROWS, ROWS[-1]), "stands on 2 lines"),
        (ROWS[1:], "secretary"),
        ((ROWS[0], ROWS[2]), "clo"),
    ],
    ids=["faults", "twice", "no secretary", "no second officer"],
)
def test_a_table_with_faults_founds_nothing_and_names_them(
    command: Command, tmp_path: Path, secret_file: Path, rows: tuple[str, ...], word: str
) -> None:
    folder, people = tmp_path / "vault", _csv(tmp_path, *rows)
    arguments = ("new-company", folder, "--people", people, "--passphrase-file", secret_file)
    said, found = command(*arguments), command(*arguments, "--json")
    assert (said.code, found.code) == (1, 1)
    assert word in said.err
    assert word in " ".join((found.json["refused"], *found.json["problems"]))
    assert not said.out
    assert not folder.exists()


def test_a_short_passphrase_founds_nothing(command: Command, tmp_path: Path) -> None:
    short = tmp_path / "short.txt"
    short.write_text("short\n")
    folder, people = tmp_path / "vault", _csv(tmp_path, *ROWS)
    said = command("new-company", folder, "--people", people, "--passphrase-file", short)
    assert said.code == 1
    assert "at least 12 characters" in said.err
    assert not folder.exists()


def test_an_unknown_pack_founds_nothing(
    command: Command, tmp_path: Path, secret_file: Path
) -> None:
    folder, people = tmp_path / "vault", _csv(tmp_path, *ROWS)
    said = command(
        *("new-company", folder, "--people", people, "--pack", "../x"),
        *("--passphrase-file", secret_file),
    )
    assert said.code == 1
    assert "no code pack" in said.err
    assert not folder.exists()


def test_an_invited_person_joins_and_receives_the_certificate(
    command: Command, tmp_path: Path, secret_file: Path
) -> None:
    office, mine, out = tmp_path / "office", tmp_path / "mine", tmp_path / "out"
    secret = ("--passphrase-file", secret_file)
    invitation = _invited(office)
    path = tmp_path / invitation.file_name
    path.write_bytes(invitation.data)

    wrong = command("join", mine, path, "--code", "AAAAA-AAAAA-AAAAA-AAAAA", *secret)
    assert wrong.code == 2
    assert not mine.exists()

    joined = command("join", mine, path, "--code", invitation.code, *secret, "--out", out, "--json")
    assert joined.code == 0
    assert joined.json["person"] == invitation.name
    request = Path(joined.json["request"])
    assert request.parent == out

    taken = command("import", office, request, *secret, "--json")
    assert (taken.code, taken.json["imported"]) == (0, 1)
    sent = command("export", office, *secret, "--out", out, "--json").json["files"]
    assert invitation.name in {row["for"] for row in sent}
    answer = next(row["file"] for row in sent if row["for"] == invitation.name)
    assert command("import", mine, answer, *secret).code == 0


def test_a_request_that_cannot_be_saved_does_not_hide_the_recovery_code(
    command: Command, tmp_path: Path, secret_file: Path
) -> None:
    invitation = _invited(tmp_path / "office")
    path, mine, out = tmp_path / invitation.file_name, tmp_path / "mine", tmp_path / "out"
    path.write_bytes(invitation.data)
    out.write_text("a file where a folder should be")
    arguments = ("join", mine, path, "--code", invitation.code, "--passphrase-file", secret_file)
    said = command(*arguments, "--out", out)
    assert said.code == 1
    assert "Recovery code" in said.out
    assert "could not be written" in said.err
    later = command("export", mine, "--passphrase-file", secret_file, "--out", tmp_path / "x")
    assert (later.code, later.out.count("Request to join")) == (0, 1)


def test_nothing_is_founded_where_a_file_lies(
    command: Command, tmp_path: Path, secret_file: Path
) -> None:
    place, people = tmp_path / "file", _csv(tmp_path, *ROWS)
    place.write_text("keep me")
    said = command("new-company", place, "--people", people, "--passphrase-file", secret_file)
    assert said.code in {1, 4}
    assert said.err.count("\n") == 1
    assert place.read_text() == "keep me"


def _invited(folder: Path) -> joining.InvitationFile:
    """A company whose Secretary has invited one person; its vault is locked again."""
    everyone = [person.entry() for person in cast(1, 5)]
    new = NewCompany(
        pack_id="immunogen",
        company_name="Fictional Remedies, Inc.",
        secretary=everyone[0],
        second_officer=everyone[1].email,
        people=tuple(everyone[1:]),
    )
    session = company.new_company(folder, new, SECRET, SystemClock(), PARTS).session
    wanted = next(p.id for p in session.directory.people.values() if p.email == everyone[1].email)
    invitation = joining.invite(session, wanted)
    session.close()
    return invitation
