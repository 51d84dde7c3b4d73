"""The shape of the code: imports point one way, without cycles, and each room keeps to its own."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "recommender"
ORDER = [
    *(
        "errors",
        "progress",
        "records",
        "fold",
        "script",
        "config",
        "disk",
        "lexicon",
        "workspace",
        *("begin", "wordlists"),
        "copies",
        *("cluster", "parallel"),
        "intake",
        "database",
        "schemas",
        "choices",
        "entries",
        "corpus",
        "slips",
        "ingest",
    ),
    *("features", "emphasis", "model", "recommend", "evaluation", "lifecycle"),
    *("report", "office", "console", "web", "commands", "cli"),
]
SEGMENTERS = {"jieba", "rjieba"}


def name_of(path: Path) -> str:
    """recommender/intake/read.py → recommender.intake.read; a package stands for its __init__."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def imported(path: Path) -> set[str]:
    """Every module a file imports, wherever in it; ``from package import module`` gives both."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import in line {node.lineno}"
            names.add(node.module or "")
            names.update(f"{node.module}.{alias.name}" for alias in node.names)
    return names


def room_of(module: str) -> str:
    """recommender.intake.read → intake."""
    return module.split(".")[1] if "." in module else ""


def inner(path: Path) -> set[str]:
    """The modules of this program that a file imports, but for the package itself and its version."""
    return {name for name in imported(path) if name in MODULES and name != "recommender"}


def test_every_room_has_its_place_in_the_order() -> None:
    rooms = {room_of(module) for module in MODULES} - {"", "__main__"}
    assert rooms <= set(ORDER), rooms - set(ORDER)


@pytest.mark.parametrize("module", [module for module in MODULES if room_of(module) in ORDER])
def test_imports_point_down(module: str) -> None:
    allowed = set(ORDER[: ORDER.index(room_of(module)) + 1])
    rooms = {room_of(name) for name in inner(MODULES[module])}
    assert rooms <= allowed, f"{module} imports from {sorted(rooms - allowed)}"


def test_no_cycle_between_modules() -> None:
    graph = {module: inner(path) - {module} for module, path in MODULES.items()}
    try:
        tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(f"import cycle: {' → '.join(error.args[1])}")


def test_one_file_knows_a_segmenter() -> None:
    users = {
        module for module, path in MODULES.items() if SEGMENTERS & {n.split(".")[0] for n in imported(path)}
    }
    assert users == {"recommender.features.segment"}


def test_the_ground_needs_nothing_but_the_standard_library() -> None:
    import sys

    for module in ("recommender.errors", "recommender.records", "recommender.fold", "recommender.config"):
        tops = {name.split(".")[0] for name in imported(MODULES[module])}
        assert tops <= sys.stdlib_module_names | {"recommender"}, module


def test_the_check_itself_sees_an_upward_import(tmp_path: Path) -> None:
    wrong = tmp_path / "rank.py"
    wrong.write_text("def f():\n    from recommender.lifecycle import train\n", encoding="utf-8")
    assert "lifecycle" in {room_of(name) for name in inner(wrong)}
