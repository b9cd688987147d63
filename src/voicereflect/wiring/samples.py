"""Sample answers, for a session that nobody sits in: when they are heard, and where they go."""

from voicereflect import wiring
from voicereflect.adapters.keyboard import attended


def use_vault_if_heard(deck_name: str) -> None:
    """Leave the chosen vault alone where nobody is there and a deck's sample answers are heard."""
    from voicereflect.adapters.deck_folder import shipped_answers

    if not attended() and (shipped_answers() / deck_name).is_dir():
        wiring.use_sample_vault()


def told() -> str:
    """Where the sample answers are and how to look at them; empty where none were heard."""
    samples = wiring.sample_vault()
    if wiring.settings().vault != samples:
        return ""
    return (
        f"These are sample answers, in a vault of their own: {samples}. Yours is untouched. "
        f"VOICEREFLECT_VAULT={samples} before a command looks at them."
    )
