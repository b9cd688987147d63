"""Days as they are written and said, whatever the system's language; knows no clock."""

from datetime import date, datetime
from typing import Final

_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def day_in_words(day: date) -> str:
    """Write a day: `9 March 2025`."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def day_and_time(moment: datetime) -> str:
    """Write a moment in its own zone: `Sunday 9 March 2025, 08:30`."""
    return f"{_DAYS[moment.weekday()]} {day_in_words(moment)}, {moment:%H:%M}"
