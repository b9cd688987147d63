"""The spoken voice, rendered in child processes; nothing here plays sound.

`natural` has one child for a sitting and speaks English; `parent` has one for each text, and
speaks whatever the system's own engine does.
"""
