"""``/table``: the page on which a reader drops a table, sees what was understood and settles what is open."""

import hmac
from http import HTTPStatus

from flask import Blueprint, Response, current_app, make_response, redirect, render_template, request

from geoapp.model.phrase import Phrase
from geoapp.owndata.uploads import ID
from geoapp.web.http.addresses import at
from geoapp.web.http.context import language
from geoapp.web.own.access import COOKIE, knows_token, own_data, require_on, require_own_site
from geoapp.web.reading.pages import link

bp = Blueprint("table", __name__)
TEXTS = {
    "failed": Phrase("没有成功，请检查网络后再试。"),
    "reading": Phrase("正在读取…"),
    "saving": Phrase("正在保存…"),
    "forgotten": Phrase("已删除。"),
    "reallyForget": Phrase("现在就删除这张表？删除后链接和图都不再可用。"),
    "matched": Phrase("行已对上"),
    "ambiguous": Phrase("行待您决定"),
    "unmatched": Phrase("行没有找到"),
    "ignored": Phrase("行略去"),
    "year": Phrase("年份"),
    "map": Phrase("看图"),
    "drawn": Phrase("怎样画"),
    "resultOf": Phrase("与目标比较"),
    "resultGoal": Phrase("是哪项目标的结果"),
    "resultYear": Phrase("结果的年份"),
    "resultMap": Phrase("看完成情况"),
    "incentive": Phrase("激励目标"),
    "fill": Phrase("颜色"),
    "symbol": Phrase("圆"),
    "proposal": Phrase("按单位建议：率和水平用颜色，总量和个数用圆"),
    "header": Phrase("表头在第几行"),
    "noHeader": Phrase("没有表头"),
    "regions": Phrase("地区列"),
    "numbers": Phrase("数值列"),
    "others": Phrase("其他列"),
    "titles": Phrase("标题行"),
    "notes": Phrase("表下说明"),
    "sheet": Phrase("工作表"),
    "all": Phrase("全部行："),
    "row": Phrase("第 {{n}} 行"),
    "thisRow": Phrase("用这一行"),
    "leaveOut": Phrase("略去这一行"),
    "another": Phrase("写另一个地名"),
    "takeNearby": Phrase("全部采用与其他行同在一地的 {{n}} 项"),
}
"""What the page's script says."""


@bp.get("/table")
def page() -> Response:
    """The page; ``id`` names the table it opens with."""
    return _page()


@bp.post("/table/enter")
def enter() -> Response:
    """Let those in who know the word."""
    require_on()
    require_own_site()
    own = own_data()
    if not hmac.compare_digest(request.form.get("token", "").encode(), own.token.encode()):
        return _page(HTTPStatus.FORBIDDEN, wrong=True)
    response = make_response(redirect(link("/table"), HTTPStatus.SEE_OTHER))
    response.set_cookie(COOKIE, own.pass_word, path=at("/"), httponly=True, samesite="Strict", secure=request.is_secure)
    return response


def _page(status: HTTPStatus = HTTPStatus.OK, *, wrong: bool = False) -> Response:
    own, table = own_data(), request.args.get("id", "")
    html = render_template(
        "table.html",
        on=own.on,
        allowed=knows_token(),
        wrong=wrong,
        days=f"{current_app.extensions['geoapp-settings'].tables_days:g}",
        table=table if ID.fullmatch(table) else "",
        texts={name: phrase.say(language()) for name, phrase in TEXTS.items()},
    )
    return Response(html, status, mimetype="text/html")
