"""The editors' list at the end of an issue: finding it, reading it, mending its typing errors."""

import re

from recommender.intake.clean import Line
from recommender.intake.heads import is_named
from recommender.intake.marks import Mark, contents_entry, find_mark, heading_words, strip_bullet
from recommender.intake.roles import split_name
from recommender.records import Pick

# A heading of the list is put together from these words alone; a sentence that merely mentions
# research and recommending is not.
_WORDS = re.compile(
    r"(?:本期|本刊|近期|编辑部|推荐|建议|参考|拟定|拟|征集|指南|研究|课题|选题|科研|教科研|教研|学术|方向|题目|主题"
    r"|领域|项目|重点|申报|可供|供|可|的|及|和|与)+"
)
_ABOUT = re.compile("研究|课题|选题|科研|题目")
_OFFERS = re.compile("推荐|建议|参考|指南|方向|征集|拟")
_NOTE = re.compile(r"[（(][^（）()]*[)）]$")
_SPACED = (
    "总指导|指导|总编|总编辑|编辑|编审|策划|责任编辑|责编|主编|副主编|校对|审核|审稿|审定|签发|印发"
    "|编印|主办|承办|地址|电话|邮箱|联系人"
)
_COLOPHON = re.compile(
    r"\s*[\[【〔（(]?\s*(?:本期(?:责编|编辑|编审|执行)|"
    + "|".join(r"\s*".join(word) for word in _SPACED.split("|"))
    + r")\s*[\]】〕）)：:\s]"
)
_MAILING = re.compile(r"\s*(?:报|发|送|呈|抄\s*送|抄\s*报|主\s*送|分\s*送)\s*[：:]")
_ITEM_START = r"(?:[（(]?(?:\d{1,2}|[一二三四五六七八九十]{1,2})[.．、)）]|[①-⑳]|[一二三四五六七八九十]是)"
_ROW = re.compile(rf"[；;]\s*|(?<=[研究])[。，,、\s]*(?={_ITEM_START})")
_MAX_PICK = 60
_MIN_PICK = 4


def is_picks_heading(line: str) -> bool:
    """Whether a line heads the list of recommended directions.

    >>> [is_picks_heading(n) for n in ("五、本期推荐研究方向", "六、【推荐课题】", "●推荐选题（供参考）")]
    [True, True, True]
    >>> is_picks_heading("（五）开展课题研究，提出建议"), is_picks_heading("三、推进方向")
    (False, False)
    """
    if len(line) > 40:
        return False
    words = heading_words(_NOTE.sub("", line.strip(" *★☆：:")))
    return (
        len(words) >= 4
        and all(form.search(words) for form in (_ABOUT, _OFFERS))
        and bool(_WORDS.fullmatch(words))
    )


def is_colophon(line: str) -> bool:
    """Whether a line belongs to the imprint: editors, mailing list, address."""
    return bool(_COLOPHON.match(line) or _MAILING.match(line))


def imprint_start(lines: list[Line]) -> int:
    """Index behind the body: of the first of the imprint's lines at the end of the file."""
    end = len(lines)
    while end and is_colophon(lines[end - 1].text):
        end -= 1
    return end


def find_list(lines: list[Line]) -> tuple[int, int] | None:
    """Index of the heading and of the end of the editors' list: the last heading with items.

    导读 and 目录 name the list too; what follows them is not a list of directions.
    """
    for start in range(len(lines) - 1, -1, -1):
        text = lines[start].text
        if is_picks_heading(text) and contents_entry(text) is None:
            end = _list_end(lines, start)
            if end > start + 1:
                return start, end
    return None


def _list_end(lines: list[Line], start: int) -> int:
    """Index behind the last item; an explanation between two items does not end the list."""
    heading = find_mark(strip_bullet(lines[start].text))
    end, marked = start + 1, False
    for index in range(start + 1, len(lines)):
        text = strip_bullet(lines[index].text)
        mark = find_mark(text)
        if _ends_list(lines[index].text, mark, heading):
            break
        if mark or text != lines[index].text:
            if not _is_marked_item(text[mark.end :] if mark else text):
                break
            marked, end = True, index + 1
        elif not marked and _is_bare_item(text):
            end = index + 1
        elif not marked and not _introduces(text):
            break
    return end


