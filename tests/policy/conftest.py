"""The shipped code pack, and ways to spoil its file."""

from __future__ import annotations

import pytest

from candor.policy.pack import Pack, load_pack
from candor.policy.settings import Settings, typed
from candor.resources import pack_bytes


@pytest.fixture(scope="session")
def pack_file() -> bytes:
    """The exact bytes of the shipped pack."""
    return pack_bytes("immunogen")


@pytest.fixture(scope="session")
def pack(pack_file: bytes) -> Pack:
    """The shipped pack."""
    return load_pack(pack_file)


@pytest.fixture(scope="session")
def settings(pack: Pack) -> Settings:
    """What the shipped pack's rules use."""
    return typed(pack.setting_values())
