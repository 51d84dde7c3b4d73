"""What the last words of an object are followed by in funded titles: the counts behind heads.HEADS.

``python benchmarks/title_forms.py ../shared/titles`` prints, for each row of the table, how many
titles that end in 研究 have the word and then only a happening or form, and the commonest of these;
then the counts of the frames that narrower titles are built with.
"""

import csv
import lzma
import re
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from recommender.recommend.heads import HEADS

_DOING = "提高|提升|促进|加强|推进|扩大|完善|构建"
FRAMES = {
    "…背景下…": "背景下",
    "动宾 + 背景下": "^(?:建设|构建|推进|发展|扩大|实施).{2,12}(?:背景|进程|过程)[下中]",
    "…建设中的… 等": "(?:建设|改革|发展)中的",
    "面向…的": "^面向.{2,12}的",
    "…专业人才培养模式": "专业.{0,4}人才培养模式",
    "动宾 + 的路径（途径）": f"^(?:{_DOING}).{{3,20}}的(?:路径|途径)研究$",
    "动宾 + 的对策（政策、机制）": f"^(?:{_DOING}).{{3,20}}的(?:对策|政策|机制)研究$",
    "问题与对策": "问题(?:与|及其?)对策研究$",
    "现状与对策": "现状(?:与|及其?)对策研究$",
    "影响因素": "影响因素研究$",
    "评价（评估）指标体系": "评[价估]指标体系研究$",
}


def read_titles(folder: Path) -> list[str]:
    """Titles of funded projects and of calls, as stored; a subtitle after a dash is cut off."""
    with lzma.open(folder / "nssfc_titles_1991-2012.csv.xz", "rt", encoding="utf-8") as file:
        titles = [row["title"] for row in csv.DictReader(file)]
    with (folder / "guide_topics_2012-2016.csv").open(encoding="utf-8") as file:
        titles += [row["call"] for row in csv.DictReader(file)]
    return [re.split("——|--", title.strip())[0] for title in titles]


def followers(word: str, titles: Iterable[str]) -> Counter[str]:
    """What stands between a word and the final 研究, where that is at most six characters."""
    pattern = re.compile(f"{re.escape(word)}((?:的)?[\u4e00-\u9fff]{{0,6}})研究$")
    return Counter(found[1] for title in titles if (found := pattern.search(title)))


def main(folder: Path) -> None:
    titles = read_titles(folder)
    ending = [title for title in titles if title.endswith("研究")]
    print(f"{len(titles)} titles, {len(ending)} end in 研究")
    for word, head in HEADS.items():
        counts = followers(word, ending)
        common = "、".join(f"{form or '—'} {n}" for form, n in counts.most_common(6))
        print(f"{word}\t{counts.total()}\t{head.happening or '—'} / {head.form}\t{common}")
    for label, frame in FRAMES.items():
        print(f"{label}\t{sum(bool(re.search(frame, title)) for title in titles)}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
