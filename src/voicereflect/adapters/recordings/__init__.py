"""Recordings: sound files that stand in for a microphone, or that are imported."""

from voicereflect.adapters.recordings.containers import translated
from voicereflect.adapters.recordings.folder import Recordings
from voicereflect.adapters.recordings.single import MediaFile

__all__ = ["MediaFile", "Recordings", "translated"]
