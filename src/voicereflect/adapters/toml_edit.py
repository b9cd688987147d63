"""Changes TOML that people edit too: comments, order and all that is not meant stay as they are.

Known to all adapters; knows no file and no key.
"""

from collections.abc import Callable

import tomlkit
from tomlkit.exceptions import TOMLKitError

from voicereflect.core.store import bounds


def edited(text: str, change: Callable[[tomlkit.TOMLDocument], None]) -> str:
    """Give the text with one change made.

    Raises:
        ValueError: it is not TOML, or a value in it is beyond reason; `bounds.toml_problem` tells.
    """
    bounds.toml(text)
    try:
        document = tomlkit.parse(text)
        change(document)
        return tomlkit.dumps(document)
    except TOMLKitError as error:
        raise ValueError("this is not TOML") from error
