"""Why an answer is what it is: the steps of a resolution, as sentences."""

from collections.abc import Iterator, Sequence

from geoapp.model.phrase import Phrase, in_a_row
from geoapp.model.plan import Indicator, Plan, Target
from geoapp.model.region import Region

AMOUNT = Phrase("上级目标为总量或个数，不向下沿用")
NOT_COLLECTED = Phrase("图集未收录本级及上级的规划文件")
PART_COLLECTED = Phrase("本级或上级文件只收录了一部分，未收录的部分有无此目标不得而知")
NOT_LENT = Phrase("上级目标只属于上级或只涉及部分区域，不向下沿用")


def missing_step(region: Region, indicator: Indicator, collected: bool) -> Phrase:
    """Say that a region has no goal of its own; of documents that are not held whole, only that nothing is known."""
    if not collected:
        return Phrase("{region}：图集未收录本级的完整文件", {"region": region.name})
    if indicator.derived:
        return Phrase("{region}：文件没有可供计算的数值", {"region": region.name})
    return Phrase("{region}：文件未列本级目标", {"region": region.name})


def lent_step(above: Region, region: Region, plan: Plan | None) -> Phrase:
    """Say whose goal is lent; that it is not broken down is known only of a document held whole."""
    names = {"above": above.name, "region": region.name}
    if plan is not None and plan.extent == "part":
        return Phrase("{above}：本级目标；文件只收录了一部分，是否分解到{region}不得而知", names)
    return Phrase("{above}：本级目标，未分解到{region}", names)


def disagreeing(first: Target, others: Sequence[Target]) -> Iterator[Phrase]:
    """Say which other values are printed, in the same document and in other ones."""
    for same in (True, False):
        of = [each for each in others if (each.plan == first.plan) is same]
        printed = (Phrase("{value}（{section}）", {"value": each.value_text, "section": each.section}) for each in of)
        said = {"others": in_a_row(printed)}
        if of:
            yield Phrase("文件内另有不同数值：{others}", said) if same else Phrase("另有文件数值不同：{others}", said)
