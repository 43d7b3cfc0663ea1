"""``candor import``, ``export``, ``inspect`` and ``verify``."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from candor.app import importing, outbox, verifying
from candor.app.importing import FilePreview
from candor.cli import terminal
from candor.cli.vault_commands import opened
from candor.clock import SystemClock


def add_import(subs: Any, name: str) -> None:
    """``candor import``."""
    take = terminal.command(
        subs,
        name,
        run_import,
        "check exchange files, then import all that pass or none",
        "Refused files are named with the reason and change nothing.",
    )
    _vault_and_files(take)


def add_export(subs: Any, name: str) -> None:
    """``candor export``."""
    give = terminal.command(
        subs,
        name,
        run_export,
        "save what is in the outbox as exchange files",
        "Each file can be opened by the one person that it is for.",
    )
    give.add_argument("vault", type=terminal.path, help=terminal.VAULT)
    give.add_argument(
        "--out",
        type=terminal.path,
        default=Path(),
        metavar="DIR",
        help="the folder for the files (default: this one)",
    )
    terminal.add_passphrase(give)
    terminal.add_json(give)


def add_inspect(subs: Any, name: str) -> None:
    """``candor inspect``."""
    look = terminal.command(
        subs, name, run_inspect, "say what exchange files hold and import nothing"
    )
    _vault_and_files(look)


def add_verify(subs: Any, name: str) -> None:
    """``candor verify``."""
    verify = terminal.command(
        subs,
        name,
        run_verify,
        "verify a signed packet; needs no vault",
        "Without the root file a packet can be sound, but whose it is stays open (code 3).",
    )
    verify.add_argument("file", type=terminal.path, help="the PDF")
    verify.add_argument(
        "--root", type=terminal.path, metavar="FILE", help="the company's root file (root.json)"
    )
    terminal.add_json(verify)


def _vault_and_files(command: argparse.ArgumentParser) -> None:
    command.add_argument("vault", type=terminal.path, help=terminal.VAULT)
    command.add_argument(
        "files", type=terminal.path, nargs="+", help=".candor files, or folders of them"
    )
    terminal.add_passphrase(command)
    terminal.add_json(command)


def run_import(parsed: argparse.Namespace) -> int:
    """Import every file that passes; 2 where one was refused."""
    session = opened(parsed)
    try:
        previews = importing.preview(session, parsed.files, terminal.progress())
        done = importing.import_files(session, previews, terminal.progress())
    finally:
        session.close()
    found = {"files": [_row(p) for p in previews], "imported": done.files, "events": done.events}
    terminal.report(parsed, found, lambda: _say(previews, done.text))
    return 2 if any(p.verdict == "refused" for p in previews) else 0


def run_inspect(parsed: argparse.Namespace) -> int:
    """Preview files; 2 where one would be refused."""
    session = opened(parsed)
    try:
        previews = importing.preview(session, parsed.files, terminal.progress())
    finally:
        session.close()
    found = {"files": [_row(p) for p in previews]}
    terminal.report(parsed, found, lambda: _say(previews, "Nothing was imported."))
    return 2 if any(p.verdict == "refused" for p in previews) else 0


def _row(preview: FilePreview) -> dict[str, Any]:
    return {
        "file": preview.path,
        "verdict": preview.verdict,
        "from": preview.sender_name if preview.proved else None,
        "purpose": preview.purpose_text if preview.proved else None,
        "new": preview.new,
        "already_here": preview.already,
        "refused": preview.refused,
        "hint": preview.hint,
        "gaps": list(preview.gaps),
    }


_VERDICTS = {"import": "will be imported", "nothing_new": "nothing new", "refused": "REFUSED"}


def _say(previews: tuple[FilePreview, ...], end: str) -> None:
    for preview in previews:
        if preview.verdict == "refused":
            terminal.say(f"{preview.name}: REFUSED. {preview.refused} {preview.hint}")
            continue
        terminal.say(
            f"{preview.name}: {preview.purpose_text} from {preview.sender_name}, "
            f"{preview.new} new, {preview.already} already here ({_VERDICTS[preview.verdict]})"
        )
        for line in (*preview.adds, *preview.gaps):
            terminal.say(f"  - {line}")
    terminal.say(end)


def run_export(parsed: argparse.Namespace) -> int:
    """Save every file that is ready; the same bytes for files made before."""
    session = opened(parsed)
    try:
        items = [item for item in outbox.outbox(session) if item.state == "ready"]
        saved = [
            {
                "file": str(outbox.save_to(session, item.id, parsed.out)),
                "for": item.recipient_name,
                "purpose": item.purpose_text,
                "contains": list(item.contains),
            }
            for item in items
        ]
    finally:
        session.close()

    def say() -> None:
        for row in saved:
            terminal.say(f"{row['file']}: {row['purpose']} for {row['for']}")
        if not saved:
            terminal.say("There is nothing to send.")

    return terminal.report(parsed, {"files": saved}, say)


def run_verify(parsed: argparse.Namespace) -> int:
    """Print the six lines; 0 all good, 3 not proved yet, 1 do not rely on it."""
    verdict = verifying.verify_file(parsed.file, parsed.root, None, SystemClock())

    def say() -> None:
        terminal.say(f"{verdict.banner_title}: {verdict.title}")
        terminal.say(verdict.banner_text)
        for line in verdict.lines:
            terminal.say(f"  [{_MARKS[line.state]}] {line.name}: {line.statement}")
            if line.evidence:
                terminal.say(f"         {line.evidence}")

    terminal.report(parsed, verdict.as_json, say)
    return verdict.exit_code


_MARKS = {"done": "good", "needs": "open", "stopped": "STOP"}
