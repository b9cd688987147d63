"""Where models come from: the public hub, and wheels that carry them."""
