"""How loud a block of sound is; arithmetic over samples, nothing else."""

import numpy as np

FULL_SCALE = 32768.0
SILENCE_DBFS = -96.0
"""What digital silence is called: the floor of 16 bits."""


def level_dbfs(pcm: bytes) -> float:
    """Root mean square of a block in dB below full scale, never under `SILENCE_DBFS`."""
    samples = np.frombuffer(pcm, dtype=np.int16).astype(np.float64)
    if not len(samples):
        return SILENCE_DBFS
    power = float(np.mean(samples * samples)) / (FULL_SCALE * FULL_SCALE)
    return max(SILENCE_DBFS, 10 * float(np.log10(power))) if power else SILENCE_DBFS
