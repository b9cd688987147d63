"""One file per command: parse, one flow, show."""
