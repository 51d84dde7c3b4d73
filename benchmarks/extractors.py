"""Extractors of key phrases that a user could take, ours among them, all as functions of a text.

YAKE comes with the extra ``bench``; for the others see README.md beside this file. pke is on no index:
its TopicRank is written in noun_runs.py as published.
"""

import math
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np
from noun_runs import Piece, rake, sentences_of, topic_rank, whole

from recommender.emphasis.background import load_background
from recommender.features.keyphrases import Rarity, keyphrases
from recommender.features.segment import segmenter
from recommender.features.stopwords import STOPWORDS

Extract = Callable[[Piece], Sequence[str]]
_LONG = 5000  # characters from which KeyBERT's choice of varied phrases needs more memory than there is


def cut(piece: Piece) -> list[str]:
    return [word for word in segmenter()(whole(piece)) if len(word) > 1 and word not in STOPWORDS]


def collection_rarity(pieces: Sequence[Piece]) -> Rarity:
    """Idf of a word among the pieces themselves."""
    counts = Counter(word for piece in pieces for word in set(segmenter()(whole(piece))))
    return lambda word: math.log((1 + len(pieces)) / (1 + counts[word]))


def ours(rarity: Rarity, top: int) -> Extract:
    return lambda piece: [phrase.text for phrase in keyphrases(piece.text, piece.title, top, rarity)]


def jieba_tfidf(top: int) -> Extract:
    from jieba import analyse

    return lambda piece: analyse.extract_tags(whole(piece), top)


def jieba_textrank(top: int) -> Extract:
    from jieba import analyse

    return lambda piece: analyse.textrank(whole(piece), top)


def yake_words(longest: int, top: int) -> Extract:
    import yake

    extractor = yake.KeywordExtractor(lan="zh", n=longest, top=top)
    spaced = segmenter()

    def extract(piece: Piece) -> list[str]:
        sentences = " 。 ".join(" ".join(spaced(part)) for part in whole(piece).split("。"))
        return [phrase.replace(" ", "") for phrase, _ in extractor.extract_keywords(sentences)]

    return extract


def rakun(top: int) -> Extract:
    from rakun2 import RakunKeyphraseDetector

    settings = {"num_keywords": top, "merge_threshold": 1.1, "alpha": 0.3, "token_prune_len": 1}

    def extract(piece: Piece) -> list[str]:
        detector = RakunKeyphraseDetector(settings, verbose=False)
        found = detector.find_keywords(" ".join(cut(piece)), input_type="string")
        return [phrase.replace(" ", "") for phrase, _ in found]

    return extract


def keybert(pieces: Sequence[Piece], top: int) -> Extract:
    """With TF-IDF and SVD fitted on the pieces, since no model can be fetched."""
    from keybert import KeyBERT
    from keybert.backend import BaseEmbedder
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
    from sklearn.pipeline import make_pipeline

    texts = [" ".join(cut(piece)) for piece in pieces]
    embedding = make_pipeline(TfidfVectorizer(analyzer=str.split), TruncatedSVD(100, random_state=0))
    embedding.fit(texts)

    class Local(BaseEmbedder):  # type: ignore[misc]  # its own backend for pipelines imports what it does not need
        def embed(self, documents: Sequence[str], verbose: bool = False) -> np.ndarray:
            return np.asarray(embedding.transform(documents))

    model = KeyBERT(model=Local())
    grams = CountVectorizer(tokenizer=str.split, token_pattern=None, ngram_range=(1, 3))

    def extract(piece: Piece) -> list[str]:
        found = model.extract_keywords(
            " ".join(cut(piece)),
            vectorizer=grams,
            use_mmr=len(whole(piece)) < _LONG,
            diversity=0.3,
            top_n=top,
        )
        return [phrase.replace(" ", "") for phrase, _ in found]

    return extract


def longest_tfidf(pieces: Sequence[Piece]) -> Extract:
    """TF-IDF of runs of one to four words among the pieces; of nested ones the longest stays."""
    counts = Counter(gram for piece in pieces for gram in set(_grams(piece)))

    def extract(piece: Piece) -> list[str]:
        own = Counter(_grams(piece))
        weight = {g: n * math.log((1 + len(pieces)) / (1 + counts[g])) for g, n in own.items()}
        ranked = sorted(weight, key=lambda g: (-weight[g], -len(g), g))
        kept: list[str] = []
        for gram in ranked[:50]:
            if not any(gram in other or other in gram for other in kept):
                kept.append(gram)
        return kept

    return extract


def _grams(piece: Piece) -> list[str]:
    grams = []
    for sentence in sentences_of(whole(piece)):
        words = [word if len(word) > 1 and word not in STOPWORDS else "" for word in segmenter()(sentence)]
        for start in range(len(words)):
            for end in range(start + 1, min(start + 4, len(words)) + 1):
                if not all(words[start:end]):
                    break
                grams.append("".join(words[start:end]))
    return grams


def methods(pieces: Sequence[Piece], top: int) -> dict[str, tuple[str, Callable[[], Extract]]]:
    """Name → the library it needs ("" for none but ours) and how to make it ready."""
    background = load_background().idf
    return {
        "ours, single text": ("", lambda: ours(background, top)),
        "ours, no background": ("", lambda: ours(lambda _: 0.0, top)),
        "ours + collection": ("", lambda: ours(collection_rarity(pieces), top)),
        "jieba TF-IDF": ("jieba", lambda: jieba_tfidf(top)),
        "jieba TextRank": ("jieba", lambda: jieba_textrank(top)),
        "YAKE, words": ("yake", lambda: yake_words(1, top)),
        "YAKE, up to 3 words": ("yake", lambda: yake_words(3, top)),
        "RaKUn 2": ("rakun2", lambda: rakun(top)),
        "RAKE on noun runs": ("", lambda: rake),
        "TopicRank (as published)": ("", lambda: topic_rank),
        "n-gram TF-IDF + collection": ("", lambda: longest_tfidf(pieces)),
        "KeyBERT, SVD + collection": ("keybert", lambda: keybert(pieces, top)),
    }
