"""Looking back: what was said within a stretch of time, as values; knows no page and no screen."""
