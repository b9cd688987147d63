"""Everything that can go wrong for a user, as one tree; knows no other module.

ReflectError                 never raised itself
  SettingsError              2   a bad settings file, variable or option value
  DeckError                  3   a deck that cannot be used as written
  DeviceError                    never raised itself
    NoMicrophone             10  nothing to record with
    NoLoudspeaker            11  nothing to play on
    DeviceLost               12  a device went away while in use
  VoiceError                 20  a prompt could not be spoken
  ModelError                     never raised itself
    ModelMissing             30  the speech model is not installed
    ModelDamaged             31  a model file differs from its published hash
    TranscriptionFailed      32  the speech worker gave up
    ModelFetchFailed         33  a model could not be fetched or unpacked
    MeaningFailed            34  the process that knows what sentences mean gave up
  RecordingUnreadable        40  a sound file that cannot be decoded
  JournalUnreadable          41  an export of another program that cannot be read
  BackupDamaged              42  a backup that is not whole, or is none
  VaultError                     never raised itself
    EntryUnreadable          50  an entry someone or something mangled
    VaultUnwritable          51  no room, no permission, or no such folder
    EntryNotFound            52  a reference that names no entry, or several
    VaultBusy                53  another process holds the lock for too long
    IndexDamaged             54  the index cannot be used, even made again
    AlreadyKept              55  the recording is in the vault already
    VaultMissing             56  the vault is not where it was
    VaultLocked              57  the vault is sealed, and nobody gave its passphrase
    WrongPassphrase          58  a passphrase or recovery key that does not open the vault
    NotEnoughMemory          59  the machine gives no more memory
  NetworkOpen                60  the network could not be shut: nothing is run
  ThemeNotFound              70  a name that means no theme, or several
  ThemesUnreadable           71  a themes.toml someone or something mangled
"""

from typing import ClassVar


class ReflectError(Exception):
    """A problem a person can act on: what happened, and what to do now.

    Neither text may hold a word of an entry.
    """

    exit_code: ClassVar[int] = 1

    def __init__(self, what: str, *, hint: str) -> None:
        """Keep both sentences; `str()` gives the first."""
        super().__init__(what)
        self.what = what
        self.hint = hint

    @property
    def sentence(self) -> str:
        """`what` as a sentence: a capital, unless a file's name begins it, and a full stop."""
        begins_with_word = self.what.split(" ", 1)[0].isalpha()
        text = self.what[:1].upper() + self.what[1:] if begins_with_word else self.what
        return text if text.endswith((".", "!", "?")) else f"{text}."

    @property
    def line(self) -> str:
        """What happened and what to do now, in one line."""
        return f"{self.sentence} {self.hint}"


class SettingsError(ReflectError):
    """A settings file, environment variable or option has a bad value."""

    exit_code = 2


class DeckError(ReflectError):
    """A deck cannot be used as written."""

    exit_code = 3


class DeviceError(ReflectError):
    """Something about the sound devices."""

    def __init__(self, what: str, *, hint: str, others: tuple[str, ...] = ()) -> None:
        """Keep also which other devices could be used at once, by name."""
        super().__init__(what, hint=hint)
        self.others = others


class NoMicrophone(DeviceError):
    """There is nothing to record with."""

    exit_code = 10


class NoLoudspeaker(DeviceError):
    """There is nothing to play on."""

    exit_code = 11


class DeviceLost(DeviceError):
    """A device went away while it was in use."""

    exit_code = 12


class VoiceError(ReflectError):
    """A prompt could not be turned into speech."""

    exit_code = 20


class ModelError(ReflectError):
    """Something about the models."""


class ModelMissing(ModelError):
    """The model is not installed."""

    exit_code = 30


class ModelDamaged(ModelError):
    """A model file differs from its published hash."""

    exit_code = 31


class TranscriptionFailed(ModelError):
    """The speech worker gave up."""

    exit_code = 32


class ModelFetchFailed(ModelError):
    """A model could not be fetched or unpacked."""

    exit_code = 33

    def __init__(self, what: str, *, hint: str, elsewhere: bool = False) -> None:
        """Say what happened; `elsewhere`: another source may still give the model."""
        super().__init__(what, hint=hint)
        self.elsewhere = elsewhere


class MeaningFailed(ModelError):
    """The process that knows what sentences mean gave up."""

    exit_code = 34


class RecordingUnreadable(ReflectError):
    """A sound file cannot be decoded."""

    exit_code = 40


class JournalUnreadable(ReflectError):
    """An export of another program cannot be read."""

    exit_code = 41


class BackupDamaged(ReflectError):
    """A backup is not whole, or is none."""

    exit_code = 42


class VaultError(ReflectError):
    """Something about the vault."""


class EntryUnreadable(VaultError):
    """An entry's file cannot be parsed."""

    exit_code = 50


class VaultUnwritable(VaultError):
    """The vault cannot be written: no room, no permission, or no folder."""

    exit_code = 51


class EntryNotFound(VaultError):
    """A reference names no entry, or more than one."""

    exit_code = 52


class VaultBusy(VaultError):
    """Another process holds a lock for longer than one save takes."""

    exit_code = 53


class IndexDamaged(VaultError):
    """The index cannot be used as it is; it is a cache and can be made again."""

    exit_code = 54


class AlreadyKept(VaultError):
    """A recording is in the vault already."""

    exit_code = 55

    def __init__(self, entry_id: str) -> None:
        """Keep which entry it is."""
        super().__init__(
            f"the recording is in the vault already, as {entry_id.rpartition('-')[2]}",
            hint=f"`voicereflect show {entry_id.rpartition('-')[2]}` shows it.",
        )
        self.entry_id = entry_id


class VaultMissing(VaultError):
    """The vault is not where it was: its disk or its folder is away."""

    exit_code = 56


class VaultLocked(VaultError):
    """The vault is sealed, and its key is not there."""

    exit_code = 57


class WrongPassphrase(VaultError):
    """A passphrase or recovery key does not open the vault."""

    exit_code = 58


class NotEnoughMemory(VaultError):
    """The machine gives no more memory, so the vault's index cannot be read."""

    exit_code = 59


class NetworkOpen(ReflectError):
    """The network could not be shut, so nothing is run."""

    exit_code = 60


class ThemeNotFound(ReflectError):
    """A name means no theme, or more than one."""

    exit_code = 70


class ThemesUnreadable(ReflectError):
    """The vault's themes.toml cannot be read."""

    exit_code = 71
