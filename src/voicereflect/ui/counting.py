"""Numbers of things, in words; knows no thing."""


def counted(number: int, what: str) -> str:
    """So many of something."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def minutes_in(seconds: float) -> str:
    """So many minutes; empty where nothing was spoken."""
    if seconds <= 0:
        return ""
    minutes = round(seconds / 60)
    return counted(minutes, "minute") if minutes else "less than a minute"


def counted_or_no(number: int, one: str, many: str) -> str:
    """So many of something, or no such thing."""
    return f"{number or 'no'} {one if number == 1 else many}"
