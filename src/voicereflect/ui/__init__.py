"""What a person sees; the only importers of rich."""
