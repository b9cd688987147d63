"""Recurring themes, values in and values out; knows no disk, no model and no subject matter."""
