"""What a person keeps beside the entries: curation, pages, picks and vocabulary."""
