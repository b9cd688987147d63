"""A plain text or Markdown file as one entry."""

from pathlib import PurePosixPath

from voicereflect.core.entry.dates.dates_in_names import from_name
from voicereflect.core.entry.dates.recording_dates import Here, placed
from voicereflect.core.journals.values import ForeignText, Found, Program, Told, arrival


def read(page: ForeignText, here: Here) -> Found:
    """Read it, dated by its name or its last change."""
    name = PurePosixPath(page.name).name
    named = from_name(name, now=here.now)
    moment = named[0] if named else here.in_zone(page.changed_at)
    return arrival(
        Told(
            program=Program.TEXT,
            name=name,
            key=(name, page.text),
            moment=placed(moment, here),
            dated_by="file name" if named else "last change of the file",
            text=page.text,
            left_out=[page.remark] if page.remark else [],
        )
    )
