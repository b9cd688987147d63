"""`vault.toml`: what makes a folder a vault; readable without any key."""

import hashlib
import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from typing import Any

from voicereflect.adapters.vault import locks
from voicereflect.adapters.vault.condition.known import LABEL
from voicereflect.adapters.vault.files import Files
from voicereflect.adapters.vault.locks import Saving
from voicereflect.core.sealing.header import MAGIC
from voicereflect.core.sealing.states import SealState
from voicereflect.core.store import bounds
from voicereflect.core.store.strays import KEY
from voicereflect.errors import VaultUnwritable

FORMAT = 2
"""The newest; 2 is that of a sealed vault, so that programs which know no seals keep off."""
_PLAIN_FORMAT = 1
# it becomes the name of a file
_ID = re.compile(r"[0-9A-Za-z]{4,64}")
_SECRET = re.compile(r"(?:[0-9a-f]{2}){32}")
_RECIPIENT = re.compile(r"age1[0-9a-z]{58}")
_LOOKED_AT = 5
"""Pages of entries by which a sealed vault is known where its label tells nothing of it."""
_STATES = {SealState.OPEN: "false", SealState.SEALED: "true"}
_CHANGING = re.compile(r"^(?:format|sealed|recipient)[ \t]*=.*\n?", re.MULTILINE)
_ASKS_FIRST = re.compile(r"^asks_first[ \t]*=.*\n?", re.MULTILINE)


def make(files: Files) -> bool:
    """Write the label where there is none; tell whether that was so."""
    path = files.root / LABEL
    if path.exists():
        return False
    _expect_no_key(files)
    state = SealState.SEALED if files.sealed else SealState.OPEN
    text = f'{_format(state)}id = "{secrets.token_hex(8)}"\n{_secret()}{_sealed(state)}'
    files.save_open(path, text.encode())
    return True


def state(files: Files) -> SealState:
    """Tell whether the vault is sealed: by its label, or because its pages are all the same.

    A label that is lost, or an old one that a sync brought back, opens nothing.
    """
    told = _told_state(files)
    return SealState.SEALED if told is SealState.OPEN and _lies_sealed(files) else told


def _told_state(files: Files) -> SealState:
    try:
        found = _table(files).get("sealed", False)
    except (ValueError, VaultUnwritable):
        return SealState.OPEN
    if isinstance(found, bool):
        return SealState.SEALED if found else SealState.OPEN
    return next((each for each in SealState if each.value == found), SealState.OPEN)


def _lies_sealed(files: Files) -> bool:
    if not (files.root / KEY).is_dir():
        return False
    pages = islice(files.root.glob("entries/*/*/*/entry.md"), _LOOKED_AT)
    with suppress(VaultUnwritable):
        return any(files.read_open(each).startswith(MAGIC) for each in pages)
    return False


def recipient(files: Files) -> str:
    """Give the public key that the vault is sealed for; empty where it tells none."""
    return _text(files, "recipient", _RECIPIENT)


def mark(files: Files, new: SealState, recipient: str) -> None:
    """Write in the label whether the vault is sealed, and for whom; call it in the lock."""
    path = files.root / LABEL
    rest = _CHANGING.sub("", _kept_text(files))
    told = f'recipient = "{recipient}"\n' if new is not SealState.OPEN else ""
    rest = _ASKS_FIRST.sub("", rest) if new is SealState.OPEN else rest
    text = f"{_format(new)}{_sealed(new)}{told}{rest}"
    files.save_open(path, text.encode())


def _kept_text(files: Files) -> str:
    """Give the label as it is; a new one where none can be read and its key alone is left.

    Where it does not know of the seal, it may not know either of what was put aside for good.
    """
    asks = "asks_first = true\n" if _told_state(files) is not state(files) else ""
    try:
        _table(files)
        text = files.read_open(files.root / LABEL).decode()
        return f"{asks}{_ASKS_FIRST.sub('', text) if asks else text}"
    except (ValueError, VaultUnwritable):
        if not (files.root / KEY).is_dir():
            raise
        return f'{asks}id = "{secrets.token_hex(8)}"\n{_secret()}'


def asks_first(files: Files) -> bool:
    """Tell whether no deck may begin before somebody unlocked: one was put aside for good.

    A label that cannot be read says so too.
    """
    try:
        return _table(files).get("asks_first", False) is not False
    except (ValueError, VaultUnwritable):
        return True


