"""Importing, against the floor beside it: decrypt, hash, verify and insert the same bytes."""

from __future__ import annotations

import hashlib
import io
import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pyrage
from a_vault import PARTS, SECRET, Pair, found, open_campaign, save, take
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from measuring import Measured, seconds

from candor.app import vaults
from candor.app.importing import known
from candor.exchange import intake
from candor.keys import dsse, ed25519
from candor.records import chain
from candor.vault.database import Database, connect

FILERS = 1500


def run(folder: Path) -> Iterator[Measured]:
    """One file with a questionnaire for each of many people."""
    pair = found(folder, FILERS)
    open_campaign(pair, FILERS)
    path = save(pair.secretary, pair.officer_id, folder)
    floor = Floor(pair, path, folder)
    pair.officer.close()
    times: list[tuple[float, float]] = []
    for number in range(3):  # beside each other, so that both meet the same machine
        copy = folder / f"copy-{number}"
        shutil.copytree(folder / "officer", copy)
        session = vaults.open_vault(copy, SECRET, pair.clock, PARTS)
        state = session.state
        ed25519._good.clear()  # what this very process verified before must not help
        imported = seconds(partial(take, session, path))
        assert session.state is not state
        session.close()
        times.append((seconds(floor.run), imported))
    bottom, real = min(t for t, _ in times), min(t for _, t in times)
    yield Measured(
        f"import, part of the floor ({len(floor.rows):,} events)",
        bottom / real,
        "",
        0.6,
        at_most=False,
        note=f"floor {bottom * 1000:.0f} ms, import {real * 1000:.0f} ms",
    )


class Floor:
    """What no import can do without, and no logic."""

    def __init__(self, pair: Pair, path: Path, folder: Path) -> None:
        self.data = path.read_bytes()
        self.folder = folder
        secret = pair.officer.identity.age.secret
        self.identity = pyrage.x25519.Identity.from_str(secret)
        checked = intake.check(path, secrets=(secret,), known=known(pair.officer))
        self.key = Ed25519PublicKey.from_public_bytes(pair.secretary.identity.signing.public)
        self.rows = [
            (event.id, event.signed.payload, event.signed.signature, event.line)
            for event in checked.new
        ]
        self.messages = [
            (event.signed.signature, dsse.pae(chain.PAYLOAD_TYPE, event.signed.payload))
            for event in checked.new
        ]
        self.number = 0

    def run(self) -> None:
        """Once through."""
        sink = io.BytesIO()
        pyrage.decrypt_io(io.BytesIO(self.data), sink, [self.identity])
        hashlib.sha256(sink.getvalue()).digest()
        for signature, message in self.messages:
            self.key.verify(signature, message)
        self.number += 1
        path = self.folder / f"floor-{self.number}.db"
        path.touch()
        database = Database(connect(path, bytes(32)))
        with database.migrating(), database.transaction():
            database.run(
                "CREATE TABLE events (id TEXT UNIQUE, payload BLOB, signature BLOB, body BLOB)"
            )
        with database.transaction():
            database.run_many("INSERT INTO events VALUES (?, ?, ?, ?)", self.rows)
        database.close()
