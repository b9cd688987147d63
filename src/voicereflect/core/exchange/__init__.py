"""What leaves the vault for other programs, as texts; knows no file."""
