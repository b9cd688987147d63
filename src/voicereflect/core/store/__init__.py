"""What files say, before it means anything: bounds, lines of TOML, models, and what lies where."""