def ask_first(files: Files, saving: Saving) -> None:
    """Write that in the label, where it does not stand there yet.

    Raises:
        VaultError: the label cannot be written.
    """
    with saving():
        if not asks_first(files):
            path = files.root / LABEL
            rest = _ASKS_FIRST.sub("", files.read_open(path).decode())
            files.save_open(path, f"asks_first = true\n{rest}".encode())


def _format(state: SealState) -> str:
    return f"format = {_PLAIN_FORMAT if state is SealState.OPEN else FORMAT}\n"


def _sealed(state: SealState) -> str:
    return f"sealed = {_STATES.get(state, chr(34) + state.value + chr(34))}\n"


def secret(files: Files) -> bytes:
    """Give what digests of this vault's sentences are keyed with; nothing if it has none yet."""
    return bytes.fromhex(_text(files, "secret", _SECRET))


def make_secret(files: Files, saving: Saving) -> bytes:
    """Give the vault a secret and tell it; what else stands in the label stays.

    Raises:
        VaultError: the label cannot be written, or a secret of another form stands there.
    """
    path = files.root / LABEL
    with saving():
        make(files)
        if not (found := secret(files)):
            # above everything, where no table can have begun
            first, feed, rest = files.read_open(path).decode().partition("\n")
            text = f"{first}{feed or chr(10)}{_secret()}{rest}"
            try:
                bounds.toml(text)
            except ValueError as error:
                raise _mangled(path.as_posix()) from error
            files.save_open(path, text.encode())
            found = secret(files)
    return found


def _secret() -> str:
    return f'secret = "{secrets.token_hex(32)}"\n'


def check(files: Files) -> None:
    """See whether this version may write into the vault; a vault without a label is fine.

    Raises:
        VaultUnwritable: made by a newer version, or the label is mangled; or the vault
            was sealed or unsealed since these files were opened.
    """
    path = files.root / LABEL
    if not path.exists():
        _expect_no_key(files)
        return
    try:
        found = _table(files).get("format")
    except ValueError as error:
        raise _mangled(path.as_posix()) from error
    if type(found) is not int:
        raise _mangled(path.as_posix())
    if found > FORMAT:
        raise VaultUnwritable(
            f"{path}: made by a newer version of voicereflect (format {found}).",
            hint="Update voicereflect; until then the vault can be read and is left as it is.",
        )
    if state(files).writes_sealed != files.sealed:
        done = "unsealed" if files.sealed else "sealed"
        raise VaultUnwritable(
            f"The vault was {done} meanwhile; this was not saved.", hint="Begin the command again."
        )


@contextmanager
def saving(files: Files, *, timeout_s: float = 10.0) -> Iterator[None]:
    """Hold the vault's lock for one save, where this version may write.

    Raises:
        VaultBusy, VaultUnwritable: another process has it; or like `check`.
    """
    with locks.held(files.root / locks.LOCK, timeout_s=timeout_s, remove=False):
        check(files)
        yield


def identity(files: Files, *, by_path: bool = False) -> str:
    """Give the vault's id; where it has none that can be read, one made of where it is."""
    told = "" if by_path else _text(files, "id", _ID)
    return told or hashlib.sha256(os.fsencode(files.root.absolute())).hexdigest()[:16]


def vault_id(files: Files) -> str:
    """Give the vault's id; empty where it has none that can be read."""
    return _text(files, "id", _ID)


def _text(files: Files, name: str, form: re.Pattern[str]) -> str:
    """Give what the label tells by that name; empty where it tells nothing of that form."""
    try:
        found = _table(files).get(name)
    except (ValueError, VaultUnwritable):
        return ""
    return found if isinstance(found, str) and form.fullmatch(found) else ""


def _table(files: Files) -> dict[str, Any]:
    return bounds.toml(files.read_open(files.root / LABEL).decode())


def _expect_no_key(files: Files) -> None:
    """See that a vault without a label is not a sealed one, into which nothing plain may go."""
    if (files.root / KEY).is_dir() and not files.sealed:
        raise VaultUnwritable(
            f"{files.root / LABEL} is gone, and files beside it are sealed.",
            hint="Put it back from a backup, or have `voicereflect vault seal` write it anew; "
            "nothing is lost.",
        )


def _mangled(where: str) -> VaultUnwritable:
    return VaultUnwritable(
        f"{where}: not a vault's label.", hint=f"Its first line must be `format = {FORMAT}`."
    )
