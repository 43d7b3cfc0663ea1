"""Signatures and keys of strangers: only the one proper form of each passes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candor.keys import bech32, derive, dsse, ed25519, p256, x25519
from candor.keys.ed25519 import SigningKey
from candor.keys.weak import WeakKey
from candor.keys.x25519 import AgeKey

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
LOW_ORDER = [
    "0100000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
]


@given(st.binary(max_size=100))
def test_signature_holds_for_its_message_only(message):
    key = SigningKey.generate()
    signature = key.sign(message)
    assert ed25519.verify(key.public, signature, message)
    assert not ed25519.verify(key.public, signature, message + b"x")
    assert not ed25519.verify(SigningKey.generate().public, signature, message)


def test_key_is_kept_as_its_seed():
    key = SigningKey.generate()
    assert SigningKey.from_bytes(key.private_bytes()).public == key.public


@pytest.mark.parametrize("encoded", LOW_ORDER)
def test_low_order_key_is_refused_and_verifies_nothing(encoded):
    public = bytes.fromhex(encoded)
    with pytest.raises(WeakKey):
        ed25519.check_public(public)
    identity_point = bytes([1]) + bytes(31)
    for r in (identity_point, public):
        for message in (b"", b"pay", b"do not pay"):
            assert not ed25519.verify(public, r + bytes(32), message)


def test_low_order_r_is_refused():
    # With R of low order and S = 0 some libraries accept keys of small order plus luck; no
    # honest signer ever makes such an R.
    key = SigningKey.generate()
    for encoded in LOW_ORDER:
        assert not ed25519.verify(key.public, bytes.fromhex(encoded) + bytes(32), b"x")


@pytest.mark.parametrize("length", [0, 31, 33, 64])
def test_key_of_another_length_is_refused(length):
    with pytest.raises(WeakKey, match="32 bytes"):
        ed25519.check_public(bytes(length))
    assert not ed25519.verify(bytes(length), bytes(64), b"")


@pytest.mark.parametrize("y", range(P, 2**255))
def test_second_encoding_of_a_point_is_refused(y):
    for sign in (0, 1 << 255):
        with pytest.raises(WeakKey):
            ed25519.check_public((y | sign).to_bytes(32, "little"))


def test_point_off_the_curve_is_refused():
    refused = 0
    for y in range(2, 60):
        try:
            ed25519.check_public(y.to_bytes(32, "little"))
        except WeakKey:
            refused += 1
    assert 15 < refused < 45


def test_s_beyond_the_group_order_is_refused():
    key = SigningKey.generate()
    signature = key.sign(b"x")
    s = int.from_bytes(signature[32:], "little") + ORDER
    assert s < 2**256
    assert not ed25519.verify(key.public, signature[:32] + s.to_bytes(32, "little"), b"x")


@pytest.mark.parametrize("length", [0, 63, 65])
def test_signature_of_another_length_is_refused(length):
    assert not ed25519.verify(SigningKey.generate().public, bytes(length), b"")


def test_key_id_names_a_key():
    key = SigningKey.generate()
    assert len(ed25519.key_id(key.public)) == 26
    assert ed25519.key_id(key.public) != ed25519.key_id(SigningKey.generate().public)


def test_encoding_to_sign_is_that_of_dsse():
    expected = b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
    assert dsse.pae("http://example.com/HelloWorld", b"hello world") == expected
    assert dsse.pae("a", b"b c") != dsse.pae("a 3 b", b"c")


def test_derived_keys_differ_by_label_and_codes_by_message():
    secret = bytes(32)
    assert derive.hkdf(secret, "a") != derive.hkdf(secret, "b")
    assert len(derive.hkdf(secret, "a", 64)) == 64
    assert derive.same(derive.mac(secret, b"x"), derive.mac(secret, b"x"))
    assert not derive.same(derive.mac(secret, b"x"), derive.mac(secret, b"y"))


# --- X25519 ----------------------------------------------------------------------------------


def test_age_keys_are_written_as_age_writes_them():
    # Test key of the age specification's own examples: seed of 32 zero-padded bytes.
    key = AgeKey.from_seed(bytes(range(32)))
    assert key.secret.startswith("AGE-SECRET-KEY-1")
    assert bech32.decode("age-secret-key-", key.secret.lower()) == key.seed
    assert x25519.check_recipient(key.recipient) == key.public


def test_both_sides_agree_on_a_secret():
    one, other = AgeKey.generate(), AgeKey.generate()
    assert one.agree(other.public) == other.agree(one.public)


@pytest.mark.parametrize(
    "change",
    [
        str.upper,
        lambda t: t[:-1],
        lambda t: t + "q",
        lambda t: t.replace("age1", "agf1"),
        lambda t: t[:10] + ("q" if t[10] != "q" else "p") + t[11:],
        lambda t: " " + t,
        lambda t: t.replace("1", ""),
        lambda t: t[:10] + "b" + t[11:],
        lambda t: t[:10] + "é" + t[11:],
        lambda _: "",
    ],
)
def test_mistyped_recipient_is_refused(change):
    with pytest.raises(WeakKey):
        x25519.check_recipient(change(AgeKey.generate().recipient))


@pytest.mark.parametrize(
    "u",
    [
        0,
        1,
        P - 1,
        P,
        P + 1,
        2**255 - 1,
        2**255 + 9,
        325606250916557431795983626356110631294008115727848805560023387167927233504,
        39382357235489614581723060781553021112529911719440698176882885853963445705823,
    ],
)
def test_weak_or_second_encoding_of_an_age_key_is_refused(u):
    public = u.to_bytes(32, "little")
    with pytest.raises(WeakKey):
        x25519.check_public(public)
    with pytest.raises(WeakKey):
        x25519.check_recipient(bech32.encode("age", public))
    with pytest.raises(WeakKey):
        AgeKey.generate().agree(public)


def test_recipient_with_stray_padding_bits_is_refused():
    text = AgeKey.generate().recipient
    values = ["qpzry9x8gf2tvdw0s3jn54khce6mua7l".index(c) for c in text[4:-6]]
    values[-1] |= 1
    tail = "".join(
        "qpzry9x8gf2tvdw0s3jn54khce6mua7l"[v] for v in values + bech32.checksum("age", values)
    )
    with pytest.raises(WeakKey, match="padding"):
        x25519.check_recipient("age1" + tail)


@given(st.binary(max_size=80))
def test_bech32_reads_what_it_writes(data):
    assert bech32.decode("age", bech32.encode("age", data)) == data


# --- P-256 -----------------------------------------------------------------------------------


def test_p256_signature_holds_for_its_message_only():
    key = p256.new_p256()
    spki = p256.public_spki(key)
    signature = p256.sign(key, b"x")
    assert p256.verify(spki, signature, b"x")
    assert not p256.verify(spki, signature, b"y")
    assert not p256.verify(p256.public_spki(p256.new_p256()), signature, b"x")
    assert not p256.verify(spki, signature + b"\x00", b"x")
    assert not p256.verify(b"", signature, b"x")


def test_key_on_another_curve_is_refused():
    from cryptography.hazmat.primitives.asymmetric import ec, ed448
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        NoEncryption,
        PrivateFormat,
        PublicFormat,
    )

    for key in (ec.generate_private_key(ec.SECP384R1()), ed448.Ed448PrivateKey.generate()):
        spki = key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        with pytest.raises(WeakKey):
            p256.load_public(spki)
        private = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        with pytest.raises(WeakKey):
            p256.load_private(private)


# --- public vectors --------------------------------------------------------------------------


def _cases(vectors: Path, kind: str, **wanted: str):
    """Every case of the groups of one kind, whatever the files are called."""
    count = 0
    for path in sorted((vectors / "wycheproof").glob("*.json")):
        for group in json.loads(path.read_bytes())["testGroups"]:
            key = group.get("publicKey", group)
            said = {"curve": key.get("curve", group.get("curve")), "sha": group.get("sha")}
            if group["type"] == kind and all(said[k] == v for k, v in wanted.items()):
                for case in group["tests"]:
                    count += 1
                    yield f"{path.name} {case['tcId']}", group, case
    assert count, f"no vectors of kind {kind} in {vectors}"


@pytest.mark.vectors
def test_wycheproof_ed25519(vectors):
    wrong = []
    for name, group, case in _cases(vectors, "EddsaVerify", curve="edwards25519"):
        public = bytes.fromhex(group["publicKey"]["pk"])
        held = ed25519.verify(public, bytes.fromhex(case["sig"]), bytes.fromhex(case["msg"]))
        if held != (case["result"] == "valid"):
            wrong.append(name)
    assert wrong == []


@pytest.mark.vectors
def test_wycheproof_ecdsa_p256(vectors):
    wrong = []
    for name, group, case in _cases(vectors, "EcdsaVerify", curve="secp256r1", sha="SHA-256"):
        spki = bytes.fromhex(group["publicKeyDer"])
        held = p256.verify(spki, bytes.fromhex(case["sig"]), bytes.fromhex(case["msg"]))
        if held != (case["result"] == "valid") and case["result"] != "acceptable":
            wrong.append(name)
    assert wrong == []


@pytest.mark.vectors
def test_wycheproof_x25519(vectors):
    wrong = []
    for name, _, case in _cases(vectors, "XdhComp", curve="curve25519"):
        public, private = bytes.fromhex(case["public"]), bytes.fromhex(case["private"])
        try:
            agreed = x25519.shared_secret(private, public).hex()
        except WeakKey:
            # Refusing is right for exactly what we call weak: low order, second encodings.
            weak = {"NonCanonicalPublic", "LowOrderPublic", "ZeroSharedSecret", "SmallPublicKey"}
            if not weak & set(case["flags"]):
                wrong.append(name)
            continue
        if agreed != case["shared"] or case["result"] == "invalid":
            wrong.append(name)
    assert wrong == []
