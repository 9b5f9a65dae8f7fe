"""``geoapp snapshot`` and what ``geoapp doctor`` says of the font."""

import pytest
from click.testing import CliRunner

from geoapp import cli, doctor
from geoapp.render import fonts


@pytest.fixture
def run(settings, atlas, monkeypatch):
    """Run a command on the session's build."""
    monkeypatch.setenv("GEOAPP_BUILD_DIR", str(settings.build_dir))
    return lambda *args: CliRunner().invoke(cli.main, args)


@pytest.mark.parametrize(("name", "start"), [("a.png", b"\x89PNG"), ("a.svg", b"<?xml"), ("A.PDF", b"%PDF")])
def test_the_suffix_chooses_the_format(run, tmp_path, name, start):
    result = run("snapshot", "region=640200", "-o", str(tmp_path / name), "--paper", "a4", "--dpi", "72")
    assert (result.exit_code, result.output) == (0, "")
    assert (tmp_path / name).read_bytes().startswith(start)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_sheet_parameters_may_stand_in_the_view(run, tmp_path, atlas):
    from geoapp.render.sheets import read_sheet

    result = run("snapshot", "?region=640200&paper=16x9&dpi=72&title=标题", "-o", str(tmp_path / "a.png"))
    assert result.exit_code == 0
    sheet = read_sheet({"paper": "16x9", "dpi": "72", "title": "标题"}, "png")
    assert (tmp_path / "a.png").read_bytes() == atlas.snapshot(atlas.view([("region", "640200")]), sheet)


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (("region=640200", "-o", "a.gif"), 2, "a.gif has none of the suffixes .png, .svg, .pdf"),
        (("region=640200", "-o", "a.png", "--paper", "a9"), 1, "paper: 'a9' is not a known paper (use a4, a3, 16x9)"),
        (("region=1", "-o", "a.png"), 1, "region: '1' is not the code of a division"),
    ],
)
def test_faults_are_sentences(run, tmp_path, monkeypatch, args, code, words):
    monkeypatch.chdir(tmp_path)
    result = run("snapshot", *args)
    assert result.exit_code == code
    assert words in result.output
    assert not list(tmp_path.iterdir())


def test_the_doctor_names_the_package_of_a_missing_font(monkeypatch, tmp_path):
    assert doctor._fonts().good
    monkeypatch.setattr(fonts, "FOLDERS", (str(tmp_path),))
    finding = doctor._fonts()
    assert (finding.good, finding.mend) == (False, "apt-get install fonts-noto-cjk")
