"""evidence.json: what a packet carries inside so that it proves itself without a vault.

It names the expected signatures and holds the company's root, the directory's events and the
signed events that the pages print, each with exactly the items that this copy may show. The
events keep their signed bytes as text, because only those bytes can be verified again.
"""

from __future__ import annotations

import msgspec

from candor.errors import CandorError
from candor.records import body as bodies
from candor.records import codec
from candor.records.body import Revealed
from candor.records.codec import RecordRefused
from candor.records.events import Body, SignedEvent
from candor.records.root import RootRefused, RootTrust, verify_root

FORMAT = 1
LARGEST = 256 * codec.MIB
"""Bytes of evidence that are read at most."""
MOST_EVENTS = 200_000
MOST_SIGNERS = 64


class EvidenceRefused(CandorError):
    """The evidence inside a packet cannot be read or contradicts itself."""

    def __init__(self, message: str) -> None:
        super().__init__(message, hint="Ask the Secretary for the packet again.")


class ExpectedSigner(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who signs in which field, in order. ``certificate``: hex SHA-256 of the X.509 DER."""

    field: str
    person: str
    name: str
    office: str
    title: str
    meaning: str
    certificate: str


class EvidenceInput(msgspec.Struct, frozen=True):
    """What evidence is built from. ``root``: the bytes of root.json; ``company``: its id;
    ``packet``: the packet's id; ``events``: what the pages print, with what may be shown."""

    company: str
    company_name: str
    root: bytes
    packet: str
    kind: str
    version: int
    directory: tuple[tuple[SignedEvent, Body | None], ...]
    events: tuple[tuple[SignedEvent, Revealed], ...]
    signers: tuple[ExpectedSigner, ...]


class Evidence(msgspec.Struct, frozen=True):
    """Evidence as read; its root's chain is proved, its events are not yet."""

    company: str
    company_name: str
    root: RootTrust
    packet: str
    kind: str
    version: int
    directory: tuple[tuple[SignedEvent, Body | None], ...]
    events: tuple[tuple[SignedEvent, Revealed], ...]
    signers: tuple[ExpectedSigner, ...]


class _Event(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    payload: str
    signature: str


class _DirectoryEvent(_Event, frozen=True, forbid_unknown_fields=True):
    body: Body | None


class _ShownEvent(_Event, frozen=True, forbid_unknown_fields=True):
    shown: Revealed


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    v: int
    company: str
    company_name: str
    packet: str
    kind: str
    version: int
    root: str
    root_fingerprint: str
    signers: tuple[ExpectedSigner, ...]
    directory: tuple[_DirectoryEvent, ...]
    events: tuple[_ShownEvent, ...]


class _Manifest(msgspec.Struct, frozen=True):
    v: int
    signers: tuple[ExpectedSigner, ...]


_read_file = msgspec.json.Decoder(_File)
_read_manifest = msgspec.json.Decoder(_Manifest)
_write_file = msgspec.json.Encoder(order="sorted")


def build(given: EvidenceInput) -> bytes:
    """The RFC 8785 bytes of evidence.json; equal inputs give equal bytes.

    Raises EvidenceRefused for expected signers that contradict each other, RootRefused,
    RecordRefused for what no record can hold.
    """
    trust = verify_root(given.root)
    if trust.document.company != given.company:
        raise EvidenceRefused("The root is another company's, so it cannot prove this packet.")
    _check_signers(given.signers)
    file = _File(
        v=FORMAT,
        company=given.company,
        company_name=given.company_name,
        packet=given.packet,
        kind=given.kind,
        version=given.version,
        root=given.root.decode("utf-8"),
        root_fingerprint=trust.fingerprint,
        signers=given.signers,
        directory=tuple(_DirectoryEvent(*_texts(s), body) for s, body in given.directory),
        events=tuple(_ShownEvent(*_texts(s), shown) for s, shown in given.events),
    )
    return codec.encode(msgspec.to_builtins(file))


def _texts(signed: SignedEvent) -> tuple[str, str]:
    try:
        return signed.payload.decode("utf-8"), signed.signature.hex()
    except UnicodeDecodeError:
        raise EvidenceRefused("A signed event is not readable text.") from None


def read(data: bytes) -> Evidence:
    """Evidence from a file that anybody may have made. Raises EvidenceRefused."""
    try:
        file = _decoded(data)
        if file.v != FORMAT:
            raise EvidenceRefused("The evidence inside was written by a newer Candor.")
        _check_signers(file.signers)
        if len(file.directory) + len(file.events) > MOST_EVENTS:
            raise EvidenceRefused("The evidence inside holds more events than any packet needs.")
        root = verify_root(file.root.encode("utf-8"))
        if root.fingerprint != file.root_fingerprint or root.document.company != file.company:
            raise EvidenceRefused("The evidence inside contradicts itself about its root.")
        return Evidence(
            company=file.company,
            company_name=file.company_name,
            root=root,
            packet=file.packet,
            kind=file.kind,
            version=file.version,
            directory=tuple((_event(e), e.body) for e in file.directory),
            events=tuple((_event(e), e.shown) for e in file.events),
            signers=file.signers,
        )
    except (RecordRefused, RootRefused, msgspec.ValidationError, UnicodeEncodeError):
        raise EvidenceRefused("The evidence inside cannot be read as Candor writes it.") from None


def _decoded(data: bytes) -> _File:
    """The file, strictly. Bytes that a fast reader and writer give back as they were leave no
    room for a second spelling or a repeated name; any others take the slow and strict way."""
    if len(data) > LARGEST:
        raise EvidenceRefused("The evidence inside is larger than any that Candor reads.")
    try:
        file = _read_file.decode(data)
        if _write_file.encode(file) == data:
            return file
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        pass  # the strict way says what is wrong
    return msgspec.convert(codec.decode(data, limit=LARGEST), _File)


def expected_signers(data: bytes) -> tuple[ExpectedSigner, ...]:
    """Only who signs, for signing: the events are left to `read`. Raises EvidenceRefused."""
    try:
        manifest = _read_manifest.decode(data)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise EvidenceRefused("The evidence inside cannot be read as Candor writes it.") from None
    if manifest.v != FORMAT:
        raise EvidenceRefused("The evidence inside was written by a newer Candor.")
    _check_signers(manifest.signers)
    return manifest.signers


def _event(event: _Event) -> SignedEvent:
    try:
        signature = bytes.fromhex(event.signature)
    except ValueError:
        raise EvidenceRefused("A signature in the evidence inside cannot be read.") from None
    return SignedEvent(event.payload.encode("utf-8"), signature)


def _check_signers(signers: tuple[ExpectedSigner, ...]) -> None:
    """One field, one certificate and one person each; nobody signs a packet twice."""
    if not 0 < len(signers) <= MOST_SIGNERS:
        raise EvidenceRefused("The evidence inside names no signer, or too many.")
    for what in ("field", "person", "certificate"):
        values = [getattr(s, what) for s in signers]
        if len(set(values)) != len(values) or not all(values):
            raise EvidenceRefused(f"The evidence inside gives one {what} to two signers or none.")


def shown_fits(body_commit: str, shown: Revealed) -> bool:
    """Whether the shown items are the ones that an event's header commits to."""
    return bodies.check_revealed(body_commit, shown)
