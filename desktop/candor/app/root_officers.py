"""What the root's two officers sign together: the second officer's key, and a new code pack.

One officer puts an act to sign, the other signs it on their own machine, and the first publishes
it in the directory, where it counts by its signatures and by nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from candor.app.acts import ROOT_KEY, root_key
from candor.app.integrity import require_sound
from candor.app.session import NotYours, Session
from candor.app.signing import require_signature
from candor.errors import CandorError
from candor.keys.codes import new_id
from candor.keys.ed25519 import SigningKey
from candor.records import acts as root_acts
from candor.records import root as roots
from candor.records.acts import Act, ActSignature, PackAct
from candor.records.cosigning import PutToSign
from candor.records.events import BlobRef, EventType
from candor.records.matters import Case
from candor.records.root import RootDocument, RootRefused


@dataclass(frozen=True)
class ToSign:
    """An act that an officer put to sign. ``text`` says what it does, ``by`` who put it."""

    case: str
    event: str
    kind: str
    text: str
    by: str


def offer_key(session: Session) -> None:
    """The second officer makes a root key of their own and offers it. Raises NotYours."""
    second = session.directory.root.officer("second")
    if second is None or second.person != session.person_id:
        raise NotYours(
            "Only the second officer named at the founding adds a key.",
            hint="Ask the Secretary who that is.",
        )
    if session.vault.secret(ROOT_KEY) is not None:
        return
    key = SigningKey.generate()
    with session.batch():
        session.vault.set_secret(ROOT_KEY, key.private_bytes())
        session.write(
            _case(session),
            EventType.ROOT_KEY_OFFERED,
            [("public", key.public.hex())],
            deps=session.directory.head,
        )


def _cases(session: Session) -> tuple[Case, ...]:
    return tuple(c for c in session.state.cases.values() if c.kind == "root")


def _case(session: Session) -> str:
    """The case in which this officer writes; any will do."""
    found = sorted(case.id for case in _cases(session))
    return found[0] if found else new_id()


def offered(session: Session) -> str:
    """The public key (hex) that the second officer offers and the root lacks; '' for none."""
    there = {key.ed25519 for key in session.directory.root.keys}
    keys = [o for c in _cases(session) if c.cosigning for o in c.cosigning.offered]
    return next((o.public for o in keys if _is_second(session, o.person, o.public, there)), "")


def _is_second(session: Session, person: str, public: str, there: set[str]) -> bool:
    second = session.directory.root.officer("second")
    return second is not None and second.person == person and public not in there


def admit(session: Session, full_name: str, passphrase: str) -> str:
    """The secretary puts the root with the second officer's key to sign. Raises CandorError."""
    public = offered(session)
    if not public:
        raise CandorError("No key is offered.", hint="Ask the second officer to offer one.")
    key = root_key(session)
    require_signature(session, full_name, passphrase)
    try:
        document = roots.with_second_officer(
            session.directory.root, bytes.fromhex(public), session.clock.now()
        )
    except (RootRefused, ValueError) as fault:
        raise CandorError(
            "The key that is offered cannot join the root.", hint="Ask for another one."
        ) from fault
    return put(session, roots.root_statement(document), key)


def put(session: Session, act: Act, key: SigningKey, blobs: tuple[BlobRef, ...] = ()) -> str:
    """Put an act to sign, with this officer's own signature. Returns the event's id."""
    body = root_acts.act_body(act, [root_acts.sign_act(act, key)])
    deps = (*act.after, *session.directory.head)
    return session.write(_case(session), EventType.ROOT_PUT_TO_SIGN, body, deps=deps, blobs=blobs)


def to_sign(session: Session) -> tuple[ToSign, ...]:
    """What waits for the owner's signature as an officer of the root."""
    if session.vault.secret(ROOT_KEY) is None:
        return ()
    mine = root_key(session).public.hex()
    return tuple(
        ToSign(case.id, one.event, act.kind, _text(act), session.name_of(one.person))
        for case, one, act in _open(session)
        if mine not in one.signatures
    )


def _open(session: Session) -> list[tuple[Case, PutToSign, Act]]:
    """What was put to sign and does not stand in the directory yet."""
    found = []
    for case in _cases(session):
        for one in case.cosigning.put if case.cosigning else ():
            act = msgspec.convert(one.act, Act)
            if not _published(session, act):
                found.append((case, one, act))
    return found


def _published(session: Session, act: Act) -> bool:
    content = _content(act)
    if isinstance(content, RootDocument):
        return content.version <= session.directory.root.version
    adopted = {(a.digest, a.start) for _, a in session.directory.adoptions}
    return isinstance(content, PackAct) and (content.digest, content.start) in adopted


def _content(act: Act) -> RootDocument | PackAct | None:
    if "document" in act.body:
        return roots.read_document(act.body["document"])
    return msgspec.convert(act.body, PackAct) if act.kind == "pack" else None


def _text(act: Act) -> str:
    content = _content(act)
    if isinstance(content, RootDocument):
        second = content.officer("second")
        name = second.name if second else ""
        return f"The root gets a second key, {name}'s, and from then on needs both where it must."
    if isinstance(content, PackAct):
        return (
            f"Version {content.version} of the Code's rules is in force from {content.start}, by "
            f"{content.resolution}."
        )
    return "This version of Candor does not know such an act."


def cosign(session: Session, event: str, full_name: str, passphrase: str) -> None:
    """Sign what the other officer put. Raises CandorError, SignatureRefused."""
    found = next(((c, o, a) for c, o, a in _open(session) if o.event == event), None)
    if found is None:
        raise CandorError("That is not waiting to be signed.", hint="Open the list again.")
    case, one, act = found
    key = root_key(session)
    _check(session, act, key)
    require_sound(session, (case.id,))
    require_signature(session, full_name, passphrase)
    signature = root_acts.sign_act(act, key)
    session.write(
        case.id,
        EventType.ROOT_COSIGNED,
        [("of", one.event), ("signature", msgspec.to_builtins(signature))],
        deps=(one.event, *session.directory.head),
    )


def _check(session: Session, act: Act, key: SigningKey) -> None:
    """Refuse what would do something else than it says."""
    content = _content(act)
    ours = act.company == session.root.company
    if isinstance(content, RootDocument):
        wanted = roots.with_second_officer(session.directory.root, key.public, session.clock.now())
        times = msgspec.structs.replace(wanted.keys[-1], added=content.keys[-1].added)
        wanted = msgspec.structs.replace(wanted, keys=(*wanted.keys[:-1], times))
        ours = ours and content == wanted
    if not ours or content is None:
        raise CandorError(
            "This act does something else than add your key or adopt a pack, so do not sign it.",
            hint="Call the other officer.",
        )


def publish(session: Session) -> int:
    """Put into the directory what now has the signatures it needs. Returns how much."""
    done = 0
    with session.batch():
        for _, one, act in _open(session):
            signatures = [ActSignature(k, s) for k, s in one.signatures.items()]
            held = root_acts.signers(act, signatures)
            standing = session.directory.root
            if not standing.enough(act.kind, held) or one.person != session.person_id:
                continue
            if act.kind == "officer_joined" and len(held) < 2:
                continue  # the new key signs for itself
            body = root_acts.act_body(act, signatures)
            session.write(
                session.root.directory,
                root_acts.EVENTS[act.kind],
                body,
                deps=(*act.after, *session.directory.head),
                blobs=tuple(BlobRef(digest, size) for digest, size in one.blobs),
            )
            done += 1
    return done
