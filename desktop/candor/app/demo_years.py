"""The demonstration's data is written for one winter; a story played another year moves it."""

from __future__ import annotations

import re
from typing import Any

from candor.app.demo_facts import FISCAL_YEAR

_YEAR = re.compile(r"\b20\d\d\b(?=$|[^\d])")


def moved(value: Any, fiscal_year: int) -> Any:
    """``value`` with every year from 2000 on moved from the written story to ``fiscal_year``.

    Works through lists and mappings; numbers that are not part of a text stay as they are.
    """
    years = fiscal_year - FISCAL_YEAR
    if years == 0:
        return value
    if isinstance(value, str):
        return _YEAR.sub(lambda found: str(int(found[0]) + years), value)
    if isinstance(value, dict):
        return {key: moved(inner, fiscal_year) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(moved(inner, fiscal_year) for inner in value)
    return value
