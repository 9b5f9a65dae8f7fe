"""``geoapp briefing``: views or a TOML file become a document."""

import re

import docx
import pytest
from click.testing import CliRunner

from geoapp.cli.main import main
from tests.conftest import ROOT

DOC = (ROOT / "docs" / "briefings.md").read_text(encoding="utf-8")


@pytest.fixture
def run(settings, atlas, monkeypatch, tmp_path):
    """Run a command on the session's build, in a folder of its own."""
    monkeypatch.setenv("GEOAPP_BUILD_DIR", str(settings.build_dir))
    monkeypatch.chdir(tmp_path)
    return lambda *args: CliRunner().invoke(main, ["briefing", *args])


def heads(path):
    return [each.text for each in docx.Document(path).paragraphs if each.style.name == "Heading 1"]


@pytest.mark.parametrize("name", ["a.docx", "A.PPTX"])
def test_it_writes_what_the_web_gives(run, tmp_path, client, name, monkeypatch):
    monkeypatch.setenv("GEOAPP_PUBLIC_URL", "http://localhost")  # figures lead back to where the atlas is
    result = run("region=640200&layers=none", "-o", name, "--title", "标题")
    assert (result.exit_code, result.output) == (0, "")
    web = client.get(f"/view.{name[-4:].lower()}?region=640200&layers=none&title=标题")
    assert (tmp_path / name).read_bytes() == web.data
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_several_views_and_a_book(run):
    assert run("region=640200&layers=none", "region=620600&layers=none", "-o", "a.docx").exit_code == 0
    assert heads("a.docx")[1] == "二、武威市“十四五”单位GDP能耗累计降低率"
    assert run("?region=640200&layers=none&book=0", "--book", "-o", "b.docx").exit_code == 0
    assert heads("b.docx")[3:] == ["大武口区", "惠农区", "平罗县"]
    assert run("region=640200&layers=none", "--pages", "640221,640202", "-o", "c.docx").exit_code == 0
    assert heads("c.docx")[3:] == ["平罗县", "大武口区"]


def test_maker_style_and_tables_are_options(run):
    options = ("--maker", "某委", "--date", "2026-03-31", "--style", "official", "--tables", "none")
    assert run("region=640200&layers=none", *options, "-o", "a.docx").exit_code == 0
    document = docx.Document("a.docx")
    assert [each.text for each in document.paragraphs if each.style.name == "Signature"] == ["某委", "2026年3月31日"]
    assert not document.tables


def test_the_file_of_the_manual_works(run, tmp_path):
    text = re.search(r"```toml\n(.*?)```", DOC, re.S)[1]
    (tmp_path / "briefing.toml").write_text(text, encoding="utf-8")
    result = run("briefing.toml", "-o", "a.docx")
    assert (result.exit_code, result.output) == (0, "")
    document = docx.Document("a.docx")
    assert document.core_properties.title in text
    assert len(document.inline_shapes) == text.count("[[view]]")


def test_the_links_of_the_manual_work(client):
    links = re.findall(r"^(/view\.(?:docx|pptx|pdf)\?\S+)$", DOC, re.MULTILINE)
    assert len(links) >= 3
    for link in links:
        assert client.get(link).status_code == 200, link


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (("region=640200", "-o", "a.doc"), 2, "a.doc has none of the suffixes .docx, .pptx, .pdf"),
        (("region=1", "-o", "a.docx"), 1, "region: '1' is not the code of a division"),
        (
            ("region=650000", "--book", "-o", "a.docx"),
            1,
            "book: book=1 has a page for each county of one prefecture",
        ),
        (("nowhere.toml", "-o", "a.docx"), 1, "there is no file nowhere.toml; name a TOML file that lists views"),
        (("/dev/null/a.toml", "-o", "a.docx"), 1, "/dev/null/a.toml cannot be read: Not a directory; name a TOML file"),
        (("b.toml", "--title", "x", "-o", "a.docx"), 1, "b.toml says everything itself; leave out --title"),
        (("-o", "a.docx"), 2, "Missing argument"),
    ],
)
def test_faults_are_sentences(run, tmp_path, args, code, words):
    result = run(*args)
    assert result.exit_code == code
    assert words in result.output
    assert not list(tmp_path.iterdir())


def test_a_fault_in_the_file_names_it(run, tmp_path):
    (tmp_path / "b.toml").write_text("[[view]]\nquery = 'region=1'\n", encoding="utf-8")
    result = run("b.toml", "-o", "a.docx")
    assert result.exit_code == 1
    assert "b.toml: 1 fault(s)\n  view 1: region: '1' is not the code of a division" in result.output
