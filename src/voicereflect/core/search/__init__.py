"""From what a person types to the entries and passages that fit."""
