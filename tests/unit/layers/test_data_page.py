"""``docs/data.md`` names every field that the files must have; nobody learns of one from a refusal."""

import re
from pathlib import Path

import pytest

from geoapp.ingest.packs import PlanFile
from geoapp.ingest.schemas import ParkRow, ProjectRow, StatisticRow, TargetRow
from geoapp.ingest.tables import Row

PAGE = (Path(__file__).parents[3] / "docs" / "data.md").read_text(encoding="utf-8")
PLAN_TOML = PAGE[PAGE.index("## 2. plan.toml") : PAGE.index("## 3. ")]


@pytest.mark.parametrize("field", list(PlanFile.model_fields))
def test_every_field_of_plan_toml_is_on_the_page(field: str) -> None:
    assert re.search(rf"`\[*{field}\]*`", PLAN_TOML), f"{field} is missing from section 2"


def test_only_what_may_be_left_out_is_said_to_be() -> None:
    optional = {name for name, field in PlanFile.model_fields.items() if not field.is_required()}
    assert optional == {"document_url", "extent", "kind", "published", "region_name", "unpublished"}
    assert "may be left out" in PLAN_TOML[PLAN_TOML.index("`document_url`") :].split("\n- ")[0]


@pytest.mark.parametrize("model", [TargetRow, StatisticRow, ParkRow, ProjectRow])
def test_every_column_of_the_tables_is_on_the_page(model: type[Row]) -> None:
    columns = set(model.model_fields) - {"id"}
    assert {name for name in columns if f"`{name}`" not in PAGE} == set()
