"""Where the characters of a text are kept after parsing: the check that nothing is dropped silently."""

from recommender.fold import bare
from recommender.intake.clean import clean_text
from recommender.records import Issue


def lost_lines(text: str, issue: Issue) -> list[str]:
    """Cleaned lines whose characters (folded, without punctuation) stand in no field of the issue."""
    kept = kept_characters(issue)
    return [line.text for line in clean_text(text).lines if bare(line.text) not in kept]


def kept_characters(issue: Issue) -> str:
    """All text of an issue in its order, folded and without punctuation."""
    parts = [issue.title, *issue.asides]
    for document in issue.documents:
        parts += [document.label, document.title]
        for clause in document.clauses:
            parts += [clause.label, clause.heading, clause.text]
        parts += document.tables
    parts += [pick.printed for pick in issue.picks]
    return bare("".join(parts))
