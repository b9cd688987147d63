"""A session whose answers are typed, on the screen."""
