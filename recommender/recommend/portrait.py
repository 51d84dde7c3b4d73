"""The profile a college is judged by, laid open: what it consists of, and what it makes near."""

from collections import Counter
from dataclasses import dataclass
from itertools import islice

import numpy as np

from recommender.config import Settings
from recommender.emphasis.background import Background, load_background
from recommender.features.tokens import word_reader
from recommender.model import Model
from recommender.recommend.profile import Profile, build_profile
from recommender.recommend.reading import Vector, habit_of, meaning
from recommender.recommend.wording import content
from recommender.records import Issue

_NEAREST, _WORDS = 8, 10
_RARE = 100  # policy clauses: the vector of a rarer word is mostly chance


@dataclass(frozen=True, slots=True)
class NearWord:
    """A word of public policy and its cosine with a direction of the profile, −1 … 1."""

    word: str
    cosine: float


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the college, which departments teach it, and the words nearest to it.

    nearest is empty for a field none of whose words the background knows: it then fits only
    directions that name it.
    """

    name: str
    departments: tuple[str, ...]
    nearest: tuple[NearWord, ...]


@dataclass(frozen=True, slots=True)
class Portrait:
    """The effective profile. stated: whether the fields stand in the settings, or are read off names.

    places: province and city. picks: how many earlier picks there are; sources: where their wordings
    came from; words: the words that most picks share, with how many picks have them; nearest: the
    words nearest to all picks together. projects: how many funded projects are known.
    """

    stated: bool
    fields: tuple[Field, ...]
    places: tuple[str, ...]
    picks: int
    sources: dict[str, int]
    words: dict[str, int]
    nearest: tuple[NearWord, ...]
    projects: int


def draw_portrait(settings: Settings, model: Model, issue: Issue) -> Portrait:
    """The profile by which an issue is judged: its own picks are not part of it."""
    profile, background = build_profile(settings, model, issue), load_background()
    habit = habit_of(profile, model, background)
    return Portrait(
        stated=bool(settings.college.disciplines or any(d.disciplines for d in settings.departments)),
        fields=tuple(_field(name, profile, model, background) for name in profile.themes),
        places=profile.places,
        picks=len(profile.picks),
        sources=dict(sorted(Counter(pick.source or "elsewhere" for pick in profile.picks).items())),
        words=_shared_words(profile, model),
        nearest=nearest_words(habit, background),
        projects=len(profile.projects),
    )


def _field(name: str, profile: Profile, model: Model, background: Background) -> Field:
    teaching = tuple(one.name for one in profile.departments if name in one.disciplines)
    return Field(name, teaching, nearest_words(meaning(name, model, background), background))


def _shared_words(profile: Profile, model: Model) -> dict[str, int]:
    """Words of at least two picks that say more than any policy does, commonest first."""
    read = word_reader(model.lexicon)
    counts = Counter(word for pick in profile.picks for word in set(read(pick.core)) if content(word))
    common = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return {word: count for word, count in common[:_WORDS] if count > 1}


def nearest_words(vector: Vector, background: Background, count: int = _NEAREST) -> tuple[NearWord, ...]:
    """The telling words nearest to a direction, nearest first; none for the zero vector."""
    if not vector.any():
        return ()
    words = sorted(background.index, key=background.index.__getitem__)
    cosines = background.vectors @ vector
    telling = (
        row
        for row in np.argsort(-cosines, kind="stable")
        if background.clauses[row] >= _RARE and len(words[row]) > 1 and content(words[row])
    )
    return tuple(NearWord(words[row], round(float(cosines[row]), 2)) for row in islice(telling, count))
