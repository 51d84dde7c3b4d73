"""Topics of the same words by several tools, each as its manual would have a user run it.

Every tool gets the same texts as words (those of a single text left out), the same number of topics and
a seed. A run is a process of its own, ``python topic_tools.py WORDS TOOL COUNT SEED WITHOUT OUT``, which
loads nothing but its tool and leaves what it took and found in OUT. What a tool declares but does not
need here (sentence-transformers and so torch, of BERTopic) is not installed: see README.md beside this.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

TOP = 10
FIFTH = 5
_FEW = 300
Texts = list[list[str]]


@dataclass(frozen=True, slots=True)
class Found:
    """words: the ten strongest of each topic, strongest first; topic_of: the strongest of each text."""

    words: list[list[str]]
    topic_of: list[int]


@dataclass(frozen=True, slots=True)
class Run:
    """seed: of the tool. without: which fifth of the texts is left out, −1 for none."""

    seed: int
    without: int = -1

    def keeps(self, row: int) -> bool:
        return row % FIFTH != self.without


Fit = Callable[[Texts, int, int], Found]


def ours(texts: Texts, count: int, seed: int) -> Found:
    """As training fits them; there is no seed to use."""
    from recommender.features.topics import fit_topics
    from recommender.features.vectorise import fit_tfidf
    from recommender.lifecycle.themes import term_weights

    tfidf = fit_tfidf(texts)
    topics = fit_topics(tfidf, (), count, weights=term_weights(tfidf.terms, ()))
    return _found(topics.components, tfidf.terms, topics.shares)


def bertopic(texts: Texts, count: int, seed: int) -> Found:
    """TF-IDF and SVD in place of a language model, which cannot be fetched here; KMeans in place of
    HDBSCAN, so that the number of topics is given."""
    from bertopic import BERTopic
    from bertopic.dimensionality import BaseDimensionalityReduction
    from sklearn.cluster import KMeans
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
    from sklearn.pipeline import make_pipeline

    model = BERTopic(
        embedding_model=make_pipeline(
            TfidfVectorizer(analyzer=str.split), TruncatedSVD(100, random_state=seed)
        ),
        umap_model=BaseDimensionalityReduction(),
        hdbscan_model=KMeans(count, random_state=seed),
        vectorizer_model=CountVectorizer(analyzer=str.split),
    )
    topic_of, _ = model.fit_transform([" ".join(words) for words in texts])
    # a topic of fewer words is filled up with empty ones
    strongest = [[word for word, _ in model.get_topic(topic)[:TOP] if word] for topic in range(count)]
    return Found(strongest, list(map(int, topic_of)))


def sklearn_lda(texts: Texts, count: int, seed: int) -> Found:
    from sklearn.decomposition import LatentDirichletAllocation
    from sklearn.feature_extraction.text import CountVectorizer

    vectoriser = CountVectorizer(analyzer=str.split)
    matrix = vectoriser.fit_transform(" ".join(words) for words in texts)
    model = LatentDirichletAllocation(count, random_state=seed)
    shares = model.fit_transform(matrix)
    return _found(model.components_, vectoriser.get_feature_names_out(), shares)


def gensim_lda(texts: Texts, count: int, seed: int) -> Found:
    from gensim.corpora import Dictionary
    from gensim.models import LdaMulticore

    dictionary = Dictionary(texts)
    bags = [dictionary.doc2bow(words) for words in texts]
    model = LdaMulticore(bags, count, id2word=dictionary, workers=os.cpu_count(), random_state=seed)
    shares = [model.get_document_topics(bag) for bag in bags]
    strongest = [[word for word, _ in model.show_topic(topic, TOP)] for topic in range(count)]
    return Found(strongest, [max(share, key=lambda pair: pair[1])[0] if share else 0 for share in shares])


def tomotopy_lda(texts: Texts, count: int, seed: int) -> Found:
    """100 rounds of Gibbs sampling, as in its own example."""
    import tomotopy

    model = tomotopy.LDAModel(k=count, seed=seed)
    for words in texts:
        model.add_doc(words)
    model.train(100, workers=os.cpu_count())
    strongest = [[word for word, _ in model.get_topic_words(topic, TOP)] for topic in range(count)]
    return Found(strongest, [int(np.argmax(text.get_topic_dist())) for text in model.docs])


def _found(components: Any, terms: Sequence[str], shares: Any) -> Found:
    strongest = np.argsort(-components, axis=1, kind="stable")[:, :TOP]
    return Found([[str(terms[i]) for i in row] for row in strongest], np.argmax(shares, axis=1).tolist())


# name → the package it needs beyond the program's own, and how it is run
TOOLS: dict[str, tuple[str, Fit]] = {
    "ours": ("", ours),
    "BERTopic, TF-IDF + SVD + KMeans": ("bertopic", bertopic),
    "scikit-learn LDA": ("", sklearn_lda),
    "gensim LdaMulticore": ("gensim", gensim_lda),
    "tomotopy LDA": ("tomotopy", tomotopy_lda),
}


def read_words(path: Path) -> Texts:
    """The texts, a line each."""
    return [line.split() for line in path.read_text(encoding="utf-8").split("\n")]


def fit_here(texts: Texts, tool: str, count: int, seed: int) -> dict[str, object]:
    """One run and its seconds, after a small one that loads what the tool loads."""
    fit = TOOLS[tool][1]
    fit(texts[:_FEW], 2, seed)
    wall, processor = time.perf_counter(), _processor()
    found = fit(texts, count, seed)
    took = {"wall": time.perf_counter() - wall, "processor": _processor() - processor}
    return took | {"found": asdict(found)}


def _processor() -> float:
    """Seconds that this process and those it started and saw end took."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


if __name__ == "__main__":
    words, name, topics, start, without, out = sys.argv[1:]
    run = Run(int(start), int(without))
    kept = [text for row, text in enumerate(read_words(Path(words))) if run.keeps(row)]
    Path(out).write_text(json.dumps(fit_here(kept, name, int(topics), run.seed)))
