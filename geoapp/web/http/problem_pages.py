"""What each kind of problem means and how to mend it: the page behind a problem's ``type``."""

from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, Response, render_template

from geoapp.errors import NotFound
from geoapp.model.address import Address
from geoapp.model.phrase import Phrase
from geoapp.web.http.context import language
from geoapp.web.http.responses import json_reply, reply

bp = Blueprint("help", __name__, url_prefix="/problems")


@dataclass(frozen=True, slots=True)
class Help:
    """One kind of problem: its name, what it means, how to mend it."""

    title: Phrase
    meaning: Phrase
    mend: Phrase


HELP: dict[str, Help] = {
    "invalid-parameters": Help(
        Phrase("链接参数有误"),
        Phrase("网址里有图集不认识的参数、重复的参数，或取值不在允许范围内。为了不给出似是而非的结果，请求没有执行。"),
        Phrase("按返回信息中 errors 所列的参数逐个改正；参数名和取值见接口说明 /ogc/api 与 /view.json。"),
    ),
    "invalid-adcode": Help(
        Phrase("区划代码有误"),
        Phrase("行政区划代码应为六位数字，如 150600。"),
        Phrase("用 /search.json?q=地名 查到代码；已撤销的旧代码会自动转到今天的代码。"),
    ),
    "not-found": Help(
        Phrase("没有这个内容"),
        Phrase("图集里没有这个编号的地区、规划、指标、园区或项目，或者网址不存在。"),
        Phrase("用 /search 查找，或从 /plans、/indicators、/parks、/projects、/regions 的目录进入。"),
    ),
    "unknown-region": Help(
        Phrase("地名对不上"),
        Phrase("文件用的地名在它所属的地区里找不到，图集不猜测。"),
        Phrase("核对写法；如果文件确实这样写，在 shapes/aliases.csv 加一行，注明指哪个代码。"),
    ),
    "ambiguous-region": Help(
        Phrase("地名有多种理解"),
        Phrase("同一个名字在这个地区里指几个不同的行政区。"),
        Phrase("改写全称，或在 shapes/aliases.csv 注明指哪一个。"),
    ),
    "draft-region": Help(
        Phrase("看不出文件属于哪个地区"),
        Phrase("文件的标题和落款里没有图集认得的地名，或者有几种理解；起草前要先定下地区。"),
        Phrase("起草时写明地区：geoapp draft 文件 --region 六位区划代码；网页上在文件旁填写代码。"),
    ),
    "no-draft": Help(
        Phrase("没有这份草稿"),
        Phrase("文件夹里没有草稿，或草稿文件残缺、读不懂。"),
        Phrase("检查路径；需要时用 geoapp draft 重新起草，已经做过的取舍会保留。"),
    ),
    "layer-refused": Help(
        Phrase("文件不能成为图层"),
        Phrase("文件读不懂、没有坐标、坐标系不明，或大小、个数超出限制；返回信息写明是哪一处。"),
        Phrase("按返回信息改正后再传；表格要有经度、纬度两列，矢量文件要写明坐标系。"),
    ),
    "unknown-sheet": Help(
        Phrase("没有这个工作表"),
        Phrase("工作簿里没有所写名字的工作表，或有几个工作表而没有说用哪一个。"),
        Phrase("用 --sheet 写明工作表的名字；返回信息列出了有哪些。"),
    ),
    "invalid-data": Help(
        Phrase("数据文件有错"),
        Phrase("layers 或 shapes 里的文件有不合格的行；上一次构建好的图集继续提供服务。"),
        Phrase("运行 geoapp check，按列出的文件、行、列逐一改正，再运行 geoapp build。"),
    ),
    "boundaries": Help(
        Phrase("边界数据不可用"),
        Phrase("边界数据缺失、损坏，或与 shapes/manifest.json 记载的不一致。"),
        Phrase("运行 geoapp shapes build 重新生成，再运行 geoapp shapes check。"),
    ),
    "not-built": Help(
        Phrase("图集还没有构建"),
        Phrase("服务找不到构建好的数据，或数据属于另一个版本。"),
        Phrase("运行 geoapp build（或 make run），完成后重新打开。"),
    ),
    "store": Help(
        Phrase("数据库不可用"),
        Phrase("存放构建的数据库连不上、拒绝访问或缺少 PostGIS。各服务器继续用手头的构建，读者不受影响。"),
        Phrase("按命令给出的提示处理，再运行一次；设置见 GEOAPP_STORE。"),
    ),
    "unknown-host": Help(
        Phrase("不认识的主机名"),
        Phrase("请求里的主机名不是这台服务器的名字，图集不会把它写进任何链接。"),
        Phrase("请管理员把这个名字写进 GEOAPP_TRUSTED_HOSTS，或用 GEOAPP_PUBLIC_URL 写明图集的网址。"),
    ),
    "busy": Help(
        Phrase("正忙"),
        Phrase("另一个构建正在进行，或资源被占用。"),
        Phrase("等它结束后再试；端口被占用时用 PORT 换一个端口。"),
    ),
    "invalid-settings": Help(
        Phrase("设置有误"),
        Phrase("环境变量里有图集不认识的名字，或取值不能使用。"),
        Phrase("按提示改正以 GEOAPP_ 开头的环境变量；全部设置见 README。"),
    ),
    "raster": Help(
        Phrase("栅格数据不可用"),
        Phrase("layers/rasters 里登记的栅格缺失、损坏，或与登记的内容不符。"),
        Phrase("按提示核对栅格文件和它的 .toml，再运行 geoapp check 与 geoapp build。"),
    ),
    "raster-questions": Help(
        Phrase("栅格请求有误"),
        Phrase("对栅格的提问超出了它的范围、级别或变量。"),
        Phrase("按返回信息改正坐标、级别或变量名。"),
    ),
    "font-missing": Help(
        Phrase("缺少字体"),
        Phrase("制图用的字体随图集一起安装，这台服务器上没有找到；图集不会用缺字的字体出图。"),
        Phrase("运行 make assets，或重新安装 geoapp，再运行 geoapp doctor。"),
    ),
    "unusable-template": Help(
        Phrase("单位模板无法使用"),
        Phrase(
            "这台服务器上设置了本单位的 Word 或 PowerPoint 模板，但模板缺少简报所需的内容；图件和数据下载不受影响。"
        ),
        Phrase("请管理员按提示修改模板，或取消 GEOAPP_TEMPLATES_OFFICE；geoapp doctor 列出模板的问题。"),
    ),
    "library-missing": Help(
        Phrase("缺少制图程序库"),
        Phrase("制图程序库在这台服务器上无法加载，通常是缺少系统软件包；地图页面和数据下载不受影响。"),
        Phrase("按提示安装系统软件包（Debian：apt-get install libegl1 libgl1 libcairo2），再运行 geoapp doctor。"),
    ),
    "missing-glyph": Help(
        Phrase("字体缺字"),
        Phrase("图上有一个字，现有字体没有；图集不会悄悄漏掉它。"),
        Phrase("安装覆盖更全的字体，或在题名里换一个字，再出图。"),
    ),
    "outdated": Help(
        Phrase("数据已更新，分页须重新开始"),
        Phrase("翻页时数据换了版本，而开始翻页时的那一版已不再保留；若混用两版，会重复或漏掉要素。"),
        Phrase("去掉 data_version 参数，从第一页重新取。"),
    ),
    "unreadable-document": Help(
        Phrase("这份文件读不出来"),
        Phrase("服务器上存放的规划原文无法读取：可能损坏、加密，或只有扫描图像。"),
        Phrase("请管理员换一份可读的原文，或在 plan.toml 中写明官方网址。"),
    ),
    "unreadable-table": Help(
        Phrase("这份表格用不了"),
        Phrase("上传的表格读不出来、太大，或没有一列写的是行政区；返回信息写明是哪个文件、哪一行、哪一格。"),
        Phrase("按返回信息改正后重新上传；表格的要求见 docs/own-data.md。"),
    ),
    "not-allowed": Help(
        Phrase("不允许这样做"),
        Phrase("管理员关闭了上传、要求口令，或者请求是别的网站发来的。"),
        Phrase("从图集自己的“自己的数据”页面上传；需要口令时向管理员索取。"),
    ),
    "no-room": Help(
        Phrase("磁盘已满"),
        Phrase("服务器的磁盘满了，上传的表格没有保存；已有的内容不受影响。"),
        Phrase("请管理员腾出空间，再上传一次。"),
    ),
    "gone": Help(
        Phrase("内容已不再保留"),
        Phrase("这个网址指的内容曾经有过，现在已经过期或被新的构建替换。"),
        Phrase("从图集重新打开一次，再取得新的链接。"),
    ),
    "too-busy": Help(
        Phrase("出图或下载的名额已满"),
        Phrase("正在制作的图件、文件、筛选或正在传送的大文件太多，名额已经用完；其他页面不受影响。"),
        Phrase("过几秒再试；响应头 Retry-After 给出秒数。"),
    ),
    "work-ended": Help(
        Phrase("这一项没有做成"),
        Phrase("制作它的进程用完了一次请求可用的内存或时间，已经结束；其他人的请求不受影响。"),
        Phrase("换小一些的纸张、少一些地区或低一些的分辨率再试；管理员可以调高 GEOAPP_DRAWING_MEMORY。"),
    ),
    "method-not-allowed": Help(
        Phrase("请求方法不可用"),
        Phrase("图集只供读取：网址支持 GET 与 HEAD，其他方法不支持。"),
        Phrase("改用 GET；响应头 Allow 列出可用的方法。"),
    ),
    "bad-request": Help(
        Phrase("请求无法读懂"),
        Phrase("请求的格式不完整或不合规范。"),
        Phrase("检查网址编码和请求头后重试。"),
    ),
    "not-acceptable": Help(
        Phrase("没有这种格式"),
        Phrase("请求要的格式，这个网址没有。"),
        Phrase("去掉 Accept 限制，或换用列出的后缀。"),
    ),
    "request-entity-too-large": Help(
        Phrase("请求太大"),
        Phrase("请求内容超过了允许的大小。"),
        Phrase("缩小请求：减少参数，或分几次读取。"),
    ),
    "error": Help(
        Phrase("服务器出错"),
        Phrase("图集遇到了没有预料到的情况，不是您的操作造成的。"),
        Phrase("稍后再试；若仍出错，请把网址和时间告诉维护人员，日志里有详细记录。"),
    ),
}
"""Every slug that an error of ours or of HTTP carries."""
for _status in HTTPStatus:
    if _status >= HTTPStatus.BAD_REQUEST:
        _ours = "bad-request" if _status < HTTPStatus.INTERNAL_SERVER_ERROR else "error"
        HELP.setdefault(_status.phrase.lower().replace(" ", "-"), HELP[_ours])


def _help(slug: str) -> dict[str, str]:
    known = HELP.get(slug)
    if known is None:
        sentence = Phrase("没有名为“{slug}”的问题类型", {"slug": slug})
        raise NotFound(sentence.say(language()), suggestion="/problems/not-found", wording=sentence)
    lang = language()
    return {
        "type": Address(f"/problems/{slug}"),
        "title": known.title.say(lang),
        "meaning": known.meaning.say(lang),
        "mend": known.mend.say(lang),
    }


@bp.get("/<slug>")
def page(slug: str) -> Response:
    """What a kind of problem means and how to mend it."""
    return reply(render_template("help.html", help=_help(slug)).encode(), "text/html")


@bp.get("/<slug>.json")
def as_json(slug: str) -> Response:
    """The same for programs."""
    return json_reply(_help(slug))
