"""Why a file is not read, as keys that the reading process can hand over and sentences for the reader."""

from geoapp.errors import TableTooLarge, UnreadableTable
from geoapp.model.phrase import Phrase

REFUSALS: dict[str, Phrase] = {
    "empty": Phrase("{file}：文件是空的；请选一个有内容的表格"),
    "encrypted": Phrase("{file}：文件设了密码，打不开；请去掉密码另存一份再试"),
    "web_page": Phrase("{file}：虽然叫表格，其实是网页；请在 Excel 或 WPS 里打开，另存为 .xlsx 再试"),
    "not_a_table": Phrase("{file}：不是表格；可用 .xlsx .xls .xlsm .xlsb .ods .csv .tsv，其他格式请另存为 .xlsx"),
    "damaged": Phrase("{file}：文件损坏或不完整，读不出来；请在 Excel 或 WPS 里打开，另存为 .xlsx 再试"),
    "et": Phrase("{file}：这一种 .et（WPS 自己的格式）读不出来；请在 WPS 里打开，另存为 .xlsx 再试"),
    "bomb": Phrase("{file}：压缩包展开后过大（超过 {most} MB），没有打开；请只留需要的工作表，另存为 .xlsx 再试"),
    "entities": Phrase("{file}：部件 {part} 里有 XML 实体声明，正常的表格没有，没有打开；请另存为 .xlsx 再试"),
    "too_far": Phrase("{file}：表格范围太大，可能在很远的单元格里还有内容；请把表格复制到新工作簿，另存为 .xlsx 再试"),
    "encoding": Phrase("{file}：第 {row} 行的文字既不是 UTF-8 也不是 GB18030；请另存为 UTF-8 编码的 CSV 或 .xlsx 再试"),
    "quotes": Phrase("{file}：第 {row} 行的引号不成对，分不出单元格；请另存为 .xlsx 再试"),
    "rows": Phrase("{file}，工作表“{sheet}”：有 {count} 行，最多读 {most} 行；请分成几个文件"),
    "columns": Phrase("{file}，工作表“{sheet}”：有 {count} 列，最多读 {most} 列；请只留需要的列"),
    "bytes": Phrase("{file}：文件有 {count} MB，最多 {most} MB；请只留需要的工作表和列"),
    "no_sheet": Phrase("{file}：没有名为“{sheet}”的工作表；有 {known}"),
}


def refusal(key: str, file: str, **values: object) -> UnreadableTable:
    """Return the error that says why a file is not read."""
    kind = TableTooLarge if key in ("bytes", "rows", "columns") else UnreadableTable
    return kind(Phrase(REFUSALS[key].text, {"file": file, **values}))
