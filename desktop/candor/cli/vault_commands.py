"""``candor new-company``, ``join`` and ``backup``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from candor.app import backups, company, joining, outbox, people, vaults
from candor.app.company import NewCompany
from candor.app.files import read_whole
from candor.app.session import Session
from candor.cli import terminal
from candor.clock import SystemClock
from candor.errors import CandorError, Problems
from candor.policy.pack import load_pack

CSV_LIMIT = 64 * 1024 * 1024
FILE_LIMIT = 300 * 1024 * 1024


def add_new_company(subs: Any, name: str) -> None:
    """``candor new-company``."""
    new = terminal.command(
        subs,
        name,
        run_new_company,
        "found a company in a new vault (the Secretary)",
        "Write the recovery code down that it prints: it is shown once.",
    )
    new.add_argument("vault", type=terminal.path, help="an empty or new folder")
    new.add_argument(
        "--people",
        type=terminal.path,
        required=True,
        metavar="CSV",
        help=f"everybody, the Secretary included; columns: {', '.join(people.COLUMNS)}",
    )
    new.add_argument("--pack", default="immunogen", help="the code pack (default: immunogen)")
    new.add_argument("--name", help="the company's name (default: the pack's own)")
    new.add_argument(
        "--second-officer",
        metavar="E-MAIL",
        help="who shares the root's powers (default: the Chief Legal Officer)",
    )
    terminal.add_passphrase(new)
    terminal.add_json(new)


def add_join(subs: Any, name: str) -> None:
    """``candor join``."""
    join = terminal.command(
        subs,
        name,
        run_join,
        "join a company with an invitation file and its code",
        "Write the recovery code down that it prints: it is shown once.",
    )
    join.add_argument("vault", type=terminal.path, help="an empty or new folder")
    join.add_argument("invitation", type=terminal.path, help="the file that the Secretary sent")
    join.add_argument("--code", help="the 20 characters that you were told")
    join.add_argument(
        "--out",
        type=terminal.path,
        default=Path(),
        metavar="DIR",
        help="the folder for the request to send back (default: this one)",
    )
    terminal.add_passphrase(join)
    terminal.add_json(join)


def add_backup(subs: Any, name: str) -> None:
    """``candor backup``."""
    backup = terminal.command(
        subs,
        name,
        run_backup,
        "write a sealed backup of a vault",
        "The passphrase or the recovery code of the vault opens it.",
    )
    backup.add_argument("vault", type=terminal.path, help=terminal.VAULT)
    backup.add_argument("file", type=terminal.path, help="the backup to write")
    backup.add_argument(
        "--replace", action="store_true", help="take the place of a file of that name"
    )
    terminal.add_passphrase(backup)
    terminal.add_json(backup)


def opened(parsed: argparse.Namespace) -> Session:
    """The vault that a command names, unlocked."""
    return vaults.open_vault(parsed.vault, terminal.passphrase(parsed), SystemClock())


def run_new_company(parsed: argparse.Namespace) -> int:
    """Found a company from a CSV of people, one of them the secretary."""
    pack = load_pack(company.pack_bytes(parsed.pack))
    preview = people.read_people_csv(read_whole(parsed.people, CSV_LIMIT), pack)
    if preview.problems:
        raise Problems(
            "The list of people has faults.", preview.problems, hint="Nothing was created."
        )
    secretary = people.holding(preview.rows, "secretary")
    second = parsed.second_officer or people.holding(preview.rows, "clo").email
    new = NewCompany(
        pack_id=parsed.pack,
        company_name=parsed.name or pack.company.name,
        secretary=secretary,
        second_officer=second,
        people=tuple(row for row in preview.rows if row is not secretary),
    )
    made = company.new_company(parsed.vault, new, terminal.new_passphrase(parsed), SystemClock())
    found = {
        "company": made.session.company,
        "fingerprint": made.session.root_fingerprint,
        "people": len(preview.rows),
        "recovery_code": made.recovery_code,
    }
    made.session.close()
    return terminal.report(parsed, found, lambda: _say_new(found))


def _say_new(found: dict[str, Any]) -> None:
    terminal.say(f"Founded {found['company']} with {found['people']} people.")
    terminal.say(f"Root fingerprint, to be compared by telephone: {found['fingerprint']}")
    terminal.say(f"Recovery code, to be written down and kept apart: {found['recovery_code']}")


def run_join(parsed: argparse.Namespace) -> int:
    """Join and leave the request file to send back."""
    data = read_whole(parsed.invitation, FILE_LIMIT)
    code = terminal.ask("The code", parsed.code, "--code")
    clock = SystemClock()
    view = joining.read_invitation(data, code, clock.now())
    made = joining.join(parsed.vault, data, code, terminal.new_passphrase(parsed), clock)
    try:
        request, refused = _saved_request(made.session, parsed.out)
    finally:
        made.session.close()
    found = {
        "company": view.company,
        "person": view.person,
        "fingerprint": view.fingerprint,
        "request": request,
        "recovery_code": made.recovery_code,
    }
    terminal.report(parsed, found, lambda: _say_joined(found))
    if refused is not None:
        terminal.say(refused.sentence(), errors=True)
        terminal.say(
            f"The vault is made; save the request with: candor export {parsed.vault}", errors=True
        )
        return refused.exit_code
    return 0


def _saved_request(session: Session, folder: Path) -> tuple[str | None, CandorError | None]:
    """Where the request was saved, or why not: the vault is made, so its code must be told."""
    try:
        return str(outbox.save_to(session, outbox.outbox(session)[0].id, folder)), None
    except CandorError as refused:
        return None, refused


def _say_joined(found: dict[str, str | None]) -> None:
    terminal.say(f"You joined {found['company']} as {found['person']}.")
    terminal.say(
        f"Compare this fingerprint with the Secretary by telephone: {found['fingerprint']}"
    )
    if found["request"] is not None:
        terminal.say(f"Send this file to the Secretary: {found['request']}")
    terminal.say(f"Recovery code, to be written down and kept apart: {found['recovery_code']}")


def run_backup(parsed: argparse.Namespace) -> int:
    """Write a backup that only this vault's owner can open."""
    if not parsed.replace:
        terminal.need_free(parsed.file, " or give --replace")
    session = opened(parsed)
    try:
        path = backups.write(session, parsed.file, terminal.progress())
    finally:
        session.close()
    size = path.stat().st_size
    found = {"backup": str(path), "bytes": size}
    return terminal.report(
        parsed, found, lambda: terminal.say(f"Backup written: {path} ({size:,} bytes).")
    )
