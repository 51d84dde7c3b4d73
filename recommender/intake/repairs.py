"""Repairs of one line: each a small function from a line to the line and how often it was mended.

What a repair leaves alone is said with it. None changes wording: digits, punctuation and width stay
as printed, for display; comparing folds them (``recommender.fold``).
"""

import re
from collections.abc import Callable

_HAN = "[\u3400-\u9fff〇]"
_SIDE = "[\u3400-\u9fff〇，。、；：！？“”‘’（）《》〈〉【】〔〕…—,;:!?()]"
_GAP = re.compile(rf"(?<={_HAN})[ ]+(?={_HAN})")
_WIDE_GAP = re.compile(
    rf"(?<={_SIDE})[ ]+(?={_SIDE})|(?<=[，。、；：（《“〔(])[ ]+|[ ]+(?=[，。、；：）》”〕)])"
)
_DIGIT_GAP = re.compile(r"(?<=[\d.])[ ]+(?=[\d.%％])")
_INVISIBLE = re.compile("[\ufeff\u200b-\u200f\u00ad\u2060]")
_BLANKS = re.compile("[\u00a0\u2000-\u200a\u202f\u3000]")

Repair = Callable[[str], tuple[str, int]]


def drop_invisible(line: str) -> tuple[str, int]:
    """Remove zero-width characters, which break words without being seen."""
    return _INVISIBLE.subn("", line)


def plain_blanks(line: str) -> tuple[str, int]:
    """Indentation and exotic blanks become ordinary spaces; tabs, which mark tables, stay."""
    return _BLANKS.sub(" ", line).strip(" \r"), 0


def strip_markdown(line: str) -> tuple[str, int]:
    r"""Remove Markdown's emphasis, headings, quotes, rules, comments and escapes; keep the words.

    Lists keep their bullet: what it means is for the parser.

    >>> strip_markdown("1. **夯实基础**。加快")
    ('1. 夯实基础。加快', 1)
    >>> strip_markdown("## 一、总体要求"), strip_markdown("3*4=12"), strip_markdown(r"1\. 甲")
    (('一、总体要求', 1), ('3*4=12', 0), ('1. 甲', 1))
    >>> strip_markdown("提高认识。<!-- 某人 摄 -->")
    ('提高认识。', 1)
    """
    if not _MAY_BE_MARKDOWN.search(line):
        return line, 0
    if re.fullmatch(r"\s*(?:[-*_=]\s*){3,}", line):
        return "", 1
    total = 0
    for pattern, keep in _MARKDOWN:
        line, count = pattern.subn(keep, line)
        total += count
    return line, total


_MAY_BE_MARKDOWN = re.compile(r"[*#>\[\\]|^\s*[-_=]")
_MARKDOWN = (
    (re.compile(r"<!--(?:(?!<!--).)*?-->"), ""),
    (re.compile(r"^\s*#{1,6}\s+"), ""),
    (re.compile(r"^\s*>\s?"), ""),
    (re.compile(r"!?\[([^\[\]\n]*)\]\((?:https?:|[#/.])[^)\s]*\)"), r"\1"),
    (re.compile(r"\*\*([^*\n]*)\*\*"), r"\1"),
    (re.compile(r"(?<![\d*])\*\*(?![\d*])"), ""),
    (re.compile(r"\\([.\-*_#()\[\]>+!])"), r"\1"),
)


def close_gaps(line: str) -> tuple[str, int]:
    """Remove the spaces a scanner put between Chinese characters, with those at punctuation and
    inside numbers; spaces around Latin words and whole numbers stay.

    >>> close_gaps("促进 高 等教 育 融 入 20 2 0 年 战 略 。 ")[0]
    '促进高等教育融入 2020 年战略。'
    """
    line, wide = _WIDE_GAP.subn("", line)
    line, digits = _DIGIT_GAP.subn("", line)
    return line.strip(), wide + digits


def is_scanned(text: str) -> bool:
    """Whether spaces part a tenth or more of the neighbouring Chinese characters, twice at least.

    Elsewhere a space between two phrases means something (two issuers, the halves of a title).

    >>> is_scanned("目 录"), is_scanned("教育部办公厅 财政部办公厅关于做好 2022 年工作的通知")
    (True, False)
    """
    gaps = len(_GAP.findall(text)) if " " in text else 0
    if not gaps:
        return False
    pairs = gaps + len(re.findall(f"{_HAN}(?={_HAN})", text))
    return gaps >= 0.1 * pairs > 0 and (gaps >= 2 or pairs == 1)


def read_dash_as_one(line: str) -> tuple[str, int]:
    """A dash before 、 at the head of a line is 一, misread by a scanner.

    >>> read_dash_as_one("— 、总体要求"), read_dash_as_one("——开展")
    (('一、总体要求', 1), ('——开展', 0))
    """
    return re.subn(r"^\s*[—\-－_]\s*、", "一、", line)


# 入 misread as 人. Only after these verbs, and not where 人 begins or ends a word of its own
# (吸纳人才, 金融人士, 领导人, 引人注目).
_ENTER = re.compile(
    r"(?<![吸接收])纳人(?![才员士口民])|(?:(?<!资)深|(?<![金圆])融|(?<!招)(?<!吸)(?<!接)收|(?<!指)(?<!吸)引|投|(?<!书)(?<!登)记|准"
    r"|嵌|(?<!中)介|列|(?<!关)注|(?<!指)(?<!领)(?<!辅)导|(?<!运)输)人"
    r"(?![才员士口民力物们均群类事选工身名家次体格手心间道]|\d|注目|入胜)"
)
_MAY_ENTER = re.compile("[纳深融收引投记准嵌介列注导输]人")  # four times as quick as _ENTER itself
_CONFUSIONS = (  # a character without which the pattern cannot match, which is quicker to look for
    ("囯", re.compile("囯"), "国"),
    ("十", re.compile(r"(?<=互联网)\s*十(?=[^一二三四五六七八九大年个条项])"), "+"),
)


def mend_confusions(line: str) -> tuple[str, int]:
    """Put right what character recognition confuses, where the context leaves no doubt.

    >>> mend_confusions("深人贯彻，纳人规划，吸纳人才，金融人士，引人注目，囯际")
    ('深入贯彻，纳入规划，吸纳人才，金融人士，引人注目，国际', 3)
    """
    total = 0
    if _MAY_ENTER.search(line):
        line, total = _ENTER.subn(lambda found: found[0][:-1] + "入", line)
    for sign, pattern, right in _CONFUSIONS:
        if sign in line:
            line, count = pattern.subn(right, line)
            total += count
    return line, total


MARKS: tuple[Repair, ...] = (drop_invisible, plain_blanks, strip_markdown)
SCANS: tuple[Repair, ...] = (read_dash_as_one, mend_confusions)
