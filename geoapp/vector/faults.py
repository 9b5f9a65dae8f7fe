"""What is wrong with a file of shapes, in sentences that say where and how to mend it, whatever a library calls it."""

import re
from pathlib import Path

from geoapp.model.localized_issue import LocalizedIssue
from geoapp.model.phrase import Phrase

SENTENCES = {
    "unreadable": Phrase("读不出来，文件可能不完整或已损坏；请在 QGIS、ArcGIS 里打开，重新导出再试"),
    "no_layer": Phrase("里面没有图层，文件可能不完整；请重新导出再试"),
    "which_layer": Phrase("有 {count} 个图层，请指明一个：{known}"),
    "wrong_layer": Phrase("没有名为“{layer}”的图层；有：{known}"),
    "no_shapes": Phrase("没有图形，只有属性；请导出带坐标的文件，或上传有经纬度列的表格"),
    "not_geojson": Phrase("是 JSON，但不是 GeoJSON；请在 QGIS 里另存为 GeoJSON 再试"),
    "topojson": Phrase("是 TopoJSON，这里不读；请在 QGIS 里另存为 GeoJSON 再试"),
    "json_line": Phrase("第 {line} 行第 {place} 个字符处不合 JSON 的写法，文件可能没有传完整；请重新导出再试"),
    "kml_line": Phrase("第 {line} 行不合 KML 的写法，文件可能没有传完整；请重新导出再试"),
    "kml_encoding": Phrase("KML 用的文字编码读不了；请另存为 UTF-8 编码再试"),
    "part": Phrase("压缩包里的 {part} 不完整；请重新导出，把同名的 .shp .shx .dbf .prj 一起压缩再试"),
    "no_part": Phrase("压缩包里缺 {part}；请把同名的 .shp .shx .dbf .prj 一起压缩再试"),
    "gpkg": Phrase("不是完整的 GeoPackage；请在 QGIS 里重新导出为 .gpkg 再试"),
    "text": Phrase("文字的编码与文件所说的不同；GeoJSON 请存为 UTF-8，Shapefile 请改正 .cpg（如写 GBK）或删去它"),
    "unknown_encoding": Phrase("不认得文字编码“{encoding}”；请在 .cpg 里写 UTF-8 或 GBK，或删去 .cpg"),
    "no_crs": Phrase("没有写明坐标系：Shapefile 要带 .prj；或请指明坐标系，如 EPSG:4547"),
    "not_a_crs": Phrase("“{crs}”不是认得的坐标系；请写 EPSG 代码，如 EPSG:4547"),
    "local_crs": Phrase("坐标系“{crs}”是自定的，换算不到经纬度；请转为 CGCS2000 再导出，或指明坐标系，如 EPSG:4547"),
    "degrees": Phrase("坐标系写的是“{crs}”，坐标却像经纬度；请指明坐标系（经纬度为 EPSG:4490），或改正 .prj"),
    "off_earth": Phrase("坐标从 {west}, {south} 到 {east}, {north}，不在地球上；坐标系“{crs}”对不对？经纬度写反了吗？"),
    "broken": Phrase("第 {row} 个图形不成立（线至少两个点，面要首尾闭合）；请改正或删去"),
    "no_place": Phrase("第 {row} 个图形没有坐标；请补上或删去"),
    "origin": Phrase("第 {row} 个点的坐标是 0, 0，多半是坐标没有读出来；请改正或删去"),
    "no_row": Phrase("一行也没有；请填写，或不要这个图层"),
    "mixed": Phrase("点、线、面混在一起（点 {points}，线 {lines}，面 {areas}）；请分成几个文件"),
    "multipoint": Phrase("一行里有几个点；请一个点一行（QGIS：多部件转单部件）"),
}
"""Each stands behind the name of the file and a colon."""
SAID: tuple[tuple[str, str], ...] = (
    (r"SHAPE_RESTORE_SHX", "no_part:.shx"),
    (r"in \.shx file|\.shx", "part:.shx"),
    (r"DBF", "part:.dbf"),
    (r"unknown encoding", "kml_encoding"),
    (r"parsing kml.* on line (?P<line>\d+)", "kml_line"),
    (r"GeoJSON data; At line (?P<line>\d+), character (?P<place>\d+)", "json_line"),
    (r"TopoJSON", "topojson"),
    (r"json' not recognized", "not_geojson"),
    (r"GeoPackage|sqlite|database disk image", "gpkg"),
    (r"codec can't decode|not a valid .* string", "text"),
)
"""What libraries say, as patterns, and the sentence it means; behind a colon the part that is meant."""


def fault(path: Path, key: str, where: str = "", **values: object) -> LocalizedIssue:
    """Return a fault of a file.

    Args:
        where: in the file, in English, such as ``row 3``.
    """
    sentence = Phrase(SENTENCES[key].text, values)
    return LocalizedIssue(f"{path} {where}".strip(), sentence.say("en"), "", sentence)


def fault_of(path: Path, error: Exception) -> LocalizedIssue:
    """Return a library's complaint as a fault; what it says is for programmers, and may name files of ours."""
    words = " ".join(str(error).split())
    for pattern, meant in SAID:
        match = re.search(pattern, words)
        if match:
            key, _, part = meant.partition(":")
            return fault(path, key, **match.groupdict(), **({"part": part} if part else {}))
    return fault(path, "unreadable")
