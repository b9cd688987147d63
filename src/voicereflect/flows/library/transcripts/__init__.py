"""Makes texts of sound, again or better, and mends them."""
