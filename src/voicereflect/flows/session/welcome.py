"""What is shown before a session begins, where there is something to tell."""

from typing import Final

from voicereflect.core.entry.languages import only_english
from voicereflect.ports.screen import Screen
from voicereflect.ports.vault import Vault

FIRST_USE: Final = "This is made for adults. It is not therapy, and it contacts no one."
"""Said once: before the first entry."""


def greet(vault: Vault, screen: Screen, *, is_locked: bool) -> None:
    """Say once what this is; a vault that is locked had its first entry before."""
    if not is_locked and not vault.newest(1):
        screen.note(FIRST_USE)


def tell_english_only(screen: Screen, language: str, *, calm: bool, hands_free: bool) -> None:
    """Say what does not know the language that is spoken, of what is turned on."""
    if calm and (line := only_english(language, "Words of danger are noticed")):
        screen.note(f"{line} `voicereflect help-lines` shows whom to call.")
    if hands_free and (line := only_english(language, "Spoken commands are understood")):
        screen.note(line)
