"""Help lines as lines of text and as JSON."""

import textwrap
from typing import Any

from voicereflect.core.safety.help_lines import KINDS, Country, HelpLines
from voicereflect.ui.wording import WIDTH


def country_page(lines: HelpLines, country: Country) -> str:
    """The lines of one country, and where else to look."""
    page = [country.name, ""]
    for line in country.lines:
        page.append(f"{KINDS[line.kind]}:")
        page.append(f"  {line.number}  {line.name}".rstrip())
        if line.hours:
            page.append(f"  {line.hours}")
        page.append(f"  {line.source}")
        page.append("")
    page.append("Not every line answers at night; the emergency number does.")
    page.append(f"Looked up on {lines.noted}; numbers change: the pages above have the newest.")
    page.append(f"More: {lines.directory_name}, {lines.directory}")
    return "\n".join(page)


def anywhere(lines: HelpLines) -> str:
    """What helps in any country."""
    where = f"{lines.directory_name}: {lines.directory}"
    return "\n".join([*textwrap.wrap(lines.emergency, WIDTH), where])


def anywhere_page(lines: HelpLines) -> str:
    """The same, and for which countries more is known."""
    return "\n".join(
        [
            anywhere(lines),
            "",
            *textwrap.wrap(f"Known here: {lines.known}.", WIDTH),
            "voicereflect help-lines --country CODE",
        ]
    )


def help_json(lines: HelpLines, country: Country | None) -> dict[str, Any]:
    """Everything for programs."""
    return {
        "noted": lines.noted.isoformat(),
        "country": country.code if country else None,
        "lines": [
            {
                "kind": line.kind,
                "name": line.name,
                "number": line.number,
                "hours": line.hours,
                "source": line.source,
                "seen": line.seen,
                "checked": line.checked,
            }
            for line in (country.lines if country else ())
        ],
        "anywhere": {"emergency": lines.emergency, "directory": lines.directory},
    }
