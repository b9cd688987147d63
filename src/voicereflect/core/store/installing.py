"""How the natural voice is added to an installation, by the tool that made it; knows no disk."""

from typing import Final

EXTRA: Final = "voicereflect[voice]"
PACKAGE: Final = "hibari-tts==0.2.1"


def voice_advice(found_in_prefix: frozenset[str], *, pip: bool, python: str) -> str:
    """Say the one command that adds the voice; by the files that tools leave where they install."""
    if "uv-receipt.toml" in found_in_prefix:
        return f"`uv tool install '{EXTRA}' --with pip`"
    if "pipx_metadata.json" in found_in_prefix:
        return f"`pipx inject voicereflect {PACKAGE}`"
    if pip:
        return f"`{python} -m pip install {PACKAGE}`"
    return f"install {PACKAGE} beside voicereflect, as it was installed itself"
