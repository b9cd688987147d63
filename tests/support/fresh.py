"""Code in an interpreter of its own: what shuts a process in cannot be taken off again."""

import os
import subprocess
import sys

SHUT = "from voicereflect.adapters.offline import shut; shut()\n"

_REFUSING = """
import ctypes
class Compared(ctypes.Structure):
    _fields_ = [("argument", ctypes.c_uint), ("how", ctypes.c_int),
                ("value", ctypes.c_uint64), ("second", ctypes.c_uint64)]
library = ctypes.CDLL("libseccomp.so.2"); library.seccomp_init.restype = ctypes.c_void_p
rules = ctypes.c_void_p(library.seccomp_init(ctypes.c_uint32(0x7fff0000)))
for name, first in {calls!r}:
    number = library.seccomp_syscall_resolve_name(name.encode())
    equal = Compared(0, 4, first or 0, 0)
    assert library.seccomp_rule_add_array(
        rules, 0x50001, number, first is not None, ctypes.byref(equal)) == 0
assert library.seccomp_load(rules) == 0
"""


def refusing(*calls: tuple[str, int | None]) -> str:
    """Code that has the kernel refuse calls: each a name, and its first argument if that counts."""
    return _REFUSING.format(calls=list(calls))


def run(code: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run code and wait for it."""
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, **environment},
    )


def said(code: str, *arguments: str) -> str:
    """Run code that has to succeed, and return what it printed."""
    done = run(code, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()
