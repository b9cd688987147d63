"""Who is at the other end of a local socket."""

import socket
import struct
from typing import Final

_PEER: Final = struct.Struct("3i")


def is_of(peer: socket.socket, user: int) -> bool:
    """Tell whether it is a process of that user; where the system does not tell, yes."""
    option = getattr(socket, "SO_PEERCRED", None)
    if option is None:
        return True  # the socket's folder is open to this user alone
    _, found, _ = _PEER.unpack(peer.getsockopt(socket.SOL_SOCKET, option, _PEER.size))
    return bool(found == user)
