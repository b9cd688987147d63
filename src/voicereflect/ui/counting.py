"""Numbers of things, in words; knows no thing."""


def counted(number: int, what: str) -> str:
    """So many of something."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def spoken_for(seconds: float) -> str:
    """So long, to the minute; empty where nothing was spoken."""
    minutes = round(seconds / 60)
    hours, rest = divmod(minutes, 60)
    if hours > 1:
        more = f" and {counted(rest, 'minute')}" if rest else ""
        return f"{counted(hours, 'hour')}{more}"
    if not minutes:
        return "less than a minute" if seconds > 0 else ""
    return counted(minutes, "minute")


def counted_or_no(number: int, one: str, many: str = "") -> str:
    """So many of something, or no such thing; `many` where an s alone does not make it."""
    return f"{number or 'no'} {one if number == 1 else many or f'{one}s'}"
