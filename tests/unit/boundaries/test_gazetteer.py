"""Names become codes inside the plan's region only; nothing is guessed."""

import csv
from pathlib import Path

import pytest

from geoapp.atlas import Atlas
from geoapp.boundaries.gazetteer import AmbiguousName, Gazetteer, UnknownName, read_aliases
from geoapp.errors import InvalidData, NotFound
from geoapp.model.region import Adcode, Level

ROOT = Path(__file__).resolve().parents[3]
XINJIANG, TACHENG, ORDOS, WUWEI, SHIZUISHAN = map(Adcode, ("650000", "654200", "150600", "620600", "640200"))


@pytest.fixture(scope="module")
def gazetteer(atlas: Atlas) -> Gazetteer:
    return atlas.gazetteer


@pytest.mark.parametrize(
    ("name", "within", "code"),
    [
        ("巴州", XINJIANG, "652800"),
        ("博州", XINJIANG, "652700"),
        ("克州", XINJIANG, "653000"),
        ("昌吉州", XINJIANG, "652300"),
        ("伊犁州直", XINJIANG, "654000"),
        ("石河子市", XINJIANG, "659001"),
        ("吐鲁番地区", XINJIANG, "650400"),
        ("哈密地区", XINJIANG, "650500"),
        ("塔城地区", XINJIANG, "654200"),
        ("塔城市", TACHENG, "654201"),
        ("塔城地区", TACHENG, "654200"),
        ("全地区", TACHENG, "654200"),
        ("沙湾县", TACHENG, "654203"),
        ("沙湾市", TACHENG, "654203"),
        ("乌苏", TACHENG, "654202"),
        ("和布克赛尔县", TACHENG, "654226"),
        ("鄂托克旗", ORDOS, "150624"),
        ("鄂托克前旗", ORDOS, "150623"),
        ("全市", ORDOS, "150600"),
        ("天祝", WUWEI, "620623"),
        ("大武口区", SHIZUISHAN, "640202"),
    ],
)
def test_names_of_the_documents(gazetteer: Gazetteer, name: str, within: Adcode, code: str) -> None:
    assert gazetteer.resolve(name, within).adcode == code


def test_every_region_the_packs_name_resolves(gazetteer: Gazetteer, atlas: Atlas) -> None:
    names = set()
    for plan in atlas.dataset.plans:
        folder = ROOT / "layers" / "plans" / plan.id
        for table in ("targets", "statistics", "parks", "projects"):
            with (folder / f"{table}.csv").open(encoding="utf-8") as file:
                names |= {(plan.region, row["name_in_source"]) for row in csv.DictReader(file)}
    assert len(names) > 40
    for region, name in names:
        assert gazetteer.is_within(gazetteer.resolve(name, region).adcode, region)


def test_unknown_name_has_a_suggestion(gazetteer: Gazetteer) -> None:
    with pytest.raises(UnknownName) as caught:
        gazetteer.resolve("达拉待旗", ORDOS)
    assert str(caught.value) == (
        "'达拉待旗' is not a division of 鄂尔多斯市 (did you mean 达拉特旗 150621? or add it to "
        "shapes/aliases.csv if the document really uses it)"
    )


def test_a_name_of_another_region_is_unknown_here(gazetteer: Gazetteer) -> None:
    with pytest.raises(UnknownName, match="'沙湾市' is not a division of 鄂尔多斯市"):
        gazetteer.resolve("沙湾市", ORDOS)


def test_a_name_with_two_meanings_is_an_error(gazetteer: Gazetteer) -> None:
    with pytest.raises(AmbiguousName) as caught:
        gazetteer.resolve("市中区", Adcode("370000"))
    assert str(caught.value) == (
        "'市中区' has 2 meanings in 山东省: 市中区 370103、市中区 370402 (write the full name)"
    )


def test_longest_name_wins_in_running_text(gazetteer: Gazetteer) -> None:
    text = "鄂托克前旗、鄂托克旗、杭锦旗等旗区和合肥、复合肥"
    assert gazetteer.find(text, ORDOS) == [("鄂托克前旗", "150623"), ("鄂托克旗", "150624"), ("杭锦旗", "150625")]


def test_parents_are_asked_not_computed(gazetteer: Gazetteer) -> None:
    def above(code: str) -> list[str]:
        return [region.adcode for region in gazetteer.parents(Adcode(code))]

    assert above("659001") == ["650000", "100000"]
    assert above("654203") == ["654200", "650000", "100000"]
    assert above("110101") == ["110000", "100000"]
    assert above("441900") == ["440000", "100000"]


def test_shihezi_stands_beside_prefectures_and_beside_counties(gazetteer: Gazetteer) -> None:
    assert gazetteer["659001"].levels == (Level.PREFECTURE, Level.COUNTY)
    assert "659001" in {region.adcode for region in gazetteer.at_level(XINJIANG, Level.PREFECTURE)}


def test_tacheng_label_lies_in_tacheng(atlas: Atlas) -> None:
    import shapely

    shape = atlas.store.geometry(Level.PREFECTURE, "full")[TACHENG]
    label = shapely.Point(atlas.gazetteer[TACHENG].label)
    assert shape.contains(label)
    assert not shape.contains(shape.centroid), "the trap is gone: the centroid lies in Karamay no more"


def test_old_codes_lead_to_their_successors(gazetteer: Gazetteer) -> None:
    assert gazetteer.successor("654223") == "654203"
    assert gazetteer.successor("652100") == "650400"
    with pytest.raises(NotFound, match=r"654223 is an old code \(沙湾县\); use 654203 沙湾市"):
        gazetteer["654223"]


def test_aliases_with_a_faulty_kind_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "aliases.csv"
    path.write_text("alias,adcode,kind,within,valid_until,note\n巴州,652800,shrt,650000,,\n", encoding="utf-8")
    with pytest.raises(InvalidData) as caught:
        read_aliases(path)
    assert str(caught.value).splitlines()[1] == (
        "  row 2, column kind: unknown kind 'shrt' (use official, short, old_name, old_code, composite)"
    )


def test_an_alias_of_a_code_that_is_gone_is_refused(gazetteer: Gazetteer) -> None:
    from geoapp.model.dataset import Alias

    alias = Alias(alias="某州", adcode=Adcode("999999"), kind="short", within=XINJIANG, valid_until="", note="")
    with pytest.raises(InvalidData, match="alias 某州: 999999 is not a division of this edition"):
        Gazetteer(gazetteer.regions.values(), [alias])
