"""Whether a drafted project is a named undertaking or an action; ``docs/data.md`` has the rule, a person decides."""

import re

from geoapp.model.vocabulary import ProjectNature

OWNER = re.compile(r"公司|集团|电厂|热电$|发电$|实业|\d号机组")
PROPER = re.compile(
    r"“[^”]{2,8}”[^“”]*(?:系统|平台|中心)|枢纽|集装箱场站|交易储运中心|产品中心|检测中心|联络线|既有线路"
)
COUNTY_WIDE = re.compile(r"整县")
PROGRAMME = re.compile(r"试点|示范|城市|监测|检测能力|替代|“.{2}\+.{2,3}”|惠民工程|大气.*治理|区域.*治理|工作$")
BUILT = re.compile(r"项目|工程|电站|基地|产业园|水电|发电|管网|枢纽|中心|治理$|改造$")


def nature_of(name: str, *, placed: bool, boxed: bool) -> ProjectNature:
    """Propose the nature of a project from its name.

    Args:
        placed: the name itself names a division or a river.
        boxed: it stands in a box that lists projects.
    """
    if COUNTY_WIDE.search(name) or OWNER.search(name) or PROPER.search(name):
        return "work"
    if boxed and BUILT.search(name) and not re.search(r"试点|示范|平台|小镇", name):
        return "work"
    if PROGRAMME.search(name):
        return "action"
    return "work" if placed and BUILT.search(name) else "action"
