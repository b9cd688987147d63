"""A session as values: what it asks, hears and decides; no clock, no disk, no device."""
