"""Drafts for teams: drop a document, see it drafted, review it, publish it. Off unless the operator turns it on.

Whoever has the token may enter; a cookie made of it, for this path and this site only, keeps them in.
Documents are read by a process of their own (:mod:`geoapp.drafting.folder.confined`).
"""

import base64
import hashlib
import hmac
import json
import re
import secrets
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from flask import Blueprint, Response, current_app, g, make_response, redirect, render_template, request, send_file
from werkzeug.datastructures import FileStorage

from geoapp.drafting.folder.confined import JOB, Status, read_status, write_status
from geoapp.drafting.folder.pack import INDICATORS
from geoapp.drafting.folder.publish import publish
from geoapp.drafting.folder.review_book import BOOK
from geoapp.drafting.folder.review_page import render
from geoapp.drafting.folder.state import effective, read_decisions, read_draft
from geoapp.drafting.folder.take import keep, parse, take
from geoapp.drafting.reading.read import MOST_BYTES, READERS
from geoapp.drafting.vocabulary import read_terms
from geoapp.errors import GeoappError, InvalidData, NotFound
from geoapp.ingest.wording import say_all
from geoapp.model.phrase import Phrase
from geoapp.web.http.addresses import at
from geoapp.web.http.context import atlas, language
from geoapp.web.http.responses import json_reply
from geoapp.web.reading.pages import link

bp = Blueprint("drafts", __name__, url_prefix="/draft")
COOKIE = "geoapp_draft"
EXTENSION = "geoapp-drafts"
NAME = re.compile(r"[0-9a-f]{16}")
UNSAFE = re.compile(r"[^\w.\-（）()〔〕《》“”]+")
PLAN = re.compile(r"[a-z0-9][a-z0-9\-]{1,60}")
FILES = ("plan.toml", INDICATORS)
"""Files of a draft that people complete in the browser."""


@dataclass(frozen=True, slots=True)
class Drafts:
    """Where drafts are kept and what they are made with."""

    folder: Path
    layers: Path
    shapes: Path
    aliases: Path
    token: str

    @property
    def pass_word(self) -> str:
        """What the cookie of those who entered holds."""
        return hmac.new(self.token.encode(), b"geoapp drafts", hashlib.sha256).hexdigest()


@bp.before_request
def _enter_first() -> Response | None:
    if request.endpoint == "drafts.enter" or _entered():
        request.max_content_length = MOST_BYTES
        return None
    return _page("draft_enter.html", HTTPStatus.OK if request.method == "GET" else HTTPStatus.FORBIDDEN, wrong=False)


@bp.after_request
def _private(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.post("/enter")
def enter() -> Response:
    """Let those in who know the token."""
    if not hmac.compare_digest(request.form.get("token", "").encode(), _drafts().token.encode()):
        return _page("draft_enter.html", HTTPStatus.FORBIDDEN, wrong=True)
    response = make_response(redirect(link("/draft"), HTTPStatus.SEE_OTHER))
    response.set_cookie(
        COOKIE, _drafts().pass_word, path=at("/draft"), httponly=True, samesite="Strict", secure=request.is_secure
    )
    return response


@bp.get("", strict_slashes=False)
def overview() -> Response:
    """The form for a document, and the drafts there are."""
    found = sorted(_drafts().folder.glob("*/" + JOB), key=lambda path: -path.stat().st_mtime)
    return _page("draft.html", drafts=[_summary(path.parent) for path in found], kinds=",".join(READERS))


@bp.post("", strict_slashes=False)
def upload() -> Response:
    """Take documents and start to draft them in a process of its own."""
    given = [each for each in request.files.getlist("document") if each.filename]
    region, plan = request.form.get("region", "").strip(), request.form.get("plan", "").strip()
    fault = _fault(given, region, plan)
    if fault:
        return _page("draft.html", HTTPStatus.UNPROCESSABLE_ENTITY, drafts=[], kinds=",".join(READERS), fault=fault)
    drafts = _drafts()
    job = drafts.folder / secrets.token_hex(8)
    (job / "documents").mkdir(parents=True)
    for number, each in enumerate(given, start=1):
        name = UNSAFE.sub("_", Path(str(each.filename)).name)[-80:]
        each.save(job / "documents" / (f"{number}-{name}" if len(given) > 1 else name))
    asked = {"layers": drafts.layers, "shapes": drafts.shapes, "aliases": drafts.aliases}
    wanted = {name: str(path) for name, path in asked.items()} | {"region": region, "plan": plan}
    (job / JOB).write_text(json.dumps(wanted), encoding="utf-8")
    write_status(job, "waiting")
    _start(job)
    return redirect(link(f"/draft/{job.name}"), HTTPStatus.SEE_OTHER)  # type: ignore[return-value]  # werkzeug's twin


def _start(job: Path) -> None:
    """Start the process that drafts, and a thread that waits for its end: one killed without a word has failed."""
    command = [sys.executable, "-m", "geoapp.drafting.folder.confined", str(job)]
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)  # noqa: S603 - our own module

    def wait() -> None:
        process.wait()
        if not read_status(job).ended:
            write_status(job, "failed", "起草中断（内存或时间不够）：请拆成几个文件，或只留规划正文")

    threading.Thread(target=wait, daemon=True).start()


