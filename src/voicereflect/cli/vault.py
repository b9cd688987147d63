"""`voicereflect vault`: looking after the folder that everything is kept in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from voicereflect.cli.shared import SOMETHING_WRONG, AsJson, group, note, print_json, say
from voicereflect.core.entry.days import day_and_time
from voicereflect.core.entry.ids import short
from voicereflect.core.entry.merging import MergeChoice
from voicereflect.core.sealing.states import AFTER_SEALING, BEFORE_SEALING, SealState, Turned
from voicereflect.core.store.bounds import readable
from voicereflect.errors import ReflectError
from voicereflect.ui.library.backups import damage_lines, since_line
from voicereflect.ui.library.merging import beside
from voicereflect.ui.wording import clock, once_each
from voicereflect.wiring import exchange, library
from voicereflect.wiring.sealing import flows as seal_flows

if TYPE_CHECKING:
    from voicereflect.flows.library.merging import CopyMerging

STATUS = {
    SealState.OPEN: "The vault is not sealed: who has the disk can read it.",
    SealState.SEALING: "The vault is being sealed; `voicereflect vault seal` goes on with it.",
    SealState.SEALED: "The vault is sealed.",
    SealState.UNSEALING: "The seal is being taken away; `voicereflect vault unseal` goes on.",
}

app = group("Look after the folder that everything is kept in.")


@app.command()
def check(
    sound: Annotated[
        bool, typer.Option("--sound", help="Read all sound, compare all files.")
    ] = False,
    mend: Annotated[
        bool, typer.Option("--mend", help="Close to others what is open to them.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Read all that is kept, compare the index with it, and say what was found."""
    report = library.check().run(whole_sound=sound, mend=mend)
    since = exchange.seen_files().compare() if sound else None
    if as_json:
        print_json(
            {
                "entries": report.entries,
                "sounds": report.sounds,
                "duration_s": round(report.seconds, 3),
                "index": report.index,
                "problems": [{"what": p.what, "hint": p.hint} for p in report.problems],
                "unread": [each.path for each in report.others],
                "files": asdict(since) | {"since": str(since.since or "")} if since else None,
            }
        )
    else:
        typer.echo(f"entries: {report.entries} can be read")
        how = "to the end" if sound else "at their beginning"
        typer.echo(f"sounds:  {report.sounds} can be read {how}, {clock(report.seconds)} in all")
        typer.echo(f"index:   {report.index}")
        if since is not None:
            typer.echo(f"files:   {since_line(since)}")
        told = once_each((each.what, each.hint) for each in report.problems)
        told += damage_lines(since) if since is not None else ()
        told += once_each((each.what, each.hint) for each in report.others)
        for line in told:
            say(line)
    if report.problems or (since is not None and since.damaged):
        raise typer.Exit(SOMETHING_WRONG)


@app.command()
def begin() -> None:
    """Begin an empty vault where the settings say, also where another one was."""
    folder, new = library.begin_vault()
    told = "is a vault now" if new else "is a vault already, and is left as it was"
    say(f"{readable(str(folder))} {told}.")


@app.command()
def seal() -> None:
    """Make everything in the vault unreadable without a passphrase, also what comes later."""
    note(*BEFORE_SEALING)
    with _told_if_stopped("seal"):
        turned = seal_flows.sealing().seal()
    note(f"Sealed: {turned.files} files, each opened again and compared.")
    _tell_of(turned, "stays as it is: damaged, a link, or sealed with another key.")
    note(AFTER_SEALING)
    if turned.left:
        raise typer.Exit(SOMETHING_WRONG)


@app.command()
def unseal() -> None:
    """Make everything in the vault plain again, and let go of its key."""
    with _told_if_stopped("unseal"):
        turned = seal_flows.sealing().unseal()
    note(f"Plain again: {turned.files} files, each compared.")
    _tell_of(turned, "could not be opened and stays sealed; its key is in key-kept/.")
    if turned.left:
        raise typer.Exit(SOMETHING_WRONG)


@app.command()
def status(as_json: AsJson = False) -> None:
    """Tell whether the vault is sealed, for how long its key is held, and what lies plain."""
    found = seal_flows.told()
    if as_json:
        lists = {"plain": list(found.plain), "lost": list(found.lost)}
        print_json({"state": found.state.value, "held_s": found.held_s, **lists})
        return
    say(STATUS[found.state])
    if found.state is not SealState.OPEN:
        held = f"is held for {clock(found.held_s)} more" if found.held_s else "is held by nobody"
        say(f"Its key {held}.")
    for path in found.lost:
        say(f"{path} is gone: put it back from a backup, before the other way in is lost too.")
    if found.plain and found.state.writes_sealed:
        say(f"{len(found.plain)} files lie plain; `voicereflect vault seal` seals them:")
        for path in found.plain:
            say(f"  {path}")


@app.command()
def passphrase() -> None:
    """Change the passphrase of a sealed vault; its recovery words stay the same."""
    seal_flows.sealing().change_passphrase()
    note("The new passphrase opens the vault now. Backups made before still open with the old one.")


@contextmanager
def _told_if_stopped(what: str) -> Iterator[None]:
    """Say what goes on with it, where somebody presses Ctrl-C in the middle."""
    try:
        yield
    except KeyboardInterrupt:
        note(f"Stopped. Nothing is lost; `voicereflect vault {what}` goes on with it.")
        raise


def _tell_of(turned: Turned, why: str) -> None:
    for path in turned.left:
        note(f"{path} {why}")
    if turned.others:
        note(f"Not of voicereflect, and left as it is: {', '.join(turned.others)}.")


@app.command()
def merge() -> None:
    """Go through copies that a sync left beside pages, and choose what stays of each."""
    flow = exchange.merging()
    waiting = flow.waiting()
    for entry_id, name in waiting:
        try:
            _merge(flow, entry_id, name)
        except ReflectError as problem:  # the others can be merged all the same
            note(problem.line)
    if not waiting:
        note("No page has a copy beside it.")


def _merge(flow: "CopyMerging", entry_id: str, name: str) -> None:
    entry, places = flow.places(entry_id, name)
    typer.echo(f"{entry.title}, {day_and_time(entry.started_at)} · {short(entry.id)} · {name}")
    chosen = {}
    for place in places:
        typer.echo(f"\n{beside(place)}")
        chosen[place.number] = _chosen()
    flow.merge(entry_id, name, chosen)
    note("Merged. The copy is in the trash.")


def _chosen() -> MergeChoice:
    """Ask which of two texts stays, until there is an answer."""
    while True:
        said = typer.prompt("1 the entry's, 2 the copy's, 3 both", err=True)
        if said in tuple(MergeChoice):
            return MergeChoice(said)
