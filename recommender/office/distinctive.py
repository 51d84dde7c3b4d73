"""What an issue stresses beyond its past and beyond general policy."""

from recommender.emphasis.background import load_background
from recommender.features.tokens import clause_tokens
from recommender.office.desk import load_model
from recommender.office.library import find_issue
from recommender.recommend.reading import stressed_words
from recommender.recommend.wording import content
from recommender.records import Issue
from recommender.report.distinctive import Stressed
from recommender.workspace import Workspace


def distinctive_words(workspace: Workspace, name: str, count: int) -> tuple[Issue, list[Stressed]]:
    """An issue (key or file) and the words that say something and that it stresses beyond its past,
    strongest first, at most ``count``.

    Weighted log-odds with an informative Dirichlet prior (Monroe, Colaresi, Quinn 2008).
    """
    issue = find_issue(workspace, name)
    _, model = load_model(workspace)
    clauses = clause_tokens(issue, model.lexicon)
    index = {term: row for row, term in enumerate(model.terms)}
    scores = stressed_words(clauses, issue.key, model, index, load_background())
    clear = sorted((-z, word) for word, z in scores.items() if z > 0 and content(word))[:count]
    return issue, [Stressed(word, -z, sum(word in clause.all for clause in clauses)) for z, word in clear]
