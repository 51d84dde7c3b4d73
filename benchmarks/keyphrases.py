"""Keywords of abstracts: ours against what else a user would pick, on the authors' own keywords.

    python benchmarks/keyphrases.py [--fit]

The 1,000 abstracts of keywords/csl_dev.jsonl, title and abstract given to every method, five phrases
taken, exact match after NFKC, lower case and white space. F1 is the mean over texts, and so are
precision and recall. ``half``: the abstracts that our weights were not fitted on (by a hash of the
text). ``domain``: the 169 of our fields. ``3-8``: texts with three to eight keywords, since longer lists
in this collection are machine-made. Our background and every method's word list are as shipped; the
rows marked "+ collection" also count words in all the abstracts, without their keywords.

YAKE comes with the extra ``bench``. By hand, since what they declare is large and not needed here, or
not free for every use: ``pip install --no-deps keybert``, ``pip install rakun2``. What is not
installed is named and left out.
"""

import hashlib
import json
import math
import os
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from recommender.emphasis.background import load_background
from recommender.features.keyphrases import Rarity, Traits, keyphrases, score_phrases
from recommender.features.segment import segmenter, tagger
from recommender.features.stopwords import STOPWORDS

SHARED = Path(os.environ.get("RECOMMENDER_SHARED", Path(__file__).resolve().parents[2] / "shared"))
TOP = 5


@dataclass(frozen=True, slots=True)
class Abstract:
    """half: 1 for those that the weights were not fitted on."""

    title: str
    text: str
    keywords: frozenset[str]
    half: int
    domain: bool

    @property
    def usual(self) -> bool:
        return 3 <= len(self.keywords) <= 8


Extract = Callable[[Abstract], Sequence[str]]
PARTS: dict[str, Callable[[Abstract], bool]] = {
    "all": lambda a: True,
    "half": lambda a: a.half == 1,
    "domain": lambda a: a.domain,
    "3-8": lambda a: a.usual,
}


def plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


def read_abstracts() -> list[Abstract]:
    lines = (SHARED / "keywords" / "csl_dev.jsonl").read_text(encoding="utf-8").splitlines()
    return [_abstract(json.loads(line)) for line in lines]


def _abstract(row: dict[str, Any]) -> Abstract:
    title, text = row["title"], row["abstract"]
    keywords = frozenset(filter(None, map(plain, row["keywords"])))
    half = hashlib.sha256((title + text).encode()).digest()[0] % 2
    return Abstract(title, text, keywords, half, row["domain"])


def judge(found: Sequence[str], keywords: frozenset[str]) -> tuple[float, float, float]:
    """F1, precision and recall of the first five, each in [0, 1]."""
    first = list(dict.fromkeys(map(plain, found)))[:TOP]
    hits = len(set(first) & keywords)
    return (
        2 * hits / (len(first) + len(keywords)),
        hits / len(first) if first else 0.0,
        hits / len(keywords),
    )


def whole(abstract: Abstract) -> str:
    return f"{abstract.title}。{abstract.text}"


def cut(abstract: Abstract) -> list[str]:
    return [word for word in segmenter()(whole(abstract)) if len(word) > 1 and word not in STOPWORDS]


def collection_rarity(abstracts: Sequence[Abstract]) -> Rarity:
    """Idf of a word among the abstracts themselves."""
    counts = Counter(word for abstract in abstracts for word in set(segmenter()(whole(abstract))))
    return lambda word: math.log((1 + len(abstracts)) / (1 + counts[word]))


def ours(rarity: Rarity) -> Extract:
    return lambda a: [phrase.text for phrase in keyphrases(a.text, a.title, TOP, rarity)]


def jieba_tfidf() -> Extract:
    from jieba import analyse

    return lambda a: analyse.extract_tags(whole(a), TOP)


def jieba_textrank() -> Extract:
    from jieba import analyse

    return lambda a: analyse.textrank(whole(a), TOP)


def yake_words(longest: int) -> Extract:
    import yake

    extractor = yake.KeywordExtractor(lan="zh", n=longest, top=TOP)
    spaced = segmenter()

    def extract(abstract: Abstract) -> list[str]:
        sentences = " 。 ".join(" ".join(spaced(part)) for part in whole(abstract).split("。"))
        return [phrase.replace(" ", "") for phrase, _ in extractor.extract_keywords(sentences)]

    return extract


def rakun() -> Extract:
    from rakun2 import RakunKeyphraseDetector

    settings = {"num_keywords": TOP, "merge_threshold": 1.1, "alpha": 0.3, "token_prune_len": 1}

    def extract(abstract: Abstract) -> list[str]:
        detector = RakunKeyphraseDetector(settings, verbose=False)
        found = detector.find_keywords(" ".join(cut(abstract)), input_type="string")
        return [phrase.replace(" ", "") for phrase, _ in found]

    return extract


