"""Recordings: sound files that stand in for a microphone, or that are imported."""

from voicereflect.adapters.recordings.containers import translated
from voicereflect.adapters.recordings.folder import Recordings
from voicereflect.adapters.recordings.single import RecordingFile

__all__ = ["RecordingFile", "Recordings", "translated"]
