"""What was taken out of the vault: to be put back, or to be destroyed for good."""
