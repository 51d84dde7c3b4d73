"""A stored version as the model it holds, checked before use."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

from recommender.errors import InputError, IntegrityError
from recommender.lifecycle import registry
from recommender.lifecycle.manifest import REMEDY
from recommender.model import Model, from_files

if TYPE_CHECKING:
    from recommender.lifecycle.scores import IssueScore


def stored_model(models: Path, version: str) -> Model:
    """The model of a version. InputError for none of that name, IntegrityError when it is damaged,
    or of another shape than this program knows."""
    return model_of(models, registry.load(models, version))


def stored_scores(models: Path, version: str) -> "dict[str, IssueScore]":
    """How a version did on each issue when it was made; {} for one of before scores were kept. Errors
    as in ``stored_model``."""
    from recommender.lifecycle.scores import SCORES, from_json  # brings what judges, and serving does without

    files = registry.load(models, version).files
    try:
        return from_json(json.loads(files[SCORES])["issues"]) if SCORES in files else {}
    except (KeyError, TypeError, ValueError) as error:
        place = models / version / SCORES
        raise IntegrityError(f"{place}：格式与本程序不符（{error}）。{REMEDY}") from error


def is_sound(models: Path, version: str) -> bool:
    """Whether a version is intact and holds a model that this program can use."""
    try:
        stored_model(models, version)
    except (InputError, IntegrityError):
        return False
    return True


def model_of(models: Path, stored: registry.Stored) -> Model:
    """The model in a version that was read; IntegrityError as in ``stored_model``."""
    try:
        return from_files(stored.files)
    except ValueError as error:
        place = models / stored.version
        raise IntegrityError(f"{place}：模型的格式与本程序不符（{error}）。{REMEDY}") from error
