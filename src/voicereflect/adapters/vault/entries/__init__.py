"""Where entries stand in the vault, which are the newest, and which were not finished."""
