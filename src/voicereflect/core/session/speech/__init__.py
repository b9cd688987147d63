"""What is heard and said where nobody sees the screen: commands, silence, phrases."""
