"""What a reason says of a direction: the figures behind a feature, where they are known."""

from collections.abc import Callable

import numpy as np

from recommender.emphasis.history import load_history
from recommender.emphasis.now import uptake
from recommender.fold import bare
from recommender.recommend.features import FEATURES, document_of, overlap, recent_picks
from recommender.recommend.rank import SAME_OBJECT
from recommender.recommend.reading import Reading, Subject
from recommender.recommend.similar import earlier_than
from recommender.recommend.wording import quoted

_SHORT = 12  # characters, half of what the longest direction has
_FAR = 0.3  # a cosine below says nothing: one in twenty words of policy reaches it with a field


def nearest_field(subject: Subject, reading: Reading) -> str:
    """The college's field nearest in meaning."""
    cosines = [float(subject.vector @ theme) for theme in reading.themes]
    if not cosines or max(cosines) < _FAR:
        return "与学校各专业相近的程度有限"
    return f"与学校的{quoted(reading.profile.themes[int(np.argmax(cosines))])}相近"


def stressed_word(subject: Subject, reading: Reading) -> str:
    """The word the issue stresses most beyond its past and general policy."""
    scores = {word: reading.stressed.get(word, 0.0) for word in subject.words}
    top = max(scores, key=lambda word: scores[word], default="")
    if not top or scores[top] <= 0:
        return "用词并不比以往各期和一般政策文本突出"
    return f"“{top}”比以往各期和一般政策文本更突出"


def topic_share(subject: Subject, reading: Reading) -> str:
    """The topic, and its share of what the issue stresses."""
    if subject.topic is None:
        return "不属于已有主题"
    label, share = reading.model.labels[subject.topic], reading.shares[subject.topic]
    return f"属于主题{quoted(label)}，占本期的 {share:.0%}"


def uptake_in_reports(subject: Subject, reading: Reading) -> str:
    """In how many provincial reports the term that rises most is mentioned, now and before."""
    found = [uptake(term, load_history(), reading.as_of) for term in subject.terms]
    if not found:
        return "省级政府工作报告里还没有这样的提法"
    top = max(found, key=lambda one: one.change)
    now = f"“{top.term}”{top.years}年见于 {top.documents} 份省级政府工作报告中的 {top.hits} 份"
    return f"{now}，此前四年 {top.earlier_documents} 份中的 {top.earlier_hits} 份"


def burst_since(subject: Subject, reading: Reading) -> str:
    """Since when a term of the wording is in a burst."""
    found = [uptake(term, load_history(), reading.as_of) for term in subject.terms]
    bursts = [f"“{one.term}”自 {one.since} 年起" for one in found if one.since]
    return f"{'、'.join(bursts)}在省级政府工作报告中突现" if bursts else "所用提法不在突现期"


def funded_word(subject: Subject, reading: Reading) -> str:
    """The word most funded titles have, and how many have it."""
    background = reading.background
    counts = {
        word: int(background.titles[background.index[word]])
        for word in subject.words
        if word in background.index
    }
    top = max(counts, key=lambda word: counts[word], default="")
    if not top or not counts[top]:
        return "用词还没有见于历年立项题目"
    return f"“{top}”见于历年 {counts[top]} 条立项题目"


def length(subject: Subject) -> str:
    """How long the wording is."""
    count = len(bare(subject.candidate.core))
    return f"{count} 个字，{'简短成题' if count <= _SHORT else '偏长'}"


def already_done(subject: Subject, reading: Reading) -> str:
    """What was already done of the direction, as the novelty feature saw it."""
    if funded := earlier_than(subject.projects, reading.as_of):
        return f"与{funded[0].year}年已立项的《{funded[0].title}》相近"
    core = subject.candidate.core
    nearest = max(recent_picks(reading), key=lambda pick: overlap(core, pick.core), default=None)
    if nearest and overlap(core, nearest.core) >= SAME_OBJECT:
        return f"与近期选题{quoted(nearest.core)}（{nearest.issue}）相近"
    return "与近几期选题、已立项课题不重复" if reading.funded else "与近几期选题不重复"


def earlier_picks(subject: Subject, reading: Reading) -> str:
    """How many earlier picks there are to compare with."""
    picks = reading.profile.picks
    return f"与以往 {len(picks)} 条编辑选题相近" if picks else "还没有以往选题可比"


def issuers(subject: Subject, reading: Reading) -> str:
    """Who issued the document."""
    named = document_of(subject, reading).issuers
    return f"由{'、'.join(named)}印发" if named else "未注明发文机关"


def near_home(subject: Subject, reading: Reading) -> str:
    """Whether the college's own province or city issued it."""
    return "由本省市印发" if FEATURES["home"].measure(subject, reading) else "不是本省市印发"


_KINDS = {"heading": "来自条款标题", "title": "来自文件主题", "phrase": "来自反复出现的短语"}

# One sentence a feature, made only when it is asked for.
SENTENCES: dict[str, Callable[[Subject, Reading], str]] = {
    "fit": nearest_field,
    "habit": earlier_picks,
    "context": lambda subject, reading: "所在文件与学校专业或以往选题相近",
    "distinct": stressed_word,
    "emphasis": topic_share,
    "rising": uptake_in_reports,
    "bursting": burst_since,
    "authority": issuers,
    "home": near_home,
    "researchable": funded_word,
    "wording": lambda subject, reading: length(subject),
    "novelty": already_done,
    "kind": lambda subject, reading: _KINDS[subject.candidate.source],
}