def keybert(abstracts: Sequence[Abstract]) -> Extract:
    """With TF-IDF and SVD fitted on the abstracts, since no model can be fetched."""
    from keybert import KeyBERT
    from keybert.backend import BaseEmbedder
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
    from sklearn.pipeline import make_pipeline

    texts = [" ".join(cut(abstract)) for abstract in abstracts]
    embedding = make_pipeline(TfidfVectorizer(analyzer=str.split), TruncatedSVD(100, random_state=0))
    embedding.fit(texts)

    class Local(BaseEmbedder):  # type: ignore[misc]  # its own backend for pipelines imports what it does not need
        def embed(self, documents: Sequence[str], verbose: bool = False) -> np.ndarray:
            return np.asarray(embedding.transform(documents))

    model = KeyBERT(model=Local())
    grams = CountVectorizer(tokenizer=str.split, token_pattern=None, ngram_range=(1, 3))

    def extract(abstract: Abstract) -> list[str]:
        found = model.extract_keywords(
            " ".join(cut(abstract)), vectorizer=grams, use_mmr=True, diversity=0.3, top_n=TOP
        )
        return [phrase.replace(" ", "") for phrase, _ in found]

    return extract


def noun_runs(abstract: Abstract) -> list[tuple[str, ...]]:
    """The longest runs of nouns and adjectives, in reading order: the candidates of TopicRank and RAKE."""
    runs: list[list[str]] = [[]]
    for sentence in _sentences(whole(abstract)):
        for word, tag in tagger()(sentence):
            if tag[0] in "na" or tag in ("vn", "b", "j", "l", "x"):
                runs[-1].append(word)
            else:
                runs.append([])
        runs.append([])
    return [tuple(run) for run in runs if run and len("".join(run)) > 1]


def _sentences(text: str) -> Iterable[str]:
    return "".join(c if "\u3400" <= c <= "\u9fff" else " " for c in text).split()


def rake(abstract: Abstract) -> list[str]:
    """RAKE (Rose et al. 2010): Σ degree / frequency of the words of a run."""
    runs = noun_runs(abstract)
    frequency = Counter(word for run in runs for word in run)
    degree: Counter[str] = Counter()
    for run in runs:
        for word in run:
            degree[word] += len(run)
    scores = {"".join(run): sum(degree[w] / frequency[w] for w in run) for run in runs}
    return sorted(scores, key=lambda phrase: (-scores[phrase], phrase))


def topic_rank(abstract: Abstract) -> list[str]:
    """TopicRank (Bougouin, Boudin, Daille 2013) as published: runs that share a quarter of their words form
    a topic, topics are ranked by PageRank over nearness, each is named by its first run."""
    from scipy.cluster.hierarchy import fcluster, linkage

    runs = noun_runs(abstract)
    places: dict[tuple[str, ...], list[int]] = {}
    position = 0
    for run in runs:
        places.setdefault(run, []).append(position)
        position += len(run) + 1
    names = list(places)
    if len(names) < 2:
        return ["".join(run) for run in names]
    apart = [
        1 - len(set(a) & set(b)) / len(set(a) | set(b)) for i, a in enumerate(names) for b in names[i + 1 :]
    ]
    topics = fcluster(linkage(apart, "average"), 0.74, "distance") - 1
    weights = np.zeros((topics.max() + 1,) * 2)
    for i, a in enumerate(names):
        for j, b in enumerate(names):
            if topics[i] != topics[j]:
                weights[topics[i], topics[j]] += sum(
                    1 / abs(p - q) for p in places[a] for q in places[b] if p != q
                )
    ranks = _page_rank(weights)
    named = dict(reversed(list(zip(topics.tolist(), names, strict=True))))
    return ["".join(named[topic]) for topic in np.argsort(-ranks, kind="stable").tolist()]


def _page_rank(weights: np.ndarray, damping: float = 0.85) -> np.ndarray:
    sums = weights.sum(axis=1, keepdims=True)
    moves = np.divide(weights, sums, out=np.full_like(weights, 1 / len(weights)), where=sums > 0)
    rank = np.full(len(weights), 1 / len(weights))
    for _ in range(100):
        rank = (1 - damping) / len(weights) + damping * rank @ moves
    return rank


