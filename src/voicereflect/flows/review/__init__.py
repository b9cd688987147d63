"""Looking back: what of a vault stands on a page or a screen, in the person's own words."""
