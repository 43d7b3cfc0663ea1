"""Reads a code pack, or reports everything that is wrong with it at once."""

from __future__ import annotations

import hashlib
import re
import tomllib
from functools import lru_cache
from typing import Any

from candor.policy.conformity import Path, check, convert
from candor.policy.pack.faults import PackFault, Places, refused
from candor.policy.pack.soundness import unsound
from candor.policy.pack.whole import Pack, PackFile, known_names

LARGEST_PACK = 4 * 1024 * 1024
"""Bytes; the shipped pack has a twentieth of it. Packs arrive inside exchange files too."""
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_TABLES = {"clause": "number", "packet_lineup": "packet", "independence_test": "code"}


@lru_cache(maxsize=8)
def load_pack(data: bytes, name: str = "pack.toml") -> Pack:
    """Read a code pack from its bytes, of one file or of several behind one another.

    Raises PackFaults with every fault that was found; ``name`` is what they call the file.
    """
    text, raw = _parsed(data, name)
    places, names = Places(text, name), _row_names(raw)
    faults: list[PackFault] = []

    def note(path: Path, words: str) -> None:
        faults.append(places.fault(path, words, names))

    check(raw, PackFile, note, known_names(raw))
    file = convert(raw, PackFile)
    for path, words in unsound(file) if file else ():
        note(path, words)
    if faults or file is None:
        raise refused(faults)
    return Pack(file, hashlib.sha256(data).hexdigest())


def _parsed(data: bytes, name: str) -> tuple[str, dict[str, Any]]:
    if len(data) > LARGEST_PACK:
        raise refused([PackFault(name, 1, "", "this is larger than any code pack")])
    try:
        text = data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise refused([PackFault(name, line, "", "this is not UTF-8 text (utf-8)")]) from fault
    try:
        return text, tomllib.loads(text)
    except RecursionError as fault:
        deep = "lists or tables stand too deep inside one another"
        raise refused([PackFault(name, 1, "", deep)]) from fault
    except ValueError as fault:
        # tomllib lets a number of too many digits through as a plain ValueError
        found = _AT_LINE.search(str(fault))
        file, line = Places(text, name).at(int(found[1]) if found else 1)
        said = _AT_LINE.sub("", str(fault)).replace("(at end of document)", "").strip()
        raise refused([PackFault(file, line, "", f"this is not TOML: {said}")]) from fault


def _row_names(raw: dict[str, Any]) -> dict[Path, str]:
    """What faults call each row: its table and its id."""
    names: dict[Path, str] = {}
    for table, rows in raw.items():
        for place, row in enumerate(rows if isinstance(rows, list) else ()):
            known = row.get(_TABLES.get(table, "id")) if isinstance(row, dict) else None
            if isinstance(known, str):
                names[table, place] = f"{table} {known}"
    return names
