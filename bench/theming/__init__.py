"""Parts of the benchmark of themes: data, baselines, measures."""
