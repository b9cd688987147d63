"""Sound as samples: how loud, where speech ends, what is not ours to keep, where to cut."""
