"""No answer stands anywhere on the disk in the clear, outside an explicit export."""

from __future__ import annotations

import base64
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.demo.conftest import Played

from candor.app import reading

LONG_ENOUGH = 16


def spellings(text: str) -> Iterator[bytes]:
    """A text as it could stand on a disk: UTF-8, UTF-16, hex, base64 at each alignment."""
    raw = text.encode()
    yield raw
    yield text.encode("utf-16-le")
    yield text.encode("utf-16-be")
    yield raw.hex().encode()
    yield raw.hex().upper().encode()
    for shift in range(3):
        whole = base64.b64encode(raw[shift : shift + (len(raw) - shift) // 3 * 3])
        yield whole


def canaries(played: Played) -> set[str]:
    """Words that only answers hold: explanations, reasons, comments, disputes."""
    found: set[str] = set()
    for case in reading.questionnaires(played.story.secretary.session):
        for submission in case.submissions:
            for answer in submission.answers.values():
                found |= {answer.explanation, answer.unable, answer.comment, answer.dispute}
    return {text[:60] for text in found if len(text) >= LONG_ENOUGH}


def search(folder: Path, wanted: set[bytes]) -> list[str]:
    hits = []
    for path in folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            hits += [path.name for spelling in wanted if spelling in data]
    return hits


def test_no_answer_stands_in_a_vault_or_an_exchange_file(played: Played) -> None:
    words = canaries(played)
    assert len(words) > 5
    wanted = {spelling for word in words for spelling in spellings(word)}
    for folder in ("vaults", "exchange"):
        assert search(played.story.out / folder, wanted) == []


def test_no_answer_was_left_in_the_temporary_folder(played: Played) -> None:
    wanted = {spelling for word in canaries(played) for spelling in spellings(word)}
    exports = {path.resolve() for path in played.story.out.rglob("*.pdf")}
    left = [
        path
        for path in Path(tempfile.gettempdir()).glob("candor*")
        if path.is_file() and path.resolve() not in exports
    ]
    assert [p.name for p in left for s in wanted if s in p.read_bytes()] == []


def test_the_search_would_find_what_it_looks_for(tmp_path: Path) -> None:
    word = "a sentence that nobody else would write"
    for number, spelling in enumerate(spellings(word)):
        (tmp_path / str(number)).write_bytes(b"before" + spelling + b"after")
    found = search(tmp_path, set(spellings(word)))
    assert len(set(found)) == len(list(tmp_path.iterdir()))
