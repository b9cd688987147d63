"""What strace saw of a session: system calls in the order of their end, with file names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

FILE_CALLS = "openat,write,pwrite64,fsync,fdatasync,?rename,?renameat,?renameat2,?unlink,?unlinkat"
SOCKET_CALLS = "socket,socketpair,io_uring_setup"

_LINE = re.compile(r"(?P<pid>\d+)\s+(?P<rest>.*)")
_CALL = re.compile(r"(?P<name>\w+)\((?P<args>.*)\)\s+= (?P<result>-?\w+)(?P<error>.*)")
_RESUMED = re.compile(r"<\.\.\. \w+ resumed>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One system call."""

    pid: int
    name: str
    args: str
    result: int
    error: str

    @property
    def file(self) -> str:
        """The file behind the descriptor that is the first argument."""
        found = re.match(r"\d+<([^>]*)>", self.args)
        return found[1] if found else ""

    @property
    def quoted(self) -> list[str]:
        """The strings among the arguments."""
        return re.findall(r'"((?:[^"\\]|\\.)*)"', self.args)


def strace(calls: str, log: Path, *, refused: bool = True) -> Sequence[str]:
    """What to put before a command; without those our filter refuses it is far quicker."""
    quick = () if refused else ("--seccomp-bpf",)
    shown = ("-y", "-s", "80", "-o", str(log), "-e", f"trace={calls}")
    return ("strace", "-f", *quick, *shown)


def seen(log: Path) -> Iterator[Call]:
    """Read a log; a call another thread interrupted is put together again."""
    begun: dict[str, str] = {}
    for line in log.read_text(errors="replace").splitlines():
        found = _LINE.match(line)
        if not found:
            continue
        pid, rest = found["pid"], found["rest"]
        if rest.endswith("<unfinished ...>"):
            begun[pid] = rest.removesuffix("<unfinished ...>")
            continue
        if resumed := _RESUMED.match(rest):
            rest = begun.pop(pid, "").rstrip() + rest[resumed.end() :]
        if call := _CALL.match(rest):
            yield Call(
                pid=int(pid),
                name=call["name"],
                args=call["args"],
                result=int(call["result"], 0) if call["result"] != "-1" else -1,
                error=call["error"].strip(),
            )
