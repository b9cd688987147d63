"""Pure: values in, values out; no clock, no dice, no disk, no device."""
