"""What protects the one who speaks: consent, danger, help lines, and what may come back."""
