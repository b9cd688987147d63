"""Whether the key that was opened is the one a vault's label names."""

from pathlib import Path

from voicereflect.errors import VaultUnwritable


def expect_own_key(told: str, opened: str, label: Path) -> None:
    """Expect the recipient that a label tells to be that of the opened key.

    Raises:
        VaultUnwritable: the label tells none, or another.
    """
    if not told:
        raise VaultUnwritable(
            f"{label} is lost or an old one: it does not name the vault's key.",
            hint="Put it back from a backup, or have `voicereflect vault seal` write it anew.",
        )
    if told != opened:
        raise VaultUnwritable(
            f"{label} names another key than the one in key/.",
            hint="Take both from the same backup; nothing was opened or changed.",
        )
