"""Topics of the same texts by several tools, each as its manual would have a user run it.

Every tool gets the same texts, the same number of topics and a seed, and a function that cuts a text,
which it calls as often as it does: gensim and tomotopy once a text, BERTopic once to embed it, once for
its words, and again for the texts that it shows. The lines of words.txt are cut already; those of
texts.txt jieba cuts, into the same words (those of a single text and stop words left out). A run is a
process of its own, ``python topic_tools.py FILE TOOL COUNT SEED WITHOUT OUT``, which loads nothing but
its tool and leaves what it took and found in OUT. What a tool declares but does not need here
(sentence-transformers and so torch, of BERTopic) is not installed: see README.md beside this.
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

WORDS, TEXTS = "words.txt", "texts.txt"
TOP = 10
FIFTH = 5
_FEW = 300
Texts = list[list[str]]
Cut = Callable[[str], list[str]]


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


Fit = Callable[[Sequence[str], Cut, int, int], Found]


def ours(lines: Sequence[str], cut: Cut, count: int, seed: int) -> Found:
    """As training fits them; there is no seed to use."""
    from recommender.features.topics import fit_topics
    from recommender.features.vectorise import fit_tfidf
    from recommender.lifecycle.themes import term_weights

    tfidf = fit_tfidf(map(cut, lines))
    topics = fit_topics(tfidf, (), count, weights=term_weights(tfidf.terms, ()))
    return _found(topics.components, tfidf.terms, topics.shares)


def bertopic(lines: Sequence[str], cut: Cut, count: int, seed: int) -> Found:
    """TF-IDF and SVD in place of a language model, which cannot be fetched here; KMeans in place of
    HDBSCAN, so that the number of topics is given."""
    from bertopic import BERTopic
    from bertopic.dimensionality import BaseDimensionalityReduction
    from sklearn.cluster import KMeans
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
    from sklearn.pipeline import make_pipeline

    model = BERTopic(
        embedding_model=make_pipeline(TfidfVectorizer(analyzer=cut), TruncatedSVD(100, random_state=seed)),
        umap_model=BaseDimensionalityReduction(),
        hdbscan_model=KMeans(count, random_state=seed),
        vectorizer_model=CountVectorizer(analyzer=cut),
    )
    topic_of, _ = model.fit_transform(list(lines))
    # a topic of fewer words is filled up with empty ones
    strongest = [[word for word, _ in model.get_topic(topic)[:TOP] if word] for topic in range(count)]
    return Found(strongest, list(map(int, topic_of)))


def sklearn_lda(lines: Sequence[str], cut: Cut, count: int, seed: int) -> Found:
    from sklearn.decomposition import LatentDirichletAllocation
    from sklearn.feature_extraction.text import CountVectorizer

    vectoriser = CountVectorizer(analyzer=cut)
    matrix = vectoriser.fit_transform(lines)
    model = LatentDirichletAllocation(count, random_state=seed)
    shares = model.fit_transform(matrix)
    return _found(model.components_, vectoriser.get_feature_names_out(), shares)


def gensim_lda(lines: Sequence[str], cut: Cut, count: int, seed: int) -> Found:
    from gensim.corpora import Dictionary
    from gensim.models import LdaMulticore

    texts = list(map(cut, lines))
    dictionary = Dictionary(texts)
    bags = [dictionary.doc2bow(words) for words in texts]
    model = LdaMulticore(bags, count, id2word=dictionary, workers=os.cpu_count(), random_state=seed)
    shares = [model.get_document_topics(bag) for bag in bags]
    strongest = [[word for word, _ in model.show_topic(topic, TOP)] for topic in range(count)]
    return Found(strongest, [max(share, key=lambda pair: pair[1])[0] if share else 0 for share in shares])


def tomotopy_lda(lines: Sequence[str], cut: Cut, count: int, seed: int) -> Found:
    """100 rounds of Gibbs sampling, as in its own example."""
    import tomotopy

    model = tomotopy.LDAModel(k=count, seed=seed)
    for line in lines:
        model.add_doc(cut(line))
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
    return [line.split() for line in _lines(path)]


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").split("\n")


def jieba_cut(words: Path) -> Cut:
    """jieba's words that are among those of a file, so that all tools have the same words to learn from."""
    import jieba

    jieba.setLogLevel("WARNING")
    jieba.initialize()
    known = {word for text in read_words(words) for word in text}
    return lambda line: [word for word in jieba.lcut(line) if word in known]


def fit_here(lines: Sequence[str], cut: Cut, tool: str, run: tuple[int, int]) -> dict[str, object]:
    """One run and its seconds, after a small one that loads what the tool loads. run: count and seed."""
    fit = TOOLS[tool][1]
    fit(lines[:_FEW], cut, 2, run[1])
    wall, processor = time.perf_counter(), _processor()
    found = fit(lines, cut, *run)
    took = {"wall": time.perf_counter() - wall, "processor": _processor() - processor}
    return took | {"found": asdict(found)}


def _processor() -> float:
    """Seconds that this process and those it started and saw end took."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


if __name__ == "__main__":
    file, name, topics, start, without, out = sys.argv[1:]
    one = Run(int(start), int(without))
    kept = [line for row, line in enumerate(_lines(Path(file))) if one.keeps(row)]
    how = str.split if Path(file).name == WORDS else jieba_cut(Path(file).with_name(WORDS))
    Path(out).write_text(json.dumps(fit_here(kept, how, name, (int(topics), one.seed))))
