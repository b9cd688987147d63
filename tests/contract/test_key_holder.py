"""Claims about the process that holds a key: who gets it, and when it is gone."""

import os
import signal
import socket
import stat
import struct
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.sealed_files import IDENTITY
from tests.support.waiting import PATIENCE_S, is_gone
from voicereflect.adapters.seal.__main__ import KeyHolder, clocks
from voicereflect.adapters.seal.client import HeldKey
from voicereflect.adapters.seal.peer import is_of
from voicereflect.core.sealing.holding import TwoClocks
from voicereflect.errors import VaultUnwritable

OTHER = "AGE-SECRET-KEY-1OTHER"


@pytest.fixture
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HeldKey]:
    found = HeldKey(tmp_path_factory.mktemp("h") / "run", "6f0c")
    yield found
    found.forget()


def socket_of(held: HeldKey) -> Path:
    return held._path


def holder_of(held: HeldKey) -> int:
    with socket.socket(socket.AF_UNIX) as asking:
        asking.connect(str(socket_of(held)))
        found = asking.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
    return int(struct.unpack("3i", found)[0])


def test_a_key_is_held_and_forgotten(held: HeldKey) -> None:
    assert (held.identity(), held.left_s(), held.forget()) == ("", 0, False)
    held.hold(IDENTITY, 60)
    assert held.identity() == held.identity() == IDENTITY
    assert 55 <= held.left_s() <= 60
    process = holder_of(held)
    told = (
        Path(f"/proc/{process}/cmdline").read_bytes()
        + Path(f"/proc/{process}/environ").read_bytes()
    )
    assert IDENTITY.encode() not in told
    assert stat.S_IMODE(socket_of(held).stat().st_mode) == 0o600
    assert stat.S_IMODE(socket_of(held).parent.stat().st_mode) == 0o700
    held.hold(OTHER, 60)
    assert held.identity() == OTHER
    assert is_gone(process)
    assert held.forget()
    assert not socket_of(held).exists()
    assert (held.identity(), held.forget()) == ("", False)


def test_its_time_is_kept_even_where_nobody_looks(held: HeldKey) -> None:
    held.hold(IDENTITY, 0.4)
    process = holder_of(held)
    time.sleep(0.5)
    assert held.identity() == ""
    assert is_gone(process)
    assert not socket_of(held).exists()


def test_a_holder_that_was_killed_holds_nothing_and_hinders_none(held: HeldKey) -> None:
    held.hold(IDENTITY, 60)
    os.kill(holder_of(held), signal.SIGKILL)
    assert held.identity() == ""
    held.hold(IDENTITY, 60)
    assert held.identity() == IDENTITY


def test_after_a_suspend_nothing_is_told(held: HeldKey) -> None:
    asleep_s = 0.0

    def clock() -> TwoClocks:
        now = clocks()
        return TwoClocks(now.awake_s, now.all_s + asleep_s)

    path = socket_of(held)
    path.parent.mkdir(mode=0o700)
    key = bytearray(IDENTITY.encode() + b"\n")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        listening.listen()
        holder = KeyHolder(key, 600, path, clock)
        answering = threading.Thread(target=holder.serve, args=(listening,))
        answering.start()
        assert held.identity() == IDENTITY
        asleep_s = 30.0
        assert held.identity() == ""
        answering.join(PATIENCE_S)
        assert not answering.is_alive()
    assert bytes(key) == bytes(len(key)), "and it is nowhere in memory that is ours"
    assert not path.exists()


def test_a_holder_of_another_user_is_not_believed(held: HeldKey) -> None:
    held.hold(IDENTITY, 60)
    path = socket_of(held)
    assert HeldKey(path.parent, path.stem, user=lambda: os.getuid() + 1).identity() == ""
    with socket.socket(socket.AF_UNIX) as asking:
        asking.connect(str(path))
        assert is_of(asking, os.getuid())
        assert not is_of(asking, os.getuid() + 1)


def test_a_place_that_cannot_be_is_told(tmp_path: Path) -> None:
    with pytest.raises(VaultUnwritable, match="no place for its socket"):
        HeldKey(tmp_path / ("x" * 120), "6f0c").hold(IDENTITY, 60)
    (tmp_path / "file").write_text("")
    with pytest.raises(VaultUnwritable, match="cannot be held"):
        HeldKey(tmp_path / "file", "6f0c").hold(IDENTITY, 60)
