"""All candidates of an issue: headings, objects of titles, and phrases that recur in it."""

import re

from recommender.features.phrases import Thresholds, find_phrases
from recommender.features.segment import segmenter
from recommender.features.stopwords import without_stopwords
from recommender.fold import bare
from recommender.recommend.candidates import find_candidates
from recommender.recommend.wording import content
from recommender.records import Candidate, Document, Issue, Lexicon

# A theme that no heading names: said often enough, standing alone, and by several documents. Few,
# because editors pick headings and titles; of the nine picks known none came from elsewhere.
_RECURRING = Thresholds(count=4, freedom=1.0)
_MIN_DOCUMENTS, _MIN_CONTENT, _MOST = 2, 5, 5


def pool(issue: Issue, lexicon: Lexicon) -> tuple[Candidate, ...]:
    """Every possible direction of an issue, one of each wording, before ranking."""
    return find_candidates(issue, recurring_phrases(issue, lexicon))


def recurring_phrases(issue: Issue, lexicon: Lexicon) -> tuple[str, ...]:
    """The phrases that several documents of an issue share, commonest first, at most five."""
    cut = segmenter(lexicon.words)
    texts = [_text(document) for document in issue.documents]
    sentences = (part for text in texts for part in re.split(r"[，。；：！？、\n]", text))
    runs = [run for sentence in sentences for run in without_stopwords(cut(sentence))]
    folded = [bare(text) for text in texts]
    shared = (
        phrase.text
        for phrase in find_phrases(runs, _RECURRING)
        if len(content(phrase.text)) >= _MIN_CONTENT
        and sum(bare(phrase.text) in text for text in folded) >= _MIN_DOCUMENTS
    )
    return tuple(shared)[:_MOST]


def _text(document: Document) -> str:
    return "\n".join(f"{clause.heading}。{clause.text}" for clause in document.clauses)
