"""Commands that load nothing to read what is plain; knows typer's parameters, and no command.

typer reads every option with pydantic, even one that was not typed, and loading
that takes a fifth of the time of `list`.
"""

from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

OF_PYDANTIC = "Value error, "
"""What stands before a message that says all without it."""


class Command(TyperCommand):
    """A command that leaves to typer only what is not plain."""

    def get_params(self, ctx: Any) -> Any:
        """All parameters, and `--help`."""
        return [_sparing(each) for each in super().get_params(ctx)]


class Group(TyperGroup):
    """The same for commands of several words."""

    def get_params(self, ctx: Any) -> Any:
        """All parameters, and `--help`."""
        return [_sparing(each) for each in super().get_params(ctx)]


def _sparing(param: Any) -> Any:
    kind = getattr(getattr(param, "type_descriptor", None), "annotation", None)
    if kind is None or "process_value" in vars(param):  # another typer, or done already
        return param
    reads = param.process_value

    def process_value(ctx: Any, value: Any) -> Any:
        if not _is_plain(param, kind, value):
            try:
                return reads(ctx, value)
            except typer.BadParameter as error:
                error.message = error.message.removeprefix(OF_PYDANTIC)
                raise
        many = value is None and (param.multiple or param.nargs == -1)
        read = () if many else value
        return param.callback(ctx, param, read) if param.callback else read

    param.process_value = process_value
    return param


def _is_plain(param: Any, kind: Any, value: Any) -> bool:
    """Tell whether typer would give back what it is given."""
    if value is None or value == ():
        return not param.required
    if isinstance(value, tuple | list):
        return kind == list[str] and all(isinstance(each, str) for each in value)
    return isinstance(kind, type) and isinstance(value, kind)
