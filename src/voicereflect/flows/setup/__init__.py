"""Whether everything is there: models, and a look at every part."""
