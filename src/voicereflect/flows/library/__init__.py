"""What is kept: bring it in, list, search, show, hear, mend, change, destroy, recover."""
