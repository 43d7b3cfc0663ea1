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
from candor.errors import Problems
from candor.policy.pack import load_pack

CSV_LIMIT = 64 * 1024 * 1024
FILE_LIMIT = 300 * 1024 * 1024


def add(subs: Any) -> None:
    """Add the three commands."""
    new = subs.add_parser("new-company", help="found a company in a new vault (the secretary)")
    new.add_argument("vault", type=Path, help="an empty or new folder")
    new.add_argument("--people", type=Path, required=True, metavar="CSV")
    new.add_argument("--pack", default="immunogen", help="code pack (default: immunogen)")
    new.add_argument("--name", help="the company's name; the pack's own if left out")
    new.add_argument("--second-officer", metavar="E-MAIL", help="default: the Chief Legal Officer")
    terminal.add_passphrase(new)
    terminal.add_json(new)
    new.set_defaults(run=run_new_company)
    join = subs.add_parser("join", help="join a company with an invitation file and its code")
    join.add_argument("vault", type=Path, help="an empty or new folder")
    join.add_argument("invitation", type=Path)
    join.add_argument("--code", help="the 20 characters that you were told")
    join.add_argument("--out", type=Path, default=Path(), metavar="DIR", help="for the request")
    terminal.add_passphrase(join)
    terminal.add_json(join)
    join.set_defaults(run=run_join)
    backup = subs.add_parser("backup", help="write a sealed backup of a vault")
    backup.add_argument("vault", type=Path)
    backup.add_argument("file", type=Path)
    terminal.add_passphrase(backup)
    terminal.add_json(backup)
    backup.set_defaults(run=run_backup)


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
    code = terminal.ask("Code", parsed.code)
    clock = SystemClock()
    view = joining.read_invitation(data, code, clock.now())
    made = joining.join(parsed.vault, data, code, terminal.new_passphrase(parsed), clock)
    item = outbox.outbox(made.session)[0]
    request = outbox.save_to(made.session, item.id, parsed.out)
    made.session.close()
    found = {
        "company": view.company,
        "person": view.person,
        "fingerprint": view.fingerprint,
        "request": str(request),
        "recovery_code": made.recovery_code,
    }
    return terminal.report(parsed, found, lambda: _say_joined(found))


def _say_joined(found: dict[str, str]) -> None:
    terminal.say(f"You joined {found['company']} as {found['person']}.")
    terminal.say(
        f"Compare this fingerprint with the Secretary by telephone: {found['fingerprint']}"
    )
    terminal.say(f"Send this file to the Secretary: {found['request']}")
    terminal.say(f"Recovery code, to be written down and kept apart: {found['recovery_code']}")


def run_backup(parsed: argparse.Namespace) -> int:
    """Write a backup that only this vault's owner can open."""
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
