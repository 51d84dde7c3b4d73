"""The editors' list at the end of an issue: finding it, reading it, mending its typing errors."""

import re

from recommender.intake.clean import Line
from recommender.intake.marks import contents_entry, find_mark, heading_words, strip_bullet
from recommender.records import Pick

_HEADING = re.compile(
    r"(?:推荐|建议|参考|拟定|征集|指南).{0,6}(?:研究|课题|选题|方向)|(?:研究|课题|选题|科研).{0,6}(?:推荐|建议|参考|指南)"
)
_COLOPHON = re.compile(
    r"^\s*[\[【〔（(]?\s*(?:总?\s*(?:指\s*导|编(?:\s*辑|\s*审)?|策\s*划)|责任?\s*(?:任\s*)?编\s*辑|主\s*编|副\s*主\s*编|编\s*辑|校\s*对|审\s*[核稿定]|签\s*发|印\s*发|编\s*印"
    r"|本期(?:责编|编辑|编审|执行)|主\s*办|承\s*办|地\s*址|电\s*话|邮\s*箱|联系人)\s*[\]】〕）)：:\s]"
)
_MAILING = re.compile(r"^\s*(?:报|发|送|呈|抄\s*送|抄\s*报|主\s*送|分\s*送)\s*[：:]")
_MAX_PICK = 60


def is_picks_heading(line: str) -> bool:
    """Whether a line heads the list of recommended directions.

    >>> [is_picks_heading(n) for n in ("五、本期推荐研究方向", "六、【推荐课题】", "●本期推荐研究方向")]
    [True, True, True]
    >>> is_picks_heading("（三）加强课题研究，建议各校推荐优秀成果。")
    False
    """
    words = heading_words(line)
    return 4 <= len(words) <= 14 and bool(_HEADING.search(words)) and "。" not in words


def is_colophon(line: str) -> bool:
    """Whether a line belongs to the imprint: editors, mailing list, address."""
    return bool(_COLOPHON.match(line) or _MAILING.match(line))


def find_list(lines: list[Line]) -> tuple[int, int] | None:
    """Index of the heading and of the end of the editors' list: the last heading with items.

    导读 and 目录 name the list too; what follows them is not a list of directions.
    """
    for start in range(len(lines) - 1, -1, -1):
        text = lines[start].text
        if is_picks_heading(text) and contents_entry(text) is None:
            end = start + 1
            while end < len(lines) and _is_item(lines[end].text):
                end += 1
            if end > start + 1:
                return start, end
    return None


def _is_item(line: str) -> bool:
    if is_colophon(line) or is_picks_heading(line) or contents_entry(line) is not None:
        return False
    text = strip_bullet(line)
    mark = find_mark(text)
    if mark and mark.kind == "一、" and "研究" not in text:
        return False
    return len(text) <= _MAX_PICK or bool(mark and _split_row(text)[1:])


def read_picks(lines: list[Line]) -> tuple[Pick, ...]:
    """The directions of the list, one or several a line."""
    printed = [item for line in lines for item in _split_row(strip_bullet(line.text))]
    return tuple(Pick(item, title) for item in printed if (title := normalise_pick(item)))


def _split_row(text: str) -> list[str]:
    """Items printed in one row: 1.甲研究；2.乙研究。"""
    parts = re.split(r"[；;]\s*|(?<=研究)[。，,、\s]*(?=[（(]?[\d一二三四五六七八九十]{1,2}[.．、)）])", text)
    return [part.strip() for part in parts if part.strip()]


def normalise_pick(printed: str) -> str:
    """A pick in the house style, typing errors at its end put right.

    >>> [normalise_pick(n) for n in ("- 1.产教联合体建设究", "2. 课程改革研究研究。", "（3）数字贸易")]
    ['产教联合体建设研究', '课程改革研究', '数字贸易研究']
    """
    text = strip_bullet(printed)
    mark = find_mark(text)
    text = re.sub(r"\s+(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])\s+", "", text[mark.end :] if mark else text).strip()
    text = re.split(r"(?<=研究)[：:—（(]", text.strip("《》“”\"").rstrip("。．.；;，,、 "))[0]
    core = re.sub(r"(?:(?:研\s*究)+|研+究*|(?<![研考追深探])究+)$", "", text)
    return f"{core}研究" if core else ""
