"""`voicereflect privacy`: what is kept where, what can leave, and what the system may do."""

from typing import Annotated, Any

import typer

from voicereflect.cli.shared import SOMETHING_WRONG, AsJson, print_json, say
from voicereflect.core.store.bounds import readable
from voicereflect.core.store.kept import KeptPlace, mode_text
from voicereflect.wiring import privacy as privacy_parts
from voicereflect.wiring.sealing import flows as seal_flows

Every = Annotated[bool, typer.Option("--all", help="Name every file, not only every kind.")]


def privacy(every: Every = False, as_json: AsJson = False) -> None:
    """Show what is kept where, try every way off this machine, and say what the system may do."""
    places, ways = list(privacy_parts.kept()), privacy_parts.ways()
    seal, notes = seal_flows.told_if_there(), list(privacy_parts.system())
    still_open = [f"{what} from {who}" for who, what, shut in ways if not shut]
    if as_json:
        print_json(
            {
                "kept": [_as_json(place, every=every) for place in places],
                "sealed": seal,
                "open": still_open,
                "system": notes,
            }
        )
    else:
        _show_places(places, every=every)
        say(f"\nThe vault is {seal}.")
        names = ", ".join(dict.fromkeys(what for _, what, _ in ways))
        tried = f"Tried just now, from this process and from a child: {names}."
        say(f"{tried} {'All are shut.' if not still_open else ''}".rstrip())
        for way in still_open:
            say(f"OPEN: {way}. docs/privacy.md says what that means.")
        say("\nWhat the system may still do:")
        for note in notes:
            say(f"- {note}")
    if still_open:
        raise typer.Exit(SOMETHING_WRONG)


def _show_places(places: list[KeptPlace], *, every: bool) -> None:
    folder = ""
    for place in places:
        if place.folder != folder:
            folder = place.folder
            say(f"{readable(folder)} {mode_text(place.folder_mode)}".rstrip())
        count = len(place.found)
        loose = f"; {place.loose} of them open to other users" if place.loose else ""
        files = "file " if count == 1 else "files"
        where = f"{place.modes}  {place.pattern or 'elsewhere'}"
        say(f"  {count:6} {files} {_size(place.size):>8}  {where}")
        say(f"    {place.holds}{loose}")
        for file in place.found if every else ():
            say(f"      {_size(file.size):>8}  {mode_text(file.mode):4}  {readable(file.path)}")


def _as_json(place: KeptPlace, *, every: bool) -> dict[str, Any]:
    found = {
        "root": place.root.value,
        "folder": place.folder,
        "mode": mode_text(place.folder_mode),
        "pattern": place.pattern,
        "holds": place.holds,
        "files": len(place.found),
        "size": place.size,
        "modes": place.modes.split(", ") if place.modes else [],
        "loose": place.loose,
    }
    if not every:
        return found
    files = [
        {"path": file.path, "size": file.size, "mode": mode_text(file.mode)} for file in place.found
    ]
    return {**found, "paths": files}


def _size(count: int) -> str:
    for unit, step in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if count >= step:
            return f"{count / step:.1f} {unit}"
    return f"{count} B"