def _fault(given: Sequence[FileStorage], region: str, plan: str) -> str:
    """Say what is wrong with an upload; nothing where nothing is."""
    odd = next((each.filename for each in given if Path(str(each.filename)).suffix.lower() not in READERS), None)
    phrases = (
        (not given, Phrase("请选一个文件。")),
        (odd is not None, Phrase("{name}：不认识这种文件，可用 {known}。", {"name": odd, "known": " ".join(READERS)})),
        (region and region not in atlas().gazetteer, Phrase("{region} 不是行政区代码。", {"region": region})),
        (plan and not PLAN.fullmatch(plan), Phrase("规划编号只用小写字母、数字和连字符。")),
    )
    return next((phrase.say(language()) for wrong, phrase in phrases if wrong), "")


@bp.get("/<name>")
def progress(name: str) -> Response:
    """How far a draft is; when it is done, the way to its review and to publishing it."""
    job = _job(name)
    files = {each: (job / each).read_text(encoding="utf-8") for each in FILES if (job / each).exists()}
    return _page("draft_job.html", job=_summary(job), files=files)


@bp.get("/<name>.json")
def status(name: str) -> Response:
    """The same for programs."""
    state = read_status(_job(name))
    return json_reply({"step": state.step, "message": state.message, "share": state.share, "ended": state.ended})


@bp.get("/<name>/review")
def review(name: str) -> Response:
    """The review page, whose decisions are sent here."""
    job = _job(name)
    draft, book = read_draft(job), read_terms(_drafts().layers)
    rows = effective(draft, read_decisions(job))
    html = render(draft, rows, book, lang=language(), endpoint=at(f"/draft/{name}/decisions"))
    script = html[html.rindex("<script>") + len("<script>") : html.rindex("</script>")]
    g.script_hash = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return Response(html, mimetype="text/html")


@bp.put("/<name>/decisions")
def decide(name: str) -> Response:
    """Take the decisions of the review page."""
    job = _job(name)
    draft = read_draft(job)
    try:
        taken = parse(request.get_json(silent=True), draft, "review")
    except InvalidData as error:
        return Response(say_all(error, language()), HTTPStatus.UNPROCESSABLE_ENTITY, mimetype="text/plain")
    number, lost = keep(job, draft, taken, read_terms(_drafts().layers))
    return json_reply({"taken": number, "lost": lost})


@bp.get("/<name>/review.xlsx")
def workbook(name: str) -> Response:
    """The review as a workbook."""
    return send_file(_job(name) / BOOK, as_attachment=True, download_name=BOOK)


@bp.post("/<name>/review.xlsx")
def take_workbook(name: str) -> Response:
    """Take a reviewed workbook."""
    job = _job(name)
    given = request.files.get("review")
    if given is None or not given.filename:
        return _job_page(job, HTTPStatus.UNPROCESSABLE_ENTITY, Phrase("请选 review.xlsx。").say(language()))
    path = job / "taken.xlsx"
    given.save(path)

    def taken() -> Phrase:
        return Phrase("{count} 项决定已取回。", {"count": take(job, read_terms(_drafts().layers), path)[0]})

    return _done(job, taken)


@bp.post("/<name>/files")
def complete(name: str) -> Response:
    """Keep what people wrote into ``plan.toml`` and the proposed indicators."""
    job = _job(name)
    for each in FILES:
        text = request.form.get(each)
        if text is not None:
            (job / each).write_text(text.replace("\r\n", "\n"), encoding="utf-8")
    return _job_page(job, HTTPStatus.OK, said=Phrase("已保存。").say(language()))


@bp.post("/<name>/publish")
def publish_draft(name: str) -> Response:
    """Publish what is accepted, or say every fault that is in the way."""
    drafts, job = _drafts(), _job(name)

    def done() -> Phrase:
        result = publish(job, drafts.layers, atlas().gazetteer)
        gaps = {"plan": result.folder.name, "done": result.published, "left": result.left}
        return Phrase("{plan}：已发布 {done} 行，待定 {left} 行。运行 geoapp build 后在图上可见。", gaps)

    return _done(job, done)


def _done(job: Path, act: Callable[[], Phrase]) -> Response:
    try:
        return _job_page(job, HTTPStatus.OK, said=act().say(language()))
    except InvalidData as error:
        return _job_page(job, HTTPStatus.UNPROCESSABLE_ENTITY, say_all(error, language()))
    except GeoappError as error:
        return _job_page(job, HTTPStatus.UNPROCESSABLE_ENTITY, str(error))


def _job_page(job: Path, status: HTTPStatus, fault: str = "", said: str = "") -> Response:
    files = {each: (job / each).read_text(encoding="utf-8") for each in FILES if (job / each).exists()}
    return _page("draft_job.html", status, job=_summary(job), files=files, fault=fault, said=said)


def _page(template: str, status: HTTPStatus = HTTPStatus.OK, **values: object) -> Response:
    return Response(render_template(template, **values), status, mimetype="text/html")


def _drafts() -> Drafts:
    found: Drafts = current_app.extensions[EXTENSION]
    return found


def _entered() -> bool:
    return hmac.compare_digest(request.cookies.get(COOKIE, "").encode(), _drafts().pass_word.encode())


def _job(name: str) -> Path:
    job = _drafts().folder / name
    if not NAME.fullmatch(name) or not (job / JOB).is_file():
        raise NotFound(f"there is no draft {name!r}", suggestion="/draft", named="/draft")
    return job


def _summary(job: Path) -> dict[str, object]:
    """Return what the pages say of a draft."""
    state: Status = read_status(job)
    names = [path.name for path in sorted((job / "documents").iterdir())]
    counts = {"accepted": 0, "rejected": 0, "open": 0}
    title = "、".join(names)
    if state.step == "done":
        draft = read_draft(job)
        title = draft.plan["title"] or title
        for row in effective(draft, read_decisions(job)):
            counts[row.state] += 1
    return {"name": job.name, "title": title, "documents": names, "status": state, "counts": counts}
