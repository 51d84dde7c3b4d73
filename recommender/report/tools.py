"""What a machine lends to the drawing of a report: its Chinese font, and Vega, which takes long to make."""

from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from recommender.disk import write_whole
from recommender.errors import UsageError
from recommender.report.fonts import Font, system_font
from recommender.workspace import Workspace

_VEGA = "window.vegaEmbed = vegaEmbed;"


@dataclass(frozen=True, slots=True)
class Tools:
    """font: None where the machine has no Chinese font. cache: a folder for what may be made again."""

    font: Font | None
    cache: Path


def tools_of(workspace: Workspace) -> Tools:
    """The font of this machine, and the workspace's folder of things made once."""
    return Tools(system_font(), workspace.cache)


def vega_script(tools: Tools) -> str:
    """Vega with Vega-Lite and Vega-Embed as one script without imports, from the wheel of vl-convert.

    Joining it takes seconds, so it is kept under the wheel's version, its SHA-256 in the name.
    """
    made_by = version("vl-convert-python")
    for kept in sorted(tools.cache.glob(f"vega-{made_by}-*.js")):
        script = kept.read_bytes()
        if kept.stem.endswith(sha256(script).hexdigest()):
            return script.decode()
    made = _join()
    name = f"vega-{made_by}-{sha256(made.encode()).hexdigest()}.js"
    with suppress(UsageError):  # a folder that cannot be written only means to make it again
        write_whole(tools.cache / name, made.encode())
    return made


@lru_cache(maxsize=1)
def _join() -> str:
    import vl_convert

    script = vl_convert.javascript_bundle(_VEGA)
    return script.replace("</script", "<\\/script").replace("<!--", "<\\!--")
