"""``/tables``: a reader's table is taken, looked at, settled, given back and forgotten."""

from pathlib import Path

from flask import Blueprint, Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from geoapp.analysis.query import BadValue
from geoapp.errors import NoRoom, UnreadableTable
from geoapp.files.own.given_back import write_own_csv, write_own_xlsx
from geoapp.model.phrase import Phrase
from geoapp.owndata.reading.refused import refusal
from geoapp.owndata.reading.sheet import MOST_BYTES
from geoapp.owndata.settle import read_decisions
from geoapp.owndata.tables import OwnTable
from geoapp.owndata.understanding.numbers import printed
from geoapp.web.http.addresses import at
from geoapp.web.http.context import atlas, language
from geoapp.web.http.params import read_params
from geoapp.web.http.responses import download_reply, json_reply
from geoapp.web.own.access import keep_private, own_data, require_on, require_own_site, require_token
from geoapp.web.own.presentation import first_view, table_json
from geoapp.web.reading.pages import LANGUAGE

bp = Blueprint("tables", __name__)
FORM = 64 * 1024
"""Bytes of a form around its file."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PASTED = Phrase("粘贴的表格")
NOTHING = Phrase("请求里没有表格：请用 multipart/form-data 的 file 字段，或以 text/csv 为请求内容")
FULL = Phrase("服务器的磁盘已满，表格没有保存；请告诉管理员")
LONGEST_NAME = 80

bp.after_app_request(keep_private)


@bp.before_request
def _may() -> None:
    require_on()
    if request.method not in ("GET", "HEAD", "OPTIONS"):
        require_own_site()
        require_token()
    request.max_content_length = MOST_BYTES + FORM


@bp.post("/tables")
def take() -> Response:
    """Take a table: 201 with what was understood, where each row lies and what is left to decide."""
    given = read_params(request.args, {**LANGUAGE, "name": safe_name, "sheet": _text})
    try:
        data, name = _uploaded()
    except RequestEntityTooLarge:
        size = f"{(request.content_length or 0) / 2**20:.1f}"
        raise refusal("bytes", given.get("name", "POST /tables"), count=size, most=MOST_BYTES // 2**20) from None
    sheet = given.get("sheet") or request.form.get("sheet", "")
    try:
        own = own_data().tables.take(data, given.get("name") or name, atlas().gazetteer, sheet)
    except OSError:
        raise NoRoom(FULL) from None
    response = _shown(own, 201)
    response.headers["Location"] = at(f"/tables/{own.id}")
    return response


@bp.get("/tables/<identifier>")
def show(identifier: str) -> Response:
    """A table as it is understood and settled at this moment."""
    read_params(request.args, LANGUAGE)
    return _shown(own_data().tables.find(identifier))


@bp.patch("/tables/<identifier>")
def settle(identifier: str) -> Response:
    """Settle rows, say how columns are drawn, choose another sheet."""
    read_params(request.args, LANGUAGE)
    decisions = read_decisions(request.get_json(force=True, silent=True))
    try:
        return _shown(own_data().tables.settle(identifier, decisions, atlas().gazetteer))
    except OSError:
        raise NoRoom(FULL) from None


@bp.delete("/tables/<identifier>")
def forget(identifier: str) -> Response:
    """Forget a table at once."""
    read_params(request.args, LANGUAGE)
    own_data().tables.forget(identifier)
    return Response(status=204)


@bp.get("/tables/<identifier>.csv")
def as_csv(identifier: str) -> Response:
    """The reader's own table with adcode, region_name, match and candidates added."""
    own = _asked_for(identifier)
    body = write_own_csv(own.table, atlas().faces(language()).gazetteer)
    return download_reply(body, "text/csv; charset=utf-8", f"{_stem(own)}.csv", "geoapp-table.csv")


@bp.get("/tables/<identifier>.xlsx")
def as_xlsx(identifier: str) -> Response:
    """The same as a workbook."""
    own = _asked_for(identifier)
    body = write_own_xlsx(own.table, atlas().faces(language()).gazetteer)
    return download_reply(body, XLSX, f"{_stem(own)}.xlsx", "geoapp-table.xlsx")


def _asked_for(identifier: str) -> OwnTable:
    read_params(request.args, LANGUAGE)
    return own_data().tables.find(identifier)


def _stem(own: OwnTable) -> str:
    return Phrase("{file}_已匹配", {"file": Path(own.table.file).stem}).say(language())


def _shown(own: OwnTable, status: int = 200) -> Response:
    here, lang = atlas(), language()
    names = here.faces(lang).gazetteer
    view = first_view(own, names, lang)
    goals = here.goals_in(view.region, lang) if view else []
    return json_reply({**table_json(own, names, lang), "goals": goals}, status=status)


def _uploaded() -> tuple[bytes, str]:
    """Return the bytes and the name of what was sent: a file of a form, or the body itself."""
    file = request.files.get("file")
    if file is not None:
        return file.read(), safe_name(Path(file.filename or "").name) or PASTED.say(language())
    if request.mimetype.startswith("multipart/") or request.mimetype == "application/x-www-form-urlencoded":
        raise UnreadableTable(NOTHING)
    data = request.get_data()
    if not data:
        raise UnreadableTable(NOTHING)
    return data, PASTED.say(language())


def safe_name(text: str) -> str:
    """Return a file name as it can be printed anywhere."""
    return printed(Path(text.replace("\\", "/")).name)[-LONGEST_NAME:]


def _text(text: str) -> str:
    if len(text) > LONGEST_NAME:
        raise BadValue("is too long for the name of a sheet")
    return text
