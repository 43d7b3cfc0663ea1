"""A person's keys, and the certificates the company issues for them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from cryptography import x509 as lib

from candor.keys import ed25519, p256, x509, x25519
from candor.keys.identity import Identity
from candor.keys.weak import WeakKey

NOW = datetime(2027, 1, 4, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def root():
    return x509.new_root("Nordhavn Bio", NOW)


def issued(root, spki=None, name="Ada Adler"):
    key = p256.new_p256()
    spki = spki or p256.public_spki(key)
    der = x509.issue(root, name, "ada", spki, NOW, NOW + timedelta(days=900))
    return lib.load_der_x509_certificate(der), der


def test_identity_is_kept_whole():
    identity = Identity.new("ada")
    again = Identity.from_bytes(identity.to_bytes())
    assert again == identity
    assert again.public() == identity.public()
    assert again.key_id == identity.public().key_id == ed25519.key_id(identity.signing.public)


def test_identity_in_another_form_is_refused():
    with pytest.raises(msgspec.ValidationError):
        Identity.from_bytes(b'{"person":"ada"}')


def test_restored_identity_keeps_its_keys_and_starts_new_logs():
    identity = Identity.new("ada")
    again = identity.reincarnated()
    assert again.public() == identity.public()
    assert again.incarnation != identity.incarnation


def test_public_keys_pass_every_check():
    public = Identity.new("ada").public()
    ed25519.check_public(bytes.fromhex(public.ed25519))
    assert len(x25519.check_recipient(public.age)) == 32
    assert p256.load_public(bytes.fromhex(public.p256)).curve.name == "secp256r1"


def test_certificate_signs_documents_and_nothing_else(root):
    certificate, der = issued(root)
    usage = certificate.extensions.get_extension_for_class(lib.KeyUsage)
    limits = certificate.extensions.get_extension_for_class(lib.BasicConstraints)
    assert usage.critical
    assert usage.value.digital_signature
    assert usage.value.content_commitment
    assert not usage.value.key_cert_sign
    assert limits.critical
    assert not limits.value.ca
    assert x509.issued_by(root.certificate, der)
    assert x509.serial_number(der) == certificate.serial_number
    assert certificate.not_valid_before_utc == NOW


def test_certificate_names_the_person_and_the_key(root):
    spki = p256.public_spki(p256.new_p256())
    certificate, der = issued(root, spki)
    assert x509.certified_key(der) == spki
    names = {a.rfc4514_attribute_name: a.value for a in certificate.subject}
    assert names["CN"] == "Ada Adler"
    assert "ada" in names.values()


def test_overlong_and_odd_names_still_give_a_certificate(root):
    certificate, _ = issued(root, name="Ａ" * 200 + "\n\x00")
    assert certificate.subject.rfc4514_string()
    assert issued(root, name="")[0].subject.rfc4514_string()


def test_certificate_for_an_unsafe_key_is_not_issued(root):
    with pytest.raises(WeakKey):
        issued(root, spki=b"\x30\x00")


def test_certificate_of_another_root_is_not_ours(root):
    other = x509.new_root("Nordhavn Bio", NOW)
    _, der = issued(other)
    assert not x509.issued_by(root.certificate, der)
    assert not x509.issued_by(root.certificate, b"")
    assert not x509.issued_by(b"", der)
    assert x509.issued_by(root.certificate, root.certificate)


def test_revocation_list_names_what_was_revoked(root):
    der = x509.crl(root, [(5, NOW), (7, NOW)], NOW, NOW + timedelta(days=30))
    listed = lib.load_der_x509_crl(der)
    assert [entry.serial_number for entry in listed] == [5, 7]
    authority = lib.load_der_x509_certificate(root.certificate)
    assert listed.is_signature_valid(authority.public_key())
    later = x509.crl(root, [], NOW + timedelta(seconds=1), NOW + timedelta(days=30))
    number = lib.load_der_x509_crl(later).extensions.get_extension_for_class(lib.CRLNumber)
    assert number.value.crl_number > NOW.timestamp()


def test_instant_without_an_offset_is_refused():
    with pytest.raises(ValueError, match="offset"):
        x509.new_root("X", NOW.replace(tzinfo=None))
