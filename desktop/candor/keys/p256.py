"""ECDSA on P-256: the keys and signatures that certificates and PDF readers understand."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
    load_der_public_key,
)

from candor.keys.weak import WeakKey


def new_p256() -> bytes:
    """A fresh private key, PKCS#8 DER."""
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def load_private(key_der: bytes) -> ec.EllipticCurvePrivateKey:
    """The private key of PKCS#8 DER. Raises WeakKey where it is not on P-256."""
    key = load_der_private_key(key_der, None)
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.curve.name != "secp256r1":
        raise WeakKey("it is not a P-256 key")
    return key


def load_public(spki: bytes) -> ec.EllipticCurvePublicKey:
    """The public key of SubjectPublicKeyInfo DER in its one uncompressed form.

    Raises WeakKey for other curves, points off the curve and any other encoding.
    """
    try:
        key = load_der_public_key(spki)
    except (ValueError, UnsupportedAlgorithm):
        raise WeakKey("it cannot be read as a P-256 key") from None
    if not isinstance(key, ec.EllipticCurvePublicKey) or key.curve.name != "secp256r1":
        raise WeakKey("it is not a P-256 key")
    if key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo) != spki:
        raise WeakKey("it is not written in the one permitted way")
    return key


def public_spki(key_der: bytes) -> bytes:
    """The SubjectPublicKeyInfo DER of a private key."""
    public = load_private(key_der).public_key()
    return public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def sign(key_der: bytes, message: bytes) -> bytes:
    """An ECDSA/SHA-256 signature of ``message``, DER."""
    return load_private(key_der).sign(message, ec.ECDSA(hashes.SHA256()))


def verify(spki: bytes, signature_der: bytes, message: bytes) -> bool:
    """Whether a DER signature holds (ECDSA, P-256, SHA-256); False for bad keys too."""
    try:
        key = load_public(spki)
        # A second encoding of the same pair would be a second signature: DER has only one.
        if encode_dss_signature(*decode_dss_signature(signature_der)) != signature_der:
            return False
        key.verify(signature_der, message, ec.ECDSA(hashes.SHA256()))
    except (WeakKey, InvalidSignature, ValueError):
        return False
    return True
