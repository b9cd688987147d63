"""Knows which of Python's socket events stay on this machine; must not know any library.

An audit hook sees what Python code does, not what C code does: that is the kernel's part.
"""

import errno
import os
import sys

from voicereflect.errors import NetworkOpen

SHUT = "the network is shut for this program"
"""What every refusal of ours says, so that it is not taken for the system's."""

RESOLVERS = (
    "/run/systemd/resolve/",
    "/run/nscd/",
    "/run/.nscd_socket",
    "/run/nslcd/",
    "/run/avahi-daemon/",
    "/run/mdnsd",
    "/run/mDNSResponder",
    "/run/samba/winbindd/",
    "/var/lib/sss/pipes/",
)
"""Where programs listen that look names up for others; `/var/run` counts as `/run`."""

# By number, so that the socket module need not be loaded; AF_UNIX is 1 on every system.
_UNSET, _AF_UNIX, _AF_INET, _WINDOWS_AF_INET6 = -1, 1, 2, 23
_LOOK_UPS = frozenset(
    {
        "socket.getaddrinfo",
        "socket.gethostbyaddr",
        "socket.gethostbyname",
        "socket.getnameinfo",
    }
)
_ADDRESSED = frozenset({"socket.bind", "socket.connect", "socket.sendmsg", "socket.sendto"})
_WATCHED = _LOOK_UPS | _ADDRESSED | {"socket.__new__"}


def install(platform: str) -> None:
    """Refuse what `refuses` names until this interpreter ends; a second call changes nothing.

    Raises:
        NetworkOpen: the hook is not there afterwards.
    """
    if _is_installed():
        return

    def hook(event: str, args: tuple[object, ...]) -> None:
        if event in _WATCHED and refuses(event, args, platform=platform):
            # An OSError, because that is what every library expects of a socket.
            raise PermissionError(errno.EPERM, SHUT)

    sys.addaudithook(hook)
    # An older hook may veto a new one, and Python then says nothing.
    if not _is_installed():
        raise NetworkOpen(
            "Python did not accept the hook that shuts the network.",
            hint="Start voicereflect without the debugger or monitor that hooks into Python.",
        )


def refuses(event: str, args: tuple[object, ...], *, platform: str) -> bool:
    """Tell whether an audit event would reach past this machine."""
    if event in _LOOK_UPS:
        return True
    if event == "socket.__new__":
        return args[1] not in _families(platform)
    return event in _ADDRESSED and not _is_local(args[1], platform)


def _is_installed() -> bool:
    try:
        sys.audit("socket.gethostbyname", "localhost")
    except PermissionError as error:
        return error.strerror == SHUT
    return False


def _families(platform: str) -> tuple[int, ...]:
    # Windows has no socket pairs: Python makes them from two loopback sockets.
    if platform == "win32":
        return (_UNSET, _AF_UNIX, _AF_INET, _WINDOWS_AF_INET6)
    return (_AF_UNIX,)


def _is_local(address: object, platform: str) -> bool:
    if address is None:  # sendmsg on a socket that is already connected
        return True
    if isinstance(address, str | bytes | bytearray | memoryview):
        path = os.fsdecode(address if isinstance(address, str) else bytes(address))
        return not _is_resolver(path)
    return (
        platform == "win32"
        and isinstance(address, tuple)
        and address[:1] in (("127.0.0.1",), ("::1",))
    )


def _is_resolver(path: str) -> bool:
    if "\0" in path:  # Linux's abstract names; no resolver is known to use one
        return False
    # As written and with links followed: /var/run is a link on Linux, /var on macOS.
    for spelling in (os.path.abspath(path), os.path.realpath(path)):  # noqa: PTH100 - no pathlib yet
        plain = spelling.removeprefix("/private")
        if plain.startswith("/var/run/"):
            plain = plain.removeprefix("/var")
        if plain.startswith(RESOLVERS):
            return True
    return False
