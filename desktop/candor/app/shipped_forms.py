"""The forms that ship with this version, read once."""

from __future__ import annotations

from functools import lru_cache

from candor.forms.definition import Form
from candor.forms.loader import load
from candor.resources import form_bytes, form_file

QUESTIONNAIRE = "annual-questionnaire"


@lru_cache(maxsize=1)
def everything() -> dict[str, Form]:
    """Every shipped form by its id."""
    folder = form_file(QUESTIONNAIRE).parent
    names = sorted(path.stem for path in folder.glob("*.toml"))
    return {name: load(form_bytes(name)) for name in names}


def by_digest(digest: str) -> Form | None:
    """The shipped form of that digest, if it is one."""
    return next((form for form in everything().values() if form.digest == digest), None)


def matters() -> tuple[Form, ...]:
    """The forms by which somebody puts a matter to the Code, by their codes."""
    found = (form for form in everything().values() if form.matter is not None)
    return tuple(sorted(found, key=lambda form: form.code))
