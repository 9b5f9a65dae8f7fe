"""Columns of readers' tables as indicators of views: ``table:<id>:<column>``. They are found, never listed."""

import datetime
from collections.abc import Iterator, Mapping
from functools import lru_cache

from geoapp.errors import NotFound
from geoapp.model.phrase import Phrase
from geoapp.model.plan import Indicator, Origin, Text
from geoapp.model.region import Region
from geoapp.model.zonal import ZonalValue
from geoapp.owndata.table import Column
from geoapp.owndata.tables import MOST_OPEN, OwnTable, Tables
from geoapp.owndata.understanding.numbers import printed

PREFIX = "table:"
CHINA_TIME = datetime.timezone(datetime.timedelta(hours=8))
CITED = Phrase("使用者提供：{file}，{time}上传，未经核对")
TITLE = Phrase("使用者提供：{file}")
DATE = Phrase("{time}上传，未经核对")
CAVEAT = Phrase("使用者提供，未经核对")
STATISTIC = Phrase("使用者自己的数据")
HOW = Phrase("{file}第{row}行")
LANGUAGES = ("zh", "en")


def indicator_id(table: str, column: str) -> str:
    """Return the id of a column's indicator."""
    return f"{PREFIX}{table}:{column}"


class OwnIndicators(Mapping[str, Indicator]):
    """The indicators of readers' tables. Who knows an id gets its indicator; nobody gets a list of them."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def __getitem__(self, identifier: str) -> Indicator:
        """Return an indicator as its table is at this moment."""
        return _indicators(self._found(identifier)[0])[identifier]

    def __iter__(self) -> Iterator[str]:
        """Yield nothing: a list of what readers uploaded is nobody's."""
        return iter(())

    def __len__(self) -> int:
        """Return 0, as many as are listed."""
        return 0

    def beside(self, identifier: str) -> Mapping[str, Indicator]:
        """Return the indicators of the same table, in the order of its columns; none for an id of another kind."""
        try:
            own, _ = self._found(identifier)
        except KeyError:
            return {}
        return _indicators(own)

    def state(self, identifier: str) -> str:
        """Return what pictures of an indicator are kept under: it changes with every decision of the reader."""
        try:
            return self._found(identifier)[0].version
        except KeyError:
            return ""

    def value(self, identifier: str, region: Region) -> ZonalValue | None:
        """Return the number of a region's row; None where the table has none."""
        try:
            own, column = self._found(identifier)
        except KeyError:
            return None
        position = own.position(column, region.adcode)
        value = None if position is None else own.table.numbers[column.id][position]
        if position is None or value is None:
            return None
        how = Phrase(HOW.text, {"file": own.table.file, "row": own.table.rows[position].row})
        text = printed(own.table.cells[position][column.position])
        return ZonalValue(value=value, text=text, how=how, caveats=("own_data",))

    def _found(self, identifier: str) -> tuple[OwnTable, Column]:
        table, _, name = identifier.removeprefix(PREFIX).partition(":")
        if not identifier.startswith(PREFIX):
            raise KeyError(identifier)
        try:
            own = self._tables.find(table)
        except NotFound:
            raise KeyError(identifier) from None
        column = own.table.column(name)
        if column is None or column.kind != "number":
            raise KeyError(identifier)
        return own, column


@lru_cache(maxsize=MOST_OPEN)
def _indicators(own: OwnTable) -> dict[str, Indicator]:
    """Return the indicators of a table, made once for each of its versions."""
    ids = {indicator_id(own.id, column.id): column for column in own.table.indicators}
    return {name: _indicator(name, own, column) for name, column in ids.items()}


def _indicator(identifier: str, own: OwnTable, column: Column) -> Indicator:
    time = datetime.datetime.fromtimestamp(own.created, CHINA_TIME).strftime("%Y-%m-%d %H:%M")
    year = None if column.year is None else Phrase("{year}年", {"year": column.year})
    file = f"{own.table.file}（{own.table.sheet}）" if own.table.sheet else own.table.file
    title: Phrase | str = column.title
    if year is not None:
        title = Phrase("{title}（{year}）", {"title": column.title, "year": year})
    origin = Origin(
        id=f"{PREFIX}{own.id}",
        title=_text(Phrase(TITLE.text, {"file": own.table.file})),
        statistic=_text(STATISTIC),
        cited=_text(Phrase(CITED.text, {"file": file, "time": time})),
        date=_text(Phrase(DATE.text, {"time": time})),
        caveat=_text(CAVEAT),
        url=f"/table?id={own.id}",
    )
    fill = column.draw == "fill"
    return Indicator(
        id=identifier,
        title=_text(title),
        definition=_text(file),
        unit=column.unit,
        sector="own_data",
        kind="level" if fill else "amount",
        better="none",
        aggregate="none",
        inherit=False,
        draw="fill" if fill else "symbol",
        origin=origin,
    )


def _text(said: Phrase | str) -> Text:
    return Text(**{lang: said.say(lang) if isinstance(said, Phrase) else said for lang in LANGUAGES})
