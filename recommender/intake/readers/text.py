"""Plain text in the encodings of Chinese offices."""

import re

from recommender.config import Limits
from recommender.intake.reading import Reading, Unreadable, within_chars
from recommender.script import to_simplified

_HAN = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 26})
_UTF16 = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
_SAMPLE = 200_000  # characters that show of which script a text is
_COMMON = 0.8
_UTF16_SHARE = 0.9
# The 300 commonest characters of the public policy texts (76% of what they are made of). Of any 200 Chinese
# characters in a row there, or in 36,000 research titles, 33% at least are among them; of Korean or Japanese
# read as GB18030, 10% (21% and 39% at most).
_COMMONEST = frozenset(
    "的业和发展建进大加国化实工全设力新政产一制中会民人要推作生强改务经动重高保增体资区持地行农有开济等社成提理市年合企施革好能主基度在为面城以平用快项定公入点创机对出长是不治法现各水家坚上服方省育技深个完"
    "管规部支步性善村目科事关系量场代三到文我金造品效学本续策结万程府分教优调构安稳投质通决利放共活心了环总标级同落外收党源积费议立元领域导融整更促群自就极升境防多态取统向五划与范亿医口护位信转监任下特型做"
    "十商时内办乡电术得众健权营小障集义计抓应解扩战们批期央路题镇确准运消引际院问明协过求础流精严于达险员二物海局色职格财把争势风继式居责综件来及形试四率组控意交供培前广第益指联专研网台突表贫打县困节贸依比"
)
_CHINESE, _ENOUGH = 0.2, 50  # share of them, and characters without which no share tells
_BINARY = "内容不是文本（含有二进制数据），也不是认得的 Word、PDF 等格式：可能已损坏，或受加密软件保护"
_PLAIN = re.compile("[\t\n\r -~\u2010-\u249b\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")


def read_text(data: bytes, limits: Limits) -> Reading:
    """Plain text; Unreadable says why it is none."""
    try:
        text = decode_text(data)
    except ValueError as error:
        raise Unreadable(f"{error}。请用原来的程序打开，另存为 UTF-8 文本或 .docx。") from error
    return Reading(within_chars(text, limits), "text")


def decode_text(data: bytes) -> str:
    """Decode UTF-8, UTF-16 (with or without mark), GB18030 or Big5; ValueError says why it is none.

    UTF-8 goes first: encoding detectors call short GBK text Korean. A few GBK characters can also be
    read as UTF-8 letters of other scripts (山 as ɽ); then Chinese is meant. Big5 comes after it, and only
    where GB18030 gives rare characters; last GB18030 in traditional characters.
    """
    if encoding := _UTF16.get(data[:2]) or _unmarked_utf16(data):
        text = _decoded(data.removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff"), encoding)
        if text is None or "\0" in text:
            raise ValueError("编码像 UTF-16（Unicode），但内容已损坏")
        return text.replace("\x1a", "")
    if b"\0" in data or len(data) - len(data.translate(None, _CONTROLS)) > len(data) // 200:
        raise ValueError(_BINARY)
    text = _utf8_or_chinese(data)
    if text is None:
        raise ValueError("编码不是 UTF-8、UTF-16、GB18030（GBK）或 Big5")
    return text.replace("\x1a", "")


def _utf8_or_chinese(data: bytes) -> str | None:
    utf8 = _decoded(data, "utf-8-sig")
    if utf8 is not None and (utf8.isascii() or _HAN.search(utf8)):
        return utf8
    gb18030 = _decoded(data, "gb18030")
    if gb18030 is not None and _is_simplified(gb18030):
        return gb18030
    big5 = _decoded(data, "big5hkscs") if utf8 is None else None
    if big5 is not None and _is_common(big5, "big5", (0xA1, 0xA3), (0xA4, 0xC6)) and _has_low_trails(big5):
        return big5
    if gb18030 is not None and utf8 is None and _is_simplified(to_simplified(gb18030[:_SAMPLE])):
        return gb18030  # traditional text saved as GBK
    return utf8


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _unmarked_utf16(data: bytes) -> str | None:
    """The byte order of UTF-16 without a mark: the one that gives Chinese and ASCII, hardly else."""
    if len(data) % 2 or b"\0" not in data:
        return None
    for order in ("utf-16-le", "utf-16-be"):
        sample = data[: 2 * _SAMPLE].decode(order, "replace")
        if len(_PLAIN.findall(sample)) >= _UTF16_SHARE * len(sample):
            return order
    return None


def _is_common(text: str, charset: str, *leads: tuple[int, int]) -> bool:
    """Whether the characters beyond ASCII are mostly common ones.

    GB18030 accepts nearly any bytes; text of another encoding comes out as rare characters.
    GB 2312 level 1 (lead bytes B0–D7) holds 3,755 common characters, Big5 level 1 (A4–C6) 5,401:
    about 99% of running text.
    """
    foreign = [char for char in text[:_SAMPLE] if char >= "\u0080"]
    common = sum(_lead_in(char, charset, leads) for char in foreign)
    return common >= _COMMON * len(foreign)


def _is_simplified(text: str) -> bool:
    """Whether a text is Chinese in simplified characters: no rare ones, and enough of the commonest.

    Each Korean syllable in its usual encoding (EUC-KR) is also a common Chinese character, but hardly ever
    one of those that make up Chinese prose.
    """
    if not _is_common(text, "gb2312", (0xA1, 0xA3), (0xB0, 0xD7)):
        return False
    han = [char for char in text[:_SAMPLE] if "\u3400" <= char <= "\u9fff"]
    return len(han) < _ENOUGH or sum(char in _COMMONEST for char in han) >= _CHINESE * len(han)


def _has_low_trails(text: str) -> bool:
    """Whether second bytes below 80 occur as often as in Big5 (two in five); EUC encodings have none."""
    codes = text[:_SAMPLE].encode("big5hkscs", "ignore")
    chinese = len(_HAN.findall(text[:_SAMPLE]))
    low = len(re.findall(rb"[\xa1-\xf9][\x40-\x7e]", codes))
    return low >= 0.15 * chinese


def _lead_in(char: str, charset: str, leads: tuple[tuple[int, int], ...]) -> bool:
    try:
        code = char.encode(charset)
    except UnicodeEncodeError:
        return False
    return len(code) == 2 and any(low <= code[0] <= high for low, high in leads)
