"""The store of installed models: a folder for each, whole or not there at all.

Knows archives and disks; knows no network, and no library that uses a model.
"""

from voicereflect.adapters.model_store.problems import translated
from voicereflect.adapters.model_store.store import ModelStore, shipped_catalogue

__all__ = ["ModelStore", "shipped_catalogue", "translated"]
