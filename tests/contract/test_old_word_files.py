"""Old Word and WPS files, as LibreOffice itself writes them, are read through LibreOffice where it is installed."""

import shutil
import subprocess
from pathlib import Path

import pytest

from geoapp.drafting.reading.read import read_documents
from geoapp.errors import UnreadableDocument
from tests.data.drafts.documents import make

OLE = b"\xd0\xcf\x11\xe0"


@pytest.fixture(scope="module")
def old_word(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A plan as .docx, and the same as LibreOffice saves it in Word's old format."""
    office = shutil.which("soffice")
    assert office, "LibreOffice is missing; run scripts/install-test-tools"
    folder = tmp_path_factory.mktemp("old")
    new = make("yulin", folder)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [office, profile, "--headless", "--convert-to", "doc:MS Word 97", "--outdir", str(folder), str(new)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    old = new.with_suffix(".doc")
    assert old.read_bytes().startswith(OLE)
    return new, old


@pytest.mark.parametrize("suffix", [".doc", ".wps"])
def test_an_old_file_says_what_the_new_one_says(old_word: tuple[Path, Path], tmp_path: Path, suffix: str) -> None:
    new, old = old_word
    path = tmp_path / f"榆林 规划{suffix}"
    shutil.copy(old, path)
    wanted, found = read_documents([new]), read_documents([path])
    assert [block.text for block in found.blocks if not block.rows] == [
        block.text for block in wanted.blocks if not block.rows
    ]
    rows = [[[cell.text for cell in row] for row in block.rows] for block in found.blocks if block.rows]
    assert rows == [[[cell.text for cell in row] for row in block.rows] for block in wanted.blocks if block.rows]


def test_without_libreoffice_one_sentence_says_so(
    old_word: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnreadableDocument) as caught:
        read_documents([old_word[1]])
    assert "needs LibreOffice" in str(caught.value)
    assert "save the document as .docx" in str(caught.value)


def test_a_file_that_only_looks_old_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "plan.doc"
    path.write_bytes(OLE + b"\0" * 4000)
    with pytest.raises(UnreadableDocument) as caught:
        read_documents([path])
    assert "plan.doc" in str(caught.value)
