"""A font of this machine that has the Chinese characters; none is shipped."""

import os
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Font:
    """family: as charts name it. file: where it was found."""

    family: str
    file: Path


# family → the files it comes in, the most readable on a chart first
_FAMILIES: tuple[tuple[str, str], ...] = (
    ("Noto Sans CJK SC", r"NotoSansCJK-Regular\.ttc|NotoSansCJKsc-Regular\.[ot]tf"),
    ("Source Han Sans SC", r"SourceHanSans(?:SC)?-Regular\.(?:ttc|otf)"),
    ("Noto Sans SC", r"NotoSansSC.*\.[ot]tf"),
    ("Microsoft YaHei", r"msyh\.tt[cf]"),
    ("PingFang SC", r"PingFang\.ttc"),
    ("Hiragino Sans GB", r"Hiragino Sans GB\.ttc"),
    ("DengXian", r"Deng\.ttf"),
    ("WenQuanYi Micro Hei", r"wqy-microhei\.ttc"),
    ("WenQuanYi Zen Hei", r"wqy-zenhei\.ttc"),
    ("SimHei", r"simhei\.ttf"),
    ("Heiti SC", r"STHeiti (?:Light|Medium)\.ttc"),
    ("SimSun", r"simsun\.ttc"),
    ("Noto Serif CJK SC", r"NotoSerifCJK-Regular\.ttc"),
    ("AR PL UMing CN", r"uming\.ttc"),
    ("Droid Sans Fallback", r"DroidSansFallback(?:Full)?\.ttf"),
)
# for a page, which is read on other machines than the one it was made on
WEB_FAMILIES = ", ".join(f'"{family}"' for family, _ in _FAMILIES[3:5] + _FAMILIES[:3]) + ", sans-serif"


@lru_cache(maxsize=1)
def system_font() -> Font | None:
    """The Chinese font of this machine; None when there is none that we know."""
    return find_font(_folders(sys.platform))


def find_font(folders: Iterable[Path]) -> Font | None:
    """The first of the families whose file lies in or below the folders."""
    found = (path for folder in folders if folder.is_dir() for path in folder.rglob("*"))
    files = sorted(path for path in found if path.suffix.lower() in (".ttf", ".ttc", ".otf"))
    for family, pattern in _FAMILIES:
        for file in files:
            if re.fullmatch(pattern, file.name, re.IGNORECASE):
                return Font(family, file)
    return None


def _folders(platform: str) -> Sequence[Path]:
    """Where a system keeps its fonts and a user theirs."""
    home = Path.home()
    if platform == "win32":
        roots = os.environ.get("SYSTEMROOT", r"C:\Windows"), os.environ.get("LOCALAPPDATA", str(home))
        return Path(roots[0]) / "Fonts", Path(roots[1]) / "Microsoft" / "Windows" / "Fonts"
    if platform == "darwin":
        return Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library" / "Fonts"
    data = os.environ.get("XDG_DATA_HOME", str(home / ".local" / "share"))
    return Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path(data) / "fonts", home / ".fonts"


def remedy(platform: str = sys.platform) -> str:
    """What to install where there is no Chinese font."""
    if platform.startswith("linux"):
        return (
            "请安装中文字体：Debian、Ubuntu 用 apt install fonts-noto-cjk，"
            "Fedora 用 dnf install google-noto-sans-cjk-fonts。"
        )
    return "请安装一种中文字体，例如思源黑体（Source Han Sans SC）或微软雅黑，然后再试。"
