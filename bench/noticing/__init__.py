"""How the numbers of the calm line are fitted and counted."""
