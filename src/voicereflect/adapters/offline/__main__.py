"""Prints as one JSON line what this process inherited; knows only the probe.

Run as `python -m voicereflect.adapters.offline`; it shuts nothing itself.
"""

import json
import sys
from dataclasses import asdict

from voicereflect.adapters.offline.probe import attempts

json.dump([asdict(attempt) for attempt in attempts()], sys.stdout)
sys.stdout.write("\n")
