"""The made-up plans of :mod:`texts` as the files offices hand out: Word, a web page, a PDF, a scan.

The files are made when they are asked for; the repository keeps none of them.
"""

import html
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import docx
import numpy as np
import pypdfium2
from PIL import Image
from playwright.sync_api import sync_playwright

from tests.data.drafts.texts import LINZE, QINGHAI, ULANQAB, YULIN, Block, Heading, Table

CHROMIUM = "/usr/bin/chromium"


def write_docx(blocks: Sequence[Block], path: Path) -> None:
    """Write a Word document; merged cells are merged as Word merges them."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "市政府办公室文件"
    for block in blocks:
        if isinstance(block, Heading):
            document.add_heading(block.text, block.level)
        elif isinstance(block, str):
            document.add_paragraph(block)
        else:
            _word_table(document, block)
    document.save(str(path))


def _word_table(document: "docx.document.Document", table: Table) -> None:
    grid = document.add_table(rows=len(table.rows), cols=len(table.rows[0]))
    for r, row in enumerate(table.rows):
        for c, text in enumerate(row):
            if text in ("^", "<"):
                grid.cell(r - (text == "^"), c - (text == "<")).merge(grid.cell(r, c))
            else:
                grid.cell(r, c).text = text


def write_html(blocks: Sequence[Block], path: Path) -> None:
    """Write a page of a government's site: navigation, a share bar, a footer around the text."""
    head = (
        '<meta charset="utf-8"><title>县政府网站</title><style>p{text-indent:2em}</style><script>var n=2025;</script>'
    )
    nav = "<div class='nav'><ul>" + "".join(f"<li><a href='#'>{t}</a></li>" for t in ("首页", "政务公开", "2025年预算"))
    share = "</ul></div><div class='bar'>分享到：微信 微博 打印 字号：大 中 小 浏览次数：1024</div>"
    body = f"<div id='zoom'>{_html_blocks(blocks)}</div>"
    foot = "<div class='footer'>版权所有：县人民政府 电话：0936-5521000 ICP备20250001号 网站标识码6207230001</div>"
    path.write_text(f"<html><head>{head}</head><body>{nav}{share}{body}{foot}</body></html>", encoding="utf-8")


def _html_blocks(blocks: Sequence[Block]) -> str:
    made = []
    for block in blocks:
        if isinstance(block, Heading):
            made.append(f"<p style='font-weight:bold;font-size:{24 - 4 * block.level}px'>{html.escape(block.text)}</p>")
        elif isinstance(block, str):
            made.append(f"<p>&emsp;&emsp;{html.escape(block)}</p>")
        else:
            made.append(_html_table(block))
    return "\n".join(made)


def _html_table(table: Table) -> str:
    rows = []
    for r, row in enumerate(table.rows):
        cells = []
        for c, text in enumerate(row):
            if text in ("^", "<"):
                continue
            down = 1
            while r + down < len(table.rows) and table.rows[r + down][c] == "^":
                down += 1
            across = 1
            while c + across < len(row) and row[c + across] == "<":
                across += 1
            cells.append(f"<td rowspan={down} colspan={across}>{html.escape(text)}</td>")
        rows.append("<tr>" + "".join(cells) + "</tr>")
    return "<table border=1>" + "".join(rows) + "</table>"


def write_pdf(blocks: Sequence[Block], path: Path) -> None:
    """Print a PDF with text, a running head and page numbers, in Chromium."""
    style = "body{font:16pt/1.6 'Noto Serif CJK SC'} table{border-collapse:collapse;width:100%} td{border:1px solid}"
    page_html = f"<meta charset=utf-8><style>{style} p{{text-indent:2em;margin:0}}</style>{_html_blocks(blocks)}"
    head = f"<div style='font-size:9px;width:100%;text-align:center'>{html.escape(_title(blocks))}</div>"
    foot = "<div style='font-size:9px;width:100%;text-align:center'>第 <span class=pageNumber></span> 页</div>"
    with ThreadPoolExecutor(1) as alone:  # a browser of the tests may be driven in this thread already
        alone.submit(_print, page_html, path, head, foot).result()


def _print(page_html: str, path: Path, head: str, foot: str) -> None:
    margin = {"top": "25mm", "bottom": "25mm", "left": "26mm", "right": "26mm"}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        page.set_content(page_html)
        page.pdf(
            path=str(path),
            format="A4",
            display_header_footer=True,
            header_template=head,
            footer_template=foot,
            margin=margin,
        )
        browser.close()


def _title(blocks: Sequence[Block]) -> str:
    return next(block.text for block in blocks if isinstance(block, Heading))


def write_scan(blocks: Sequence[Block], path: Path) -> None:
    """Print a PDF, then keep only its pictures, a little grey and noisy, as a scanner does."""
    printed = path.with_suffix(".printed.pdf")
    write_pdf(blocks, printed)
    noise = np.random.default_rng(17)
    pages = []
    for page in pypdfium2.PdfDocument(printed):
        picture = np.asarray(page.render(scale=150 / 72).to_pil().convert("L"), dtype=np.int16)
        grainy = np.clip(picture - 8 + noise.normal(0, 6, picture.shape), 0, 255)
        pages.append(Image.fromarray(grainy.astype(np.uint8)).rotate(0.3, fillcolor=240))
    pages[0].save(path, save_all=True, append_images=pages[1:], resolution=150)
    printed.unlink()


WRITERS: Mapping[str, tuple[Callable[[Sequence[Block], Path], None], Sequence[Block], str]] = {
    "yulin": (write_docx, YULIN, "610800"),
    "linze": (write_html, LINZE, "620723"),
    "qinghai": (write_pdf, QINGHAI, "630000"),
    "ulanqab": (write_scan, ULANQAB, "150900"),
}
"""How each document is written, its blocks and the code of its region."""
SUFFIXES = {"yulin": ".docx", "linze": ".html", "qinghai": ".pdf", "ulanqab": ".pdf"}


def make(name: str, folder: Path) -> Path:
    """Write one of the documents into a folder and return its path."""
    writer, blocks, _ = WRITERS[name]
    path = folder / f"{name}{SUFFIXES[name]}"
    writer(blocks, path)
    return path
