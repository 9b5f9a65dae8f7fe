"""What planners find in the database: tables with keys and comments, views that stay, one build at a time."""

import subprocess
from pathlib import Path
from urllib.parse import unquote

import psycopg
import pytest

from geoapp.errors import NotBuilt
from geoapp.store.postgis import register
from geoapp.store.postgis.register import READER
from geoapp.store.postgis.tables import TABLES, VIEWS
from tests.data.postgis import PASSWORD, Database, Publish
from tests.data.world import build_world


def rows(address: str, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(address) as connection:
        return connection.execute(query).fetchall()


def test_every_record_of_the_build_is_a_row(address: str, published: Publish) -> None:
    published(address, "aa01")
    data = build_world().dataset
    for name in ("regions", "plans", "indicators", "targets", "statistics", "parks", "projects"):
        assert rows(address, f"SELECT count(*) FROM atlas.{name}") == [(len(getattr(data, name)),)], name
    printed = {(each.id, each.value, each.value_text, each.unit) for each in data.targets}
    assert set(rows(address, "SELECT id, value, value_text, unit FROM atlas.targets")) == printed
    traced = len(data.targets) + len(data.statistics) + len(data.parks) + len(data.projects)
    assert rows(address, "SELECT count(*) FROM atlas.origins") == [(traced,)]


def test_resolved_targets_say_what_the_atlas_says(address: str, published: Publish) -> None:
    published(address, "aa01")
    world = build_world()
    query = "SELECT adcode, indicator, year, tier, status, number FROM atlas.targets_resolved"
    found = rows(address, query)
    assert len({each[:4] for each in found}) == len(found) > 100
    for adcode, indicator, year, tier, status, number in found:
        answer = world.resolver.resolve(adcode, indicator, year, tier)  # type: ignore[arg-type] - from the database
        assert (answer.status, answer.number) == (status, number)


def test_works_are_counted_where_their_county_is_known(address: str, published: Publish) -> None:
    published(address, "aa01")
    data = build_world().dataset
    counties = {each.adcode for each in data.regions if "county" in each.levels}
    expected = (
        sum(each.adcode in counties for each in data.projects),
        sum(each.adcode in counties for each in data.parks),
    )
    assert rows(address, "SELECT sum(projects)::int, sum(parks)::int FROM atlas.works_by_county") == [expected]


def test_tables_refuse_rows_that_mean_nothing(address: str, published: Publish) -> None:
    published(address, "aa01")
    for statement, fault in (
        ("UPDATE build_aa01.targets SET plan = 'none'", psycopg.errors.ForeignKeyViolation),
        ("UPDATE build_aa01.targets SET target_year = 3", psycopg.errors.CheckViolation),
        ("UPDATE build_aa01.places SET precision = 'exact'", psycopg.errors.CheckViolation),
        ("INSERT INTO build_aa01.regions SELECT * FROM build_aa01.regions", psycopg.errors.UniqueViolation),
    ):
        with pytest.raises(fault):
            rows(address, statement)


def test_everything_is_explained_in_both_languages(address: str, published: Publish) -> None:
    published(address, "aa01")
    query = """
        SELECT c.relname, a.attname, col_description(c.oid, a.attnum), obj_description(c.oid)
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
        WHERE c.relnamespace = 'build_aa01'::regnamespace AND c.relkind = 'r' AND c.relname <> 'files'
    """
    found = rows(address, query)
    assert {each[0] for each in found} == {table.name for table in TABLES}
    for table, column, told, about in found:
        for text in (told, about):
            assert text, f"{table}.{column}"
            chinese, _, english = str(text).partition(" / ")
            assert any(char > "㐀" for char in chinese), f"{table}.{column} says {text}"
            assert english.isascii() or "²" in english, f"{table}.{column} says {text}"


def test_readers_read_and_write_nothing(database: Database, address: str, published: Publish) -> None:
    published(address, "aa01")
    name = address.rpartition("/")[2]
    database.sql(f"DROP ROLE IF EXISTS planner; CREATE ROLE planner LOGIN PASSWORD 'x' IN ROLE {READER};")
    reader = database.address_of("planner", "x", name)
    for each in (*(table.name for table in TABLES), *VIEWS):
        rows(reader, f"SELECT * FROM atlas.{each} LIMIT 1")
    for statement in (
        "DELETE FROM build_aa01.targets",
        "UPDATE geoapp.builds SET version = 'x'",
        "DROP VIEW atlas.plans",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            rows(reader, statement)


def test_gdal_reads_borders_and_places_as_qgis_does(database: Database, address: str, published: Publish) -> None:
    published(address, "aa01")
    name, password = address.rpartition("/")[2], unquote(PASSWORD)
    source = f"PG:host=127.0.0.1 port={database.port} user=atlas password='{password}' dbname={name}"
    for layer, kind, count in (
        ("atlas.regions(geom)", "Multi Polygon", len(build_world().dataset.regions)),
        ("atlas.places", "Point", len(build_world().dataset.parks) + len(build_world().dataset.projects)),
    ):
        done = subprocess.run(["ogrinfo", "-so", source, layer], capture_output=True, text=True, check=True)
        assert f"Geometry: {kind}" in done.stdout
        assert f"Feature Count: {count}" in done.stdout
        assert 'ID["EPSG",4326]' in done.stdout


def test_borders_are_found_by_their_index(address: str, published: Publish) -> None:
    published(address, "aa01")
    query = "SET enable_seqscan = off; EXPLAIN SELECT 1 FROM atlas.regions WHERE geom && ST_MakePoint(105, 35)"
    with psycopg.connect(address) as connection:
        connection.execute("SET enable_seqscan = off")
        plan = connection.execute(query.partition("; ")[2].replace("ST_MakePoint(105, 35)", "ST_Point(105, 35, 4326)"))
        assert "regions_geom_idx" in str(plan.fetchall())


def test_a_second_build_takes_the_place_of_the_first_and_the_first_can_come_back(
    address: str, published: Publish
) -> None:
    published(address, "aa01")
    published(address, "bb02")
    assert [each.version for each in register.published(address)] == ["bb02", "aa01"]
    assert register.roll_back(address) == ("bb02", "aa01")
    assert register.roll_back(address) == ("aa01", "bb02")


def test_a_database_with_one_build_has_none_to_go_back_to(address: str, published: Publish) -> None:
    published(address, "aa01")
    with pytest.raises(NotBuilt, match="no build before"):
        register.roll_back(address)
    assert [each.version for each in register.published(address)] == ["aa01"]


def test_pruning_keeps_as_many_as_asked_and_no_file_that_nobody_holds(address: str, published: Publish) -> None:
    for version in ("aa01", "bb02", "cc03"):
        published(address, version)
    assert register.prune(address, 2) == ["aa01"]
    assert register.prune(address, 2) == []
    assert [each.version for each in register.published(address)] == ["cc03", "bb02"]
    assert rows(address, "SELECT to_regnamespace('build_aa01')") == [(None,)]
    held = "SELECT sha256 FROM build_bb02.files UNION SELECT sha256 FROM build_cc03.files WHERE size > 0"
    kept = {each[0] for each in rows(address, "SELECT DISTINCT sha256 FROM geoapp.contents")}
    assert kept == {each[0] for each in rows(address, held)}


def test_the_same_data_built_again_replace_their_build(address: str, published: Publish) -> None:
    published(address, "aa01")
    published(address, "aa01")
    assert [each.version for each in register.published(address)] == ["aa01"]
    assert rows(address, "SELECT count(*) > 0 FROM atlas.regions") == [(True,)]


def test_the_names_that_stay_show_the_current_build_with_views_of_others_upon_them(
    address: str, published: Publish
) -> None:
    published(address, "aa01")
    with psycopg.connect(address) as connection:
        connection.execute("CREATE VIEW public.mine AS SELECT name FROM atlas.regions")
    published(address, "bb02")
    assert rows(address, "SELECT count(*) FROM public.mine") == rows(address, "SELECT count(*) FROM atlas.regions")


def test_a_host_writes_down_what_it_sent(address: str, published: Publish) -> None:
    host: Path = published(address, "aa01")
    assert (host / "atlas" / "aa01" / ".files.json").is_file()
