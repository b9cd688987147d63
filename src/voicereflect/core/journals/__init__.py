"""What other programs wrote, read as entries; values in, values out, and no file."""
