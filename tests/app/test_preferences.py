"""Settings: kept in the vault, chosen from what there is, and passphrases changed with care."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from a_company import PARTS, SECRET, SECRETARY, Town

from candor.app import preferences, vaults
from candor.app.session import Session
from candor.app.signing import SignatureRefused
from candor.app.vaults import PassphraseTooWeak
from candor.errors import CandorError
from candor.keys.codes import CodeMistyped
from candor.vault.refusals import KeyringRefused, WrongPassphrase, WrongRecoveryCode

NEW = "six seven eight nine ten"


@pytest.fixture
def town(town_after: Callable[[str], Town]) -> Town:
    return town_after("founded")


def reopened(town: Town, passphrase: str) -> Session:
    town.close()
    session = vaults.open_vault(town.vault(SECRETARY), passphrase, town.clock, PARTS)
    town.sessions[SECRETARY] = session
    return session


def test_a_new_vault_has_the_shipped_settings(town: Town) -> None:
    found = preferences.preferences(town[SECRETARY])
    assert (found.lock_minutes, found.paper, found.theme) == (5, "letter", "system")
    assert (found.language, found.text_scale, found.keyring) == ("en-US", 100, False)


def test_what_was_chosen_is_there_when_the_vault_opens_again(town: Town) -> None:
    session = town[SECRETARY]
    preferences.set_lock_minutes(session, 15)
    preferences.set_paper(session, "a4")
    preferences.set_language(session, "en-GB")
    preferences.set_text_scale(session, 150)
    preferences.set_theme(session, "dark")
    found = preferences.preferences(reopened(town, SECRET))
    assert (found.lock_minutes, found.paper, found.theme) == (15, "a4", "dark")
    assert (found.language, found.text_scale) == ("en-GB", 150)


@pytest.mark.parametrize(
    ("choose", "value"),
    [
        (preferences.set_lock_minutes, 0),
        (preferences.set_lock_minutes, 100_000),
        (preferences.set_paper, "a0"),
        (preferences.set_language, "xx"),
        (preferences.set_text_scale, 1),
        (preferences.set_theme, ""),
    ],
)
def test_what_is_not_among_the_choices_is_refused_and_changes_nothing(
    town: Town, choose: Callable[[Session, object], None], value: object
) -> None:
    session = town[SECRETARY]
    before = preferences.preferences(session)
    with pytest.raises(CandorError, match="not one of the choices") as refused:
        choose(session, value)
    assert refused.value.hint.startswith("Choose from ")
    assert preferences.preferences(session) == before


def test_without_a_real_keyring_the_passphrase_stays_the_way_in(town: Town) -> None:
    session = town[SECRETARY]
    found = preferences.preferences(session)
    assert not found.keyring_available
    assert "the passphrase is the way in" in found.keyring_reason
    with pytest.raises(KeyringRefused):
        preferences.use_keyring(session, on=True)
    assert not preferences.preferences(session).keyring


def test_a_changed_passphrase_opens_and_the_old_one_no_longer(town: Town) -> None:
    preferences.change_passphrase(town[SECRETARY], SECRET, NEW)
    town.close()
    with pytest.raises(WrongPassphrase):
        reopened(town, SECRET)
    assert reopened(town, NEW).check_passphrase(NEW)


def test_a_wrong_old_or_a_weak_new_passphrase_changes_nothing(town: Town) -> None:
    session = town[SECRETARY]
    with pytest.raises(WrongPassphrase):
        preferences.change_passphrase(session, NEW, NEW)
    with pytest.raises(PassphraseTooWeak):
        preferences.change_passphrase(session, SECRET, "short")
    with pytest.raises(PassphraseTooWeak):
        preferences.change_passphrase(session, SECRET, "a" * 40)
    assert reopened(town, SECRET).check_passphrase(SECRET)


def test_a_new_recovery_code_replaces_the_old_one(town: Town) -> None:
    session = town[SECRETARY]
    with pytest.raises(SignatureRefused, match="recovery code was not changed"):
        preferences.new_recovery_code(session, NEW)
    first = preferences.new_recovery_code(session, SECRET)
    second = preferences.new_recovery_code(session, SECRET)
    preferences.confirm_recovery(session, second.lower())
    with pytest.raises(CandorError):
        preferences.confirm_recovery(session, first)
    owner = session.person_id
    town.close()
    with pytest.raises(WrongRecoveryCode):
        vaults.open_with_recovery(town.vault(SECRETARY), first, town.clock)
    opened = vaults.open_with_recovery(town.vault(SECRETARY), second, town.clock)
    assert opened.person_id == owner
    opened.close()


def test_the_recovery_code_replaces_a_forgotten_passphrase(town: Town) -> None:
    session = town[SECRETARY]
    code = preferences.new_recovery_code(session, SECRET)
    with pytest.raises(CodeMistyped):
        preferences.reset_passphrase(session, code[:-1], NEW)
    with pytest.raises(PassphraseTooWeak):
        preferences.reset_passphrase(session, code, "short")
    preferences.reset_passphrase(session, code, NEW)
    assert reopened(town, NEW).check_passphrase(NEW)
