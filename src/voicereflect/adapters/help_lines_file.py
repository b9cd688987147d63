"""The help lines that come with the package."""

from importlib import resources

from voicereflect.core.safety.help_lines import HelpLines, parse_help_lines


def shipped_help_lines() -> HelpLines:
    """Read them."""
    return parse_help_lines(
        resources.files("voicereflect").joinpath("help_lines.toml").read_text("utf-8")
    )
