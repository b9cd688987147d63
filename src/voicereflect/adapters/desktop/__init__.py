"""What a person has on their machine beside us: a pager, a file manager, an editor."""
