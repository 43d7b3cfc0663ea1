"""Reads one form file into a `Form`, or reports every fault in it at once.

Form files also arrive inside exchange files, so size and nesting are bounded before parsing.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from candor.errors import CandorError
from candor.forms.definition import Form, Opening, Question
from candor.forms.faults import Collector, Fault, FormFaults
from candor.forms.form_tables import read_form
from candor.forms.opening import mismatches
from candor.forms.origins import Origins
from candor.forms.tables import Table
from candor.resources import compose
from candor.toml_lines import LineIndex

LARGEST_FILE = 2 * 1024 * 1024
"""Bytes; the annual questionnaire has about a tenth of it."""
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)")


class FormUnreadable(CandorError):
    """The file could not be opened or is not of a form's size."""


def digest(data: bytes) -> str:
    """SHA-256 (hex) of the exact bytes of a form file: the form's name in signed answers."""
    return hashlib.sha256(data).hexdigest()


def load(source: Path | bytes, name: str = "") -> Form:
    """The form in a file or in bytes; ``name`` is what faults call the file.

    A file is read with its blocks, and against the forms beside it that its answers open; bytes
    are read alone, because they may come from elsewhere.

    Raises FormFaults, which lists every fault with file, key and line, and FormUnreadable.
    """
    file = name or (source.name if isinstance(source, Path) else "form.toml")
    form = _load(_bytes(source, file), file)
    if isinstance(source, Path):
        _check_opened(form, source, file)
    return form


@lru_cache(maxsize=32)
def _load(data: bytes, file: str) -> Form:
    # The same form is asked for once per questionnaire; a Form never changes, so one will do.
    document, collector = _parse(data, file)
    form = read_form(Table(document, (), collector), digest(data))
    if collector.found:
        raise FormFaults(file, tuple(collector.found))
    return form


def _check_opened(form: Form, source: Path, file: str) -> None:
    """Refuse what is carried to a form beside this one that has no room for it."""
    if not any(question.opens for question in form.questions):
        return
    document, collector = _parse(_bytes(source, file), file)
    for place, table in enumerate(document["question"]):
        question = form.question(table["id"])
        collector.name(("question", place), f"question {question.id}")
        for number, opening in enumerate(question.opens):
            for text in _unopenable(form, question, opening, source):
                collector.add(("question", place, "opens", number), text)
    if collector.found:
        raise FormFaults(file, tuple(collector.found))


def _unopenable(form: Form, question: Question, opening: Opening, source: Path) -> Iterator[str]:
    beside = source.with_name(f"{opening.form}.toml")
    if not beside.is_file():
        yield f"there is no form “{opening.form}” beside this one"
        return
    try:
        opened = _load(_bytes(beside, beside.name), beside.name)
    except FormFaults:
        yield f"the form “{opening.form}” has faults of its own"
        return
    yield from mismatches(question, form, opening, opened)


def _bytes(source: Path | bytes, file: str) -> bytes:
    try:
        data = source if isinstance(source, bytes) else compose(source)
    except OSError as error:
        raise FormUnreadable(
            f"The form {file} could not be opened.", hint="Check that the file is there."
        ) from error
    if len(data) > LARGEST_FILE:
        raise FormUnreadable(
            f"The form {file} is larger than {LARGEST_FILE // 1024} KiB, which no form is.",
            hint="Check that it is the right file.",
        )
    return data


def _parse(data: bytes, file: str) -> tuple[dict[str, Any], Collector]:
    """The TOML, and where faults in it go. What is not TOML has one fault: reading ends there."""
    origins = Origins(file, "")
    try:
        text = data.decode("utf-8").replace("\r\n", "\n")
        origins = Origins(file, text)
        return tomllib.loads(text), Collector(LineIndex(text), origins)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        fault = Fault(file, line, "", "this is not UTF-8 text")
    except RecursionError:
        fault = Fault(file, 1, "", "lists or tables stand too deep inside one another")
    except ValueError as error:
        found = _AT_LINE.search(str(error))
        where, line = origins.of(int(found[1]) if found else max(1, data.count(b"\n")))
        said = _AT_LINE.sub("", str(error)).replace("(at end of document)", "").strip()
        fault = Fault(where, line, "", f"this is not TOML: {said}")
    raise FormFaults(file, (fault,))
