"""``geoapp store``: what each command says, with a database and without one."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from geoapp.cli.main import main
from tests.data.postgis_fixtures import address, database, names, publish_world  # noqa: F401 - fixtures


@pytest.mark.parametrize("command", ["list", "prune", "fetch"])
def test_without_a_database_the_setting_is_named(command: str) -> None:
    result = CliRunner().invoke(main, ["store", command])
    assert result.exit_code == 1
    assert "GEOAPP_STORE is not set" in result.output


@pytest.mark.parametrize("command", [("store", "list"), ("store", "prune"), ("store", "fetch"), ("rollback",)])
def test_a_database_that_is_away_is_one_sentence_without_the_password(
    command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GEOAPP_STORE", "postgresql://atlas:s3cret-w0rd@127.0.0.1:9/atlas")
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 1
    assert "cannot be reached" in result.output
    assert "s3cret-w0rd" not in result.output


def test_builds_are_listed_fetched_rolled_back_and_pruned(
    address: str,  # noqa: F811 - the fixture
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("GEOAPP_STORE", address)
    monkeypatch.setenv("GEOAPP_BUILD_DIR", str(tmp_path / "host"))
    for version in ("aa01", "bb02", "cc03"):
        publish_world(tmp_path / "builder", address, version)

    def told(*command: str) -> list[str]:
        result = CliRunner().invoke(main, command)
        assert result.exit_code == 0, result.output
        return result.output.splitlines()

    assert [line.split()[0] for line in told("store", "list")] == ["cc03", "bb02", "aa01"]
    assert told("store", "list")[0].endswith("current")
    assert told("store", "fetch") == ["build cc03 is current here"]
    assert told("rollback")[0].startswith("serving build bb02 instead of cc03")
    assert (tmp_path / "host" / "atlas" / "current").readlink().name == "bb02"
    assert told("store", "prune", "--keep", "2") == ["dropped 1 build(s): aa01"]
    assert told("store", "prune", "--keep", "2") == ["nothing to drop"]
