"""The shipped code pack: every row is complete, cited and true of its own examples."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest

from candor.policy.pack import Pack, load_pack
from candor.policy.routing import exception_route, readers
from candor.resources import resource

FOLDER = "codes", "immunogen"


def _pack() -> Pack:
    return load_pack(resource(*FOLDER, "pack.toml").read_bytes())


def _examples(table: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = tomllib.loads(
        resource(*FOLDER, "examples.toml").read_text(encoding="utf-8")
    )[table]
    return rows


def _holders(pack: Pack, facts: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    """Everybody holds one office, the filer those named, nobody the absent ones."""
    holders: dict[str, tuple[str, ...]] = {o: (f"holder of {o}",) for o in pack.offices}
    holders.update(dict.fromkeys(facts["filer"], ("filer",)))
    holders.update(dict.fromkeys(facts["absent"], ()))
    return holders


def _decider(pack: Pack, facts: dict[str, Any]) -> str:
    return exception_route(pack, "filer", _holders(pack, facts)).office


def _readers(pack: Pack, audience: str, facts: dict[str, Any]) -> list[str]:
    return [office for office, _ in readers(pack, audience, "filer", _holders(pack, facts))]


@pytest.mark.parametrize("row", _examples("exception_route"), ids=lambda row: row["decider"])
def test_a_route_decides_for_its_example_and_not_for_its_counter_example(
    row: dict[str, Any],
) -> None:
    pack = _pack()
    assert _decider(pack, row["holds"]) == row["decider"]
    assert _decider(pack, row["holds_not"]) != row["decider"]


@pytest.mark.parametrize("row", _examples("audience"), ids=lambda row: row["audience"])
def test_an_audience_opens_to_its_example_and_not_to_its_counter_example(
    row: dict[str, Any],
) -> None:
    pack = _pack()
    assert _readers(pack, row["audience"], row["holds"]) == row["holds"]["readers"]
    assert _readers(pack, row["audience"], row["holds_not"]) != row["holds_not"]["readers"]


def test_every_route_has_examples_and_an_existing_clause() -> None:
    pack = _pack()
    clauses = {clause.number for clause in pack.clauses}
    assert {row["decider"] for row in _examples("exception_route")} == set(pack.exception_chain())
    assert {route.clause for route in pack.exception_routes} <= clauses


def test_the_secretary_reads_neither_concerns_nor_controls() -> None:
    pack = _pack()
    for name in ("concerns", "controls"):
        audience = pack.audience(name)
        assert "secretary" not in audience.offices + audience.alternates


def test_every_signer_of_a_packet_signs_a_text_and_holds_an_office() -> None:
    pack = _pack()
    for kind in ("packet", "supplement"):
        line_up = pack.line_up(kind)
        assert [row.act for row in line_up] == ["certify", "approve", "approve"]
        assert all(pack.text(row.meaning).startswith("I ") for row in line_up)
        assert {row.office for row in line_up} <= {*pack.offices, "acting_chair"}


def test_every_setting_is_dated_and_names_its_source() -> None:
    for name, setting in _pack().file.settings.items():
        dates = (setting.effective, setting.checked_on)
        assert all(re.fullmatch(r"20\d\d-\d\d-\d\d", text) for text in dates), name
        assert setting.source, name
        assert setting.checked_by, name
