"""The schema explains itself: every field, every word of the pack, and examples that are true."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec
import pytest

from candor.policy.conditions import CONDITIONS
from candor.policy.contacts import standing_of
from candor.policy.decide import decide
from candor.policy.facts import Facts, Matter
from candor.policy.facts.reading import facts_from
from candor.policy.pack import Contact, Pack
from candor.policy.predicates import PREDICATES
from candor.policy.schema import SECTIONS, schema
from candor.policy.schema_examples import EXAMPLES


def _fields(part: Any, place: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    for name, definition in part["$defs"].items():
        for field, told in definition.get("properties", {}).items():
            yield f"{name}.{field}", told


def _explained(told: dict[str, Any]) -> bool:
    return (
        bool(told.get("description"))
        or "$ref" in told
        or any("$ref" in one for one in told.get("anyOf", ()))
    )


def test_every_field_of_the_facts_says_what_it_means(pack: Pack) -> None:
    assert [name for name, told in _fields(schema(pack)["facts"]) if not _explained(told)] == []


def test_every_field_of_an_answer_of_its_own_says_what_it_means(pack: Pack) -> None:
    own = {"Answer", "Decider", "Fallback", "Excluded", "Body", "Flag", "Duty", "Attempt", "Block"}
    bare = [
        name
        for name, told in _fields(schema(pack)["answer"])
        if name.split(".")[0] in own and not _explained(told)
    ]
    assert bare == []


def test_every_kind_of_thing_is_described(pack: Pack) -> None:
    for part in ("facts", "answer"):
        for name, definition in schema(pack)[part]["$defs"].items():
            assert definition.get("description"), name
            assert "\n    " not in definition["description"], name


def test_the_words_of_the_pack_stand_in_the_schema(pack: Pack) -> None:
    words = schema(pack)["vocabulary"]
    assert {row["id"] for row in words["offices"]} == set(pack.offices)
    assert set(words["clauses"]) == {clause.number for clause in pack.clauses}
    assert {row["id"] for row in words["prohibitions"]} == {p.id for p in pack.prohibitions}
    assert set(words["settings"]) == set(pack.setting_values())


def test_every_matter_names_sections_that_exist() -> None:
    assert set(SECTIONS) == set(Matter)
    assert {name for names in SECTIONS.values() for name in names} <= set(Facts.__struct_fields__)


@pytest.mark.parametrize(("about", "facts"), EXAMPLES, ids=range(len(EXAMPLES)))
def test_the_examples_of_the_schema_are_read_and_answered(
    pack: Pack, about: str, facts: dict[str, Any]
) -> None:
    assert about.endswith((".", "?"))
    answer = decide(facts_from(facts, pack.known), pack, date(2026, 11, 25))
    assert msgspec.json.decode(msgspec.json.encode(answer))["pack"]["digest"] == pack.digest


def test_every_condition_is_said_in_words_and_looked_at_by_one_predicate() -> None:
    assert set(CONDITIONS) == set(PREDICATES)
    assert all(words.strip() and not words.endswith(".") for words in CONDITIONS.values())


def _card(checked_on: str) -> Contact:
    return Contact("line", "A line", ("1",), checked_on)


def test_a_contact_card_goes_stale(pack: Pack) -> None:
    today = date(2026, 11, 25)
    days = int(pack.setting_values()["contact_stale_days"])
    assert standing_of(_card(""), today, pack).stale
    assert standing_of(_card("2024-01-01"), today, pack).stale
    assert not standing_of(_card("2026-11-01"), today, pack).stale
    assert days == 365