def longest_tfidf(abstracts: Sequence[Abstract]) -> Extract:
    """TF-IDF of runs of one to four words among the abstracts; of nested ones the longest stays."""
    counts = Counter(gram for abstract in abstracts for gram in set(_grams(abstract)))

    def extract(abstract: Abstract) -> list[str]:
        own = Counter(_grams(abstract))
        weight = {g: n * math.log((1 + len(abstracts)) / (1 + counts[g])) for g, n in own.items()}
        ranked = sorted(weight, key=lambda g: (-weight[g], -len(g), g))
        kept: list[str] = []
        for gram in ranked[:50]:
            if not any(gram in other or other in gram for other in kept):
                kept.append(gram)
        return kept

    return extract


def _grams(abstract: Abstract) -> list[str]:
    grams = []
    for sentence in _sentences(whole(abstract)):
        words = [word if len(word) > 1 and word not in STOPWORDS else "" for word in segmenter()(sentence)]
        for start in range(len(words)):
            for end in range(start + 1, min(start + 4, len(words)) + 1):
                if not all(words[start:end]):
                    break
                grams.append("".join(words[start:end]))
    return grams


def methods(abstracts: Sequence[Abstract]) -> dict[str, tuple[str, Callable[[], Extract]]]:
    """Name → the library it needs ("" for none but ours) and how to make it ready."""
    background = load_background().idf
    return {
        "ours, single text": ("", lambda: ours(background)),
        "ours, no background": ("", lambda: ours(lambda _: 0.0)),
        "ours + collection": ("", lambda: ours(collection_rarity(abstracts))),
        "jieba TF-IDF": ("jieba", jieba_tfidf),
        "jieba TextRank": ("jieba", jieba_textrank),
        "YAKE, words": ("yake", lambda: yake_words(1)),
        "YAKE, up to 3 words": ("yake", lambda: yake_words(3)),
        "RaKUn 2": ("rakun2", rakun),
        "RAKE on noun runs": ("", lambda: rake),
        "TopicRank (as published)": ("", lambda: topic_rank),
        "n-gram TF-IDF + collection": ("", lambda: longest_tfidf(abstracts)),
        "KeyBERT, SVD + collection": ("keybert", lambda: keybert(abstracts)),
    }


def report(name: str, extract: Extract, abstracts: Sequence[Abstract]) -> None:
    """One row of the table."""
    extract(abstracts[0])  # loading is not timed
    start = time.perf_counter()
    found = [extract(abstract) for abstract in abstracts]
    milliseconds = 1000 * (time.perf_counter() - start) / len(abstracts)
    scores = np.array([judge(f, a.keywords) for f, a in zip(found, abstracts, strict=True)])
    cells = [scores[[part(a) for a in abstracts], 0].mean() for part in PARTS.values()]
    row = "".join(f"{value:>8.3f}" for value in (*cells, *scores[:, 1:].mean(axis=0)))
    print(f"{name:<28}{row}{milliseconds:>9.1f}", flush=True)


def fit(abstracts: Sequence[Abstract]) -> None:
    """The weights that each half gives, and how they do on the half they have not seen."""
    rarity = load_background().idf
    scored = [score_phrases(a.text, a.title, rarity) for a in abstracts]
    tables = [np.array([astuple(p.traits) for p in phrases]) for phrases in scored]
    weights = {}
    for half in (0, 1):
        chosen = [i for i, a in enumerate(abstracts) if a.half == half and a.usual]
        table = np.vstack([tables[i] for i in chosen])
        hits = [plain(p.text) in abstracts[i].keywords for i in chosen for p in scored[i]]
        spread = table.std(axis=0)
        weights[half] = LogisticRegression(C=0.1, max_iter=300).fit(table / spread, hits).coef_[0] / spread
    for column, field in enumerate(fields(Traits)):
        print(f"{field.name:<12}", *(f"{weights[half][column]:>7.2f}" for half in (0, 1)))
    first = {
        id(a): [phrases[i].text for i in np.argsort(-(table @ weights[1 - a.half]), kind="stable")[:TOP]]
        for a, phrases, table in zip(abstracts, scored, tables, strict=True)
    }
    report("each half by the other's", lambda a: first[id(a)], abstracts)


def main() -> None:
    abstracts = read_abstracts()
    print({name: sum(map(part, abstracts)) for name, part in PARTS.items()})
    present = np.mean([sum(k in plain(whole(a)) for k in a.keywords) / len(a.keywords) for a in abstracts])
    print(f"keywords that stand in title or abstract: {present:.3f}")
    columns = (*(f"F1 {part}" for part in PARTS), "P", "R", "ms/text")
    print(f"{'':<28}" + "".join(f"{c:>8}" for c in columns[:-1]) + f"{columns[-1]:>9}")
    if "--fit" in sys.argv:
        return fit(abstracts)
    for name, (library, ready) in methods(abstracts).items():
        if library and find_spec(library) is None:
            print(f"{name:<28} not installed: left out")
        else:
            report(name, ready(), abstracts)
    return None


if __name__ == "__main__":
    main()
