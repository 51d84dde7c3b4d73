"""A stored version as the model it holds, checked before use."""

from pathlib import Path

from recommender.errors import InputError, IntegrityError
from recommender.lifecycle import registry
from recommender.lifecycle.manifest import REMEDY
from recommender.lifecycle.serving import previous
from recommender.model import Model, from_files


def stored_model(models: Path, version: str) -> Model:
    """The model of a version. InputError for none of that name, IntegrityError when it is damaged,
    or of another shape than this program knows."""
    return _model(models, registry.load(models, version))


def serving_model(models: Path) -> tuple[str, Model]:
    """The serving version and its model; errors as above, with the version to go back to, if any."""
    try:
        stored = registry.load(models)
        return stored.version, _model(models, stored)
    except IntegrityError as error:
        earlier = previous(models)
        if earlier is None:
            raise
        advice = f"上一个完好的版本是 {earlier}，运行 recommender models rollback 可以马上换回它。"
        raise IntegrityError(f"{error}{advice}") from error


def is_sound(models: Path, version: str) -> bool:
    """Whether a version is intact and holds a model that this program can use."""
    try:
        stored_model(models, version)
    except (InputError, IntegrityError):
        return False
    return True


def _model(models: Path, stored: registry.Stored) -> Model:
    try:
        return from_files(stored.files)
    except ValueError as error:
        place = models / stored.version
        raise IntegrityError(f"{place}：模型的格式与本程序不符（{error}）。{REMEDY}") from error
