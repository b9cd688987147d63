"""The seams: what flows ask of the outside, a file a capability; knows core's values and errors.

Bytes cross them, never file names: behind them may stand a sealed vault, or a pipe.
Each file tells types alone, so what it names is not loaded with it.
"""
