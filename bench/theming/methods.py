"""Ways to give each passage a theme: the product's clusterer, and two from the field."""

from collections.abc import Sequence

import numpy as np

from bench.theming.data import Day
from voicereflect.core.themes.clustering.clusterer import IncrementalClusterer, begin
from voicereflect.core.themes.clustering.clusters import KnownExamples
from voicereflect.core.themes.clustering.tuning import Tuning
from voicereflect.core.themes.clustering.vectors import Vectors, smoothed
from voicereflect.core.themes.passages import PassagePlace

WIDTH = 384
TOPICS = 20
"""Of NMF; it has to be told."""


def clustered(
    days: Sequence[Day], seeds: Sequence[KnownExamples] = (), tuning: Tuning | None = None
) -> IncrementalClusterer:
    """Fold a diary as the product does."""
    made = begin(seeds, tuning or Tuning(), width=WIDTH)
    for day in days:
        made.add(day.entry, day.vectors)
    return made


def ours(days: Sequence[Day], seeds: Sequence[KnownExamples] = ()) -> dict[PassagePlace, int]:
    """The product's themes."""
    return by_place(clustered(days, seeds))


def by_place(made: IncrementalClusterer) -> dict[PassagePlace, int]:
    """The number of each assigned passage's theme."""
    return {PassagePlace(entry, at): theme for entry, at, theme, _ in made.assigned().tolist()}


def tfidf_nmf(days: Sequence[Day]) -> dict[PassagePlace, int]:
    """TF-IDF of sentences and non-negative factors; the largest factor is the theme."""
    from sklearn.decomposition import NMF
    from sklearn.feature_extraction.text import TfidfVectorizer

    texts = [passage.text for day in days for passage in day.entry.passages]
    words = TfidfVectorizer(stop_words="english", min_df=2).fit_transform(texts)
    weights = NMF(TOPICS, init="nndsvd", random_state=1, max_iter=300).fit_transform(words)
    best = weights.argmax(axis=1)
    return {
        place: int(best[number])
        for number, place in enumerate(_places(days))
        if weights[number].max() > 0
    }


def umap_hdbscan(days: Sequence[Day]) -> dict[PassagePlace, int]:
    """BERTopic's core over smoothed vectors, with its usual settings."""
    import warnings

    from sklearn.cluster import HDBSCAN
    from umap import UMAP

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        flat = UMAP(
            n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=1
        ).fit_transform(_smooth(days))
        size = max(10, len(flat) // 200)
        labels = HDBSCAN(min_cluster_size=size, copy=True).fit_predict(flat)
    return {
        place: int(labels[number])
        for number, place in enumerate(_places(days))
        if labels[number] >= 0
    }


def _smooth(days: Sequence[Day]) -> Vectors:
    rows: Vectors = np.vstack([smoothed(d.entry.passages, d.vectors, 0.4) for d in days])
    return rows


def _places(days: Sequence[Day]) -> list[PassagePlace]:
    return [
        PassagePlace(number, place)
        for number, day in enumerate(days)
        for place in range(len(day.gold))
    ]
