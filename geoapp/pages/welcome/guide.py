"""The help page, one screen: the states of a value, precision, tiers, how to cite."""

from geoapp.model.phrase import Phrase
from geoapp.model.vocabulary import STATUSES
from geoapp.pages.base import Json, Library
from geoapp.portrayal.cards import STATUS_WORDS
from geoapp.portrayal.ui_texts import PRECISION_WORDS

TITLE = Phrase("帮助")
MEANING = {
    "own": Phrase("文件为这个地区定的目标，或为它这一级的每个地区定的目标（如“各地州市”）。"),
    "parent": Phrase("只有上级定了目标，没有分解到这里；图上画斜线，写明是谁的目标，不当作本地目标。"),
    "not_published": Phrase("文件说明分解表不公开；图上画点，不猜。"),
    "none": Phrase("有文件管到这里，但没有这项目标；不是零。"),
    "not_collected": Phrase("图集里没有管到这里的文件；不等于没有规划。"),
}
PRECISION = Phrase(
    "园区、项目的位置只精确到文件所写的那一级。实线符号在乡镇以内，虚线符号只知道所在县市，不是实际位置。"
)
TIERS = Phrase("有的文件给同一目标定两档：基本目标必须完成，激励目标是更高的要求。没有分档的按基本目标显示。")
CITE = Phrase(
    "每个数字旁都有文件和章节；卡片上“复制引文”给出完整的一条。"
    "图片、Word、PPT、Excel 自带资料来源。引用时请写明数据版本。"
)
FIND = Phrase("搜索框认得简称、旧名、拼音、英文名和指标的别名；按 / 键随时开始。")


def guide_page(library: Library, lang: str) -> Json:
    """Return the help page."""
    return {
        "title": TITLE.say(lang),
        "trail": [],
        "states": [
            {"status": status, "words": STATUS_WORDS[status].say(lang), "meaning": MEANING[status].say(lang)}
            for status in STATUSES
        ],
        "precision": PRECISION.say(lang),
        "precisions": [{"id": each, "words": words.say(lang)} for each, words in PRECISION_WORDS.items()],
        "tiers": TIERS.say(lang),
        "cite": CITE.say(lang),
        "find": FIND.say(lang),
        **library.foot(lang),
    }