def _ends_list(line: str, mark: Mark | None, heading: Mark | None) -> bool:
    """The imprint, another heading, or the next section (六、 behind a list headed 五、)."""
    if is_colophon(line) or is_picks_heading(line) or contents_entry(line) is not None:
        return True
    if split_name(line):
        return True
    return bool(mark and heading and mark.kind == heading.kind and mark.value == heading.value + 1 > 2)


def _is_marked_item(text: str) -> bool:
    """A direction behind its numbering, with or without an explanation; not the head of a document
    or a clause, which can stand below the list's name in 目录."""
    if text.endswith(("：", ":")) or is_named(text):
        return False
    parts = _split_row(text)
    return not parts or len(parts[0]) <= _MAX_PICK or bool(re.match("[^。]{4,60}研究", text))


def _is_bare_item(text: str) -> bool:
    """A direction without numbering, or several in a row: 甲研究；乙研究。"""
    parts = _split_row(text)
    return all(_MIN_PICK <= len(part) <= _MAX_PICK and not re.search("[。：:](?=.)", part) for part in parts)


def _introduces(text: str) -> bool:
    """A sentence before the items: 结合本期内容，推荐以下方向："""
    return text.endswith(("：", ":", "。"))


def read_picks(lines: list[Line]) -> tuple[tuple[Pick, ...], list[str]]:
    """The directions of the list, one or several a line, and the lines that are none.

    Where items are numbered or bulleted, lines without a mark explain them.
    """
    marked = any(_has_mark(line.text) for line in lines)
    picks: list[Pick] = []
    left: list[str] = []
    for line in lines:
        if _has_mark(line.text) == marked and (marked or _is_bare_item(line.text)):
            items = _split_row(strip_bullet(line.text))
            picks += [Pick(item, title) for item in items if (title := normalise_pick(item))]
        else:
            left.append(line.text)
    return tuple(picks), left


def _has_mark(line: str) -> bool:
    text = strip_bullet(line)
    return text != line or find_mark(text) is not None


def _split_row(text: str) -> list[str]:
    """Items printed in one row.

    >>> _split_row("1.甲研究；2.乙研究。"), _split_row("一是甲研究，二是乙研究。")
    (['1.甲研究', '2.乙研究。'], ['一是甲研究', '二是乙研究。'])
    """
    return [part.strip() for part in _ROW.split(text) if part.strip()]


def normalise_pick(printed: str) -> str:
    """A pick in the house style, typing errors at its end put right.

    >>> [normalise_pick(n) for n in ("- 1.产教联合体建设究", "2. 课程改革研究研究。", "（3）数字贸易")]
    ['产教联合体建设研究', '课程改革研究', '数字贸易研究']
    >>> normalise_pick("①产教联合体建设：围绕治理结构展开"), normalise_pick("“智能+”消费研究")
    ('产教联合体建设研究', '“智能+”消费研究')
    """
    text = strip_bullet(printed)
    mark = find_mark(text)
    text = re.sub(r"\s+(?=[\u3400-\u9fff])|(?<=[\u3400-\u9fff])\s+", "", text[mark.end :] if mark else text)
    text = _unquote(_cut_explanation(text.strip().rstrip("。．.；;，,、 ")))
    core = re.sub(r"(?:(?:研\s*究)+|研+究*|(?<![研考追深探])究+)$", "", text)
    return f"{core}研究" if core else ""


def _cut_explanation(text: str) -> str:
    """What stands before the explanation of a direction; 甲：乙研究 is a title with a subtitle."""
    text = re.split(r"(?<=研究)[：:—（(，,。]", text)[0]
    colon = re.match(r"([^：:]{4,40})[：:]", text)
    return colon[1] if colon and not re.search("研?究$", text) else text


def _unquote(text: str) -> str:
    """The words inside quotation marks or 《》 that enclose the whole."""
    whole = re.fullmatch(r"《([^《》]+)》|“([^“”]+)”", text)
    return (whole[1] or whole[2]) if whole else text
