"""All candidates of an issue: headings, objects of titles, and phrases that recur in it."""

from itertools import islice

from recommender.features.phrases import Thresholds, find_phrases
from recommender.features.tokens import cut_issue, runs_without_stopwords
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
    runs = runs_without_stopwords(cut_issue(issue, lexicon.words))
    long = [one.text for one in find_phrases(runs, _RECURRING) if len(content(one.text)) >= _MIN_CONTENT]
    folded = [bare(_text(document)) for document in issue.documents] if long else []
    wanted = {said: bare(said) for said in long}
    shared = (said for said in long if sum(wanted[said] in text for text in folded) >= _MIN_DOCUMENTS)
    return tuple(islice(shared, _MOST))


def _text(document: Document) -> str:
    return "\n".join(f"{clause.heading}。{clause.text}" for clause in document.clauses)
