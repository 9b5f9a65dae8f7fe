"""The words of the trade for a goal's progress, and for what of it a view shows."""

from collections.abc import Mapping

from geoapp.model.phrase import Phrase
from geoapp.model.view import Measure
from geoapp.model.vocabulary import ProgressStatus

PROGRESS_WORDS: Mapping[ProgressStatus, Phrase] = {
    "reached": Phrase("完成"),
    "not_reached": Phrase("未完成"),
    "on_track": Phrase("进度达标"),
    "behind": Phrase("进度滞后"),
    "no_result": Phrase("暂无结果"),
    "not_comparable": Phrase("不可比"),
}
JUDGED: tuple[ProgressStatus, ...] = ("reached", "on_track", "behind", "not_reached")
"""The states of a goal that was held against a result, best first."""
UNJUDGED: tuple[ProgressStatus, ...] = ("no_result", "not_comparable")
MEASURES: Mapping[Measure, Phrase] = {
    "target": Phrase("目标值"),
    "achieved": Phrase("实际值"),
    "gap": Phrase("与计划的差距"),
    "status": Phrase("完成情况"),
}
