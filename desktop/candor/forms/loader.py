"""Reads one form file into a `Form`, or reports every fault in it at once.

Form files also arrive inside exchange files, so size and nesting are bounded before parsing.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from candor.errors import CandorError
from candor.forms.definition import Form
from candor.forms.faults import Collector, Fault, FormFaults
from candor.forms.form_tables import read_form
from candor.forms.tables import Table
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

    Raises FormFaults, which lists every fault with file, key and line, and FormUnreadable.
    """
    file = name or (source.name if isinstance(source, Path) else "form.toml")
    return _load(_bytes(source, file), file)


@lru_cache(maxsize=32)
def _load(data: bytes, file: str) -> Form:
    # The same form is asked for once per questionnaire; a Form never changes, so one will do.
    document, lines = _parse(data, file)
    collector = Collector(file, lines)
    form = read_form(Table(document, (), collector), digest(data))
    if collector.found:
        raise FormFaults(file, tuple(collector.found))
    return form


def _bytes(source: Path | bytes, file: str) -> bytes:
    try:
        data = source if isinstance(source, bytes) else source.read_bytes()
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


def _parse(data: bytes, file: str) -> tuple[dict[str, Any], LineIndex]:
    """The TOML with its lines. A file that is not TOML has one fault: reading ends there."""
    try:
        text = data.decode("utf-8").replace("\r\n", "\n")
        return tomllib.loads(text), LineIndex(text)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        fault = Fault(file, line, "", "this is not UTF-8 text")
    except RecursionError:
        fault = Fault(file, 1, "", "lists or tables stand too deep inside one another")
    except ValueError as error:
        found = _AT_LINE.search(str(error))
        line = int(found[1]) if found else max(1, data.count(b"\n"))
        said = _AT_LINE.sub("", str(error)).replace("(at end of document)", "").strip()
        fault = Fault(file, line, "", f"this is not TOML: {said}")
    raise FormFaults(file, (fault,))
