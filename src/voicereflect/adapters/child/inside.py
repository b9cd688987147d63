"""How a process of ours begins: the network shut, and standard output for messages alone."""

import os
from typing import BinaryIO

from voicereflect.adapters.offline import shut_child


def begin() -> BinaryIO:
    """Shut the network and give the way to the parent; call it before any library is loaded.

    Whatever a library prints from now on goes to standard error, which the parent throws away.
    """
    shut_child()
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return out
