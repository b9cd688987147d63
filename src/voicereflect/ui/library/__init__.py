"""What is kept, on paper and screen: entries, lists, hits, answers heard again, unsure words."""
