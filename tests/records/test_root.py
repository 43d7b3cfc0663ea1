"""The root document: what it must hold, and how one version follows another."""

from __future__ import annotations

import json

import msgspec
import pytest

from candor.keys.ed25519 import SigningKey
from candor.records import codec, root
from candor.records.root import RootRefused, RootTrust


def chain_of(world):
    second = root.with_second_officer(world.first, world.second_key.public, world.now)
    return (
        root.sign_root(world.first, [world.root_key]),
        root.sign_root(second, [world.root_key, world.second_key]),
    )


def test_root_file_is_read_back_and_proves_itself(bare):
    trust = root.verify_root(RootTrust(chain_of(bare)).to_bytes())
    assert trust.document.version == 2
    assert trust.fingerprint == root.fingerprint(bare.first)
    assert root.fingerprint(trust.document) == trust.fingerprint
    assert root.read_root(trust.to_bytes()) == trust.document


def test_root_of_one_version_proves_itself(bare):
    trust = root.verify_root(RootTrust(chain_of(bare)[:1]).to_bytes())
    assert trust.document == bare.first
    assert trust.document.officer("second").person == "dan"


def test_any_changed_value_in_a_root_file_is_refused(bare):
    data = json.loads(RootTrust(chain_of(bare)).to_bytes())
    document = data["document"]
    for name in document:
        wrong = {**document, name: _other(document[name])}
        with pytest.raises(RootRefused):
            root.verify_root(codec.encode({**data, "document": wrong}))
        second = data["later"][0]["document"]
        later = {**second, name: _other(second[name])}
        changed = [{**data["later"][0], "document": later}]
        with pytest.raises(RootRefused):
            root.verify_root(codec.encode({**data, "later": changed}))


def _other(value):
    match value:
        case str():
            return value + "x"
        case int():
            return value + 1
        case list():
            return [*value, *value]
        case dict():
            return {**value, "revoke": 7}


def test_root_without_a_signature_is_refused(bare):
    first, second = chain_of(bare)
    unsigned = msgspec.structs.replace(first, signatures=())
    stranger = root.sign_root(bare.first, [SigningKey.generate()])
    half = root.sign_root(second.document, [bare.second_key])
    for versions in ((unsigned,), (stranger,), (first, half), (second,), (first, first)):
        with pytest.raises(RootRefused):
            root.verify_versions(versions)


def test_later_version_of_another_root_is_refused(bare):
    other = type(bare)()
    with pytest.raises(RootRefused):
        root.verify_versions([chain_of(bare)[0], chain_of(other)[1]])


def test_root_change_needs_two_officers(bare):
    first, second = chain_of(bare)
    third = msgspec.structs.replace(
        second.document,
        version=3,
        change="root_change",
        previous=root.digest(second.document),
        name="Nordhavn Biologics",
    )
    one = root.sign_root(third, [bare.root_key])
    two = root.sign_root(third, [bare.root_key, bare.second_key])
    with pytest.raises(RootRefused, match="lacks the signatures"):
        root.verify_versions([first, second, one])
    assert root.verify_versions([first, second, two]).document.name == "Nordhavn Biologics"


def test_secretary_cannot_be_the_second_officer(bare):
    with pytest.raises(RootRefused, match="two people"):
        root.new_root_document(
            name="X",
            company=bare.company,
            secretary=root.RootOfficer("secretary", "ada", "Ada"),
            key=bare.root_key,
            second=root.RootOfficer("second", "ada", "Ada"),
            x509_root=bare.authority.certificate,
            created=bare.now,
        )


@pytest.mark.parametrize(
    "change",
    [
        {"keys": ()},
        {"thresholds": {}},
        {"thresholds": dict.fromkeys(root.SHIPPED_THRESHOLDS, 0)},
        {"x509_root": "00"},
        {"x509_root": "zz"},
        {"officers": ()},
        {"change": "revoke"},
        {"v": 2},
        {"first": "0" * 64},
    ],
)
def test_root_that_could_not_work_is_refused(bare, change):
    document = msgspec.structs.replace(bare.first, **change)
    with pytest.raises(RootRefused):
        root.verify_versions([root.sign_root(document, [bare.root_key])])


def test_root_with_an_unsafe_key_is_refused(bare):
    key = msgspec.structs.replace(bare.first.keys[0], ed25519="01" + "00" * 31)
    document = msgspec.structs.replace(bare.first, keys=(key,))
    with pytest.raises(RootRefused, match="safe"):
        root.verify_versions([root.sign_root(document, [bare.root_key])])


@pytest.mark.parametrize("data", [b"", b"{}", b"[]", b'{"document":1}', b"\xff"])
def test_bytes_that_are_no_root_are_refused(data):
    with pytest.raises(RootRefused):
        root.verify_root(data)
