"""One outside thing each; the only importers of their libraries."""
