"""A stored version as the model it holds, checked before use."""

from pathlib import Path

from recommender.errors import InputError, IntegrityError
from recommender.lifecycle import registry
from recommender.lifecycle.manifest import REMEDY
from recommender.model import Model, from_files


def stored_model(models: Path, version: str) -> Model:
    """The model of a version. InputError for none of that name, IntegrityError when it is damaged,
    or of another shape than this program knows."""
    return model_of(models, registry.load(models, version))


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
