"""Which version serves, which served before, and which were withdrawn.

``models/SERVED`` holds a line for every promotion, oldest first: a version, and ``withdrawn`` behind
it once a rollback took it back. It is written before CURRENT, so a kill between the two leaves a
name too many at its end and never one too few.
"""

from dataclasses import dataclass, replace
from pathlib import Path

from recommender.disk import write_whole
from recommender.errors import InputError, IntegrityError
from recommender.lifecycle.registry import CURRENT, VERSION, current_version, list_versions, load
from recommender.lifecycle.stored import is_sound, model_of
from recommender.model import Model

SERVED = "SERVED"
_WITHDRAWN = "withdrawn"
_REMEMBERED = 200  # promotions


@dataclass(frozen=True, slots=True)
class Promotion:
    """A version that was made to serve; ``withdrawn`` when it was rolled back since."""

    version: str
    withdrawn: bool = False


def promotions(models: Path) -> tuple[Promotion, ...]:
    """The promotions still remembered, oldest first; a line that is none is left out."""
    try:
        lines = (models / SERVED).read_bytes().decode("ascii", "replace").splitlines()
    except FileNotFoundError:
        return ()
    named = [(words[0], _WITHDRAWN in words[1:]) for line in lines if (words := line.split())]
    return tuple(Promotion(name, withdrawn) for name, withdrawn in named if VERSION.fullmatch(name))


def promote(models: Path, version: str) -> None:
    """Let a version serve. It is verified first: IntegrityError or InputError as in ``load``."""
    load(models, version)
    earlier = [one for one in promotions(models) if one.version != version]
    _switch(models, [*earlier, Promotion(version)], version)


def roll_back(models: Path) -> str:
    """Let the version serve that served before, and withdraw the one that serves; the former's name.

    Works with a serving version that is damaged or gone. InputError when there is none to go back to.
    """
    target = previous(models)
    if target is None:
        raise InputError(f"{models}：没有可以退回的完好版本。请运行 recommender train 重新训练。")
    serving = serving_name(models)
    served = [replace(one, withdrawn=one.withdrawn or one.version == serving) for one in promotions(models)]
    if serving and all(one.version != serving for one in served):
        served.append(Promotion(serving, withdrawn=True))
    _switch(models, served, target)
    return target


def previous(models: Path) -> str | None:
    """The last version, other than the serving one, that served, was not withdrawn and is sound.

    Without a record of promotions, the newest sound version made before the serving one.
    """
    serving = serving_name(models)
    names = [one.version for one in promotions(models) if not one.withdrawn or one.version == serving]
    if not names:
        names = [one for one in list_versions(models) if not serving or one < serving]
    before = names[: names.index(serving)] if serving in names else names
    return next((one for one in reversed(before) if one != serving and is_sound(models, one)), None)


def withdrawn_versions(models: Path) -> frozenset[str]:
    """Versions that were rolled back and not promoted again."""
    return frozenset(one.version for one in promotions(models) if one.withdrawn)


def serving_model(models: Path) -> tuple[str, Model]:
    """The serving version and its model. Errors as in ``load`` and ``stored_model``, with the version
    to go back to, if there is one."""
    try:
        stored = load(models)
        return stored.version, model_of(models, stored)
    except IntegrityError as error:
        earlier = previous(models)
        if earlier is None:
            raise
        advice = f"上一个完好的版本是 {earlier}，运行 recommender models rollback 可以马上换回它。"
        raise IntegrityError(f"{error}{advice}") from error


def serving_name(models: Path) -> str | None:
    """What CURRENT names, damaged or not; None when it names no version."""
    try:
        return current_version(models)
    except (InputError, IntegrityError):
        return None


def _switch(models: Path, served: list[Promotion], version: str) -> None:
    lines = [f"{one.version} {_WITHDRAWN}" if one.withdrawn else one.version for one in served]
    write_whole(models / SERVED, "".join(f"{line}\n" for line in lines[-_REMEMBERED:]).encode())
    write_whole(models / CURRENT, f"{version}\n".encode())
