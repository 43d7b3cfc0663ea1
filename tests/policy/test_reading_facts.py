"""Facts that are not what they should be are refused, with every fault and its place."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candor.policy.facts import Facts, Relation, Who
from candor.policy.facts.reading import LARGEST_FILE, FactsFaults, facts_from, read_facts
from candor.policy.pack import Pack

LEE: dict[str, Any] = {"id": "lee", "roles": ["employee"]}


def _facts(**more: Any) -> dict[str, Any]:
    return {"matter": "conflict", "filer": "lee", "people": [LEE], **more}


def _said(pack: Pack, document: object) -> list[str]:
    """Every fault of a document; the message is one sentence and the hint says what to do."""
    data = document if isinstance(document, bytes) else json.dumps(document).encode()
    with pytest.raises(FactsFaults) as refused:
        read_facts(data, pack.known)
    assert refused.value.message.endswith("so nothing was decided.")
    assert refused.value.exit_code == 2
    assert refused.value.hint
    assert all(problem[-1] in ".?" for problem in refused.value.problems)
    return list(refused.value.problems)


def test_facts_with_nothing_but_the_least_are_read(pack: Pack) -> None:
    assert read_facts(json.dumps(_facts()).encode(), pack.known).filer == "lee"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (
            {"gift_received": {"kind": "goods", "value": {"amount": "12.345"}}},
            (
                "gift_received.value.amount: USD 12.345 has 3 decimals, but USD has 2 decimals; "
                "round it as it was paid."
            ),
        ),
        (
            {"loan": {"amount": {"amount": 100.5, "currency": "JPY"}}},
            (
                "loan.amount.amount: JPY 100.5 has 1 decimals, but JPY has no decimals; "
                "round it as it was paid."
            ),
        ),
        ({"on": "2026-02-30"}, "on: 2026-02-30 is no day of the calendar."),
        ({"on": "25.11.2026"}, "on: must be a date such as 2026-11-25, not “25.11.2026”."),
        ({"on": "0001-01-01"}, "on: 0001-01-01 lies outside the years 1900 to 2100."),
        ({"on": 20261125}, "on: must be a date such as 2026-11-25, not 20261125."),
        (
            {"people": [{"id": "lee", "roles": ["employe"]}]},
            (
                "people[0].roles[0]: “employe” is no filer class, no office of the pack and no "
                "person mark; is “employee” meant?"
            ),
        ),
        ({"filer": "leo"}, "filer: “leo” is the id of nobody in people; is “lee” meant?"),
        ({"vacant": ["cl"]}, "vacant[0]: “cl” is no office of the pack; is “clo” meant?"),
        (
            {"interests": [{"person": "zoe", "why": "own_interest"}]},
            "interests[0].person: “zoe” is the id of nobody in people.",
        ),
        (
            {"prohibited": ["cash"]},
            "prohibited[0]: “cash” is no prohibition of the pack.",
        ),
        (
            {"waiver": {"provisions": ["III b33"]}},
            "waiver.provisions[0]: “III b33” is no clause of the pack; is “III b3” meant?",
        ),
        ({"settings": {"rpt": 1}}, "settings.rpt: “rpt” is no setting of the pack."),
        ({"own_gain": "yes"}, "own_gain: must be true or false, not “yes”."),
        ({"own_gain": 1}, "own_gain: must be true or false, not 1."),
        ({"ownn_gain": True}, "ownn_gain: this name is not known here; is “own_gain” meant?"),
        ({"gift_received": []}, "gift_received: must be a group of named values, not a list."),
        ({"gift_received": {}}, "gift_received.kind: this is missing."),
        ({"rulings": {}}, "rulings: must be a list, not a group of named values."),
        (
            {"loan": {"amount": {"amount": "-5"}}},
            "loan.amount.amount: must not be negative.",
        ),
        (
            {"loan": {"amount": {"amount": "1", "currency": "EURO"}}},
            "loan.amount.currency: “EURO” is no currency of ISO 4217, such as USD.",
        ),
        (
            {"loan": {"amount": {"amount": "9" * 20}}},
            "loan.amount.amount: is larger than any amount that a record can hold.",
        ),
        (
            {"loan": {"amount": {"amount": "1e5"}}},
            "loan.amount.amount: must be digits such as 1250.00, not “1e5”.",
        ),
        (
            {"parties": [{"ownership_percent": "101"}]},
            (
                "parties[0].ownership_percent: 101 is no share in percent, which lies between 0 "
                "and 100."
            ),
        ),
        (
            {"absences": [{"office": "clo", "since": "2026-11-05", "until": "2026-11-01"}]},
            "absences[0].until: 2026-11-01 lies before 2026-11-05, when it began.",
        ),
        ({"people": [LEE, LEE]}, "people[1].id: “lee” stands twice in people."),
        (
            {"matter": "gift_received"},
            (
                "gift_received: this is missing, and the matter gift_received cannot be judged "
                "without it."
            ),
        ),
        (
            {"votes": [{"member": "lee", "vote": "for"}]},
            "decision: this is missing, so nobody knows what the votes are on.",
        ),
    ],
)
def test_a_fault_is_said_with_its_place(pack: Pack, more: dict[str, Any], said: str) -> None:
    assert _said(pack, _facts(**more)) == [said]


def test_all_faults_are_said_at_once(pack: Pack) -> None:
    document = _facts(
        on="2026-02-30",
        filer="leo",
        people=[{"id": "lee", "roles": ["employe"]}, {"id": "lee"}],
        loan={"amount": {"amount": 1.999, "currency": "USD"}},
    )
    assert len(_said(pack, document)) >= 4


def test_a_number_that_binary_cannot_hold_is_read_as_written(pack: Pack) -> None:
    data = (
        b'{"matter":"loan","filer":"lee","people":[{"id":"lee"}],"loan":{"amount":{"amount":0.1}}}'
    )
    facts = read_facts(data, pack.known)
    assert facts.loan is not None
    assert facts.loan.amount is not None
    assert str(facts.loan.amount.amount) == "0.1"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Line 1, column 1: this is not JSON"),
        (b"{", "this is not JSON"),
        (b"[]", "The document: must be a group of named values, not a list."),
        (b"null", "not nothing"),
        (b"\xff{}", "Line 1 is not UTF-8 text."),
        (b"[" * 100_000, "Lists or groups stand too deep inside one another."),
        (b'{"a":' * 50_000, "Lists or groups stand too deep inside one another."),
        (b'{"matter":"conflict","matter":"loan"}', "matter: this stands twice"),
        (b'{"boards":{"person":"x","public_boards":NaN}}', "“NaN” is no number"),
        (b'{"boards":{"person":"x","public_boards":' + b"9" * 9_000 + b"}}", "is no number"),
        (b'{"loan":{"amount":{"amount":1e99999999}}}', "“1e99999999” is no number"),
        (b'{"filer":"\\ud800"}', "filer: holds half a character"),
        (b" " * (LARGEST_FILE + 1), "The file is larger than 1024 KiB"),
    ],
    ids=range(13),
)
def test_a_broken_document_is_refused_in_a_sentence(pack: Pack, data: bytes, said: str) -> None:
    assert any(said in problem for problem in _said(pack, data))


def test_a_file_with_a_byte_order_mark_is_read(pack: Pack) -> None:
    assert read_facts(b"\xef\xbb\xbf" + json.dumps(_facts()).encode(), pack.known)


@given(st.binary(max_size=300))
def test_no_bytes_at_all_bring_down_the_reader(pack: Pack, data: bytes) -> None:
    assert _said(pack, data)


leaves = st.none() | st.booleans() | st.integers() | st.text(max_size=8)
trees = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*Facts.__struct_fields__, "id", "x"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(Facts.__struct_fields__), trees, max_size=6))
def test_any_json_is_read_or_refused_and_never_guessed(pack: Pack, document: Any) -> None:
    faults: tuple[str, ...] = ("",)
    try:
        facts = facts_from({**_facts(), **document}, pack.known)
    except FactsFaults as refused:
        faults = refused.problems
    else:
        assert facts.filer == document.get("filer", "lee")
    assert faults


def test_the_words_for_whose_a_row_is_are_the_relations_and_self() -> None:
    assert {str(who) for who in Who} == {"self", *map(str, Relation)}
