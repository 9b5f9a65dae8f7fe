"""/quality: what was read and placed, what contradicts what, which counties have an answer."""

from flask.testing import FlaskClient

from geoapp.atlas import Atlas


def test_the_counts_are_those_of_the_records(client: FlaskClient, atlas: Atlas) -> None:
    body = client.get("/quality.json").json
    assert body["totals"]["rows"] == body["totals"]["joined"]
    assert body["totals"]["rows"] == {
        "targets": len(atlas.dataset.targets),
        "statistics": len(atlas.dataset.statistics),
        "parks": len(atlas.dataset.parks),
        "projects": len(atlas.dataset.projects),
    }
    points = (*atlas.dataset.parks, *atlas.dataset.projects)
    coarse = {each.id for each in points if each.precision in ("prefecture", "province")}
    assert {each["id"] for plan in body["plans"] for each in plan["not_placed"]} == coarse
    assert body["totals"]["not_placed"] == len(coarse)


def test_coverage_has_every_county_once_in_one_of_four_states(client: FlaskClient) -> None:
    plans = {plan["id"]: plan["coverage"] for plan in client.get("/quality.json").json["plans"]}
    counts = {plan: (rows[-1]["level"], rows[-1]["counts"]) for plan, rows in plans.items()}
    assert counts["ordos-2021-2025"] == ("county", {"own": 9, "parent": 0, "not_published": 0, "none": 0})
    assert counts["wuwei-2021-2025"] == ("county", {"own": 0, "parent": 0, "not_published": 4, "none": 0})
    assert counts["tacheng-2021-2025"] == ("county", {"own": 0, "parent": 7, "not_published": 0, "none": 0})
    assert counts["shizuishan-2021-2025"] == ("county", {"own": 0, "parent": 3, "not_published": 0, "none": 0})
    assert plans["xinjiang-2015"][0]["counts"]["own"] == 15
    for rows in plans.values():
        assert all(sum(row["counts"].values()) == row["regions"] for row in rows)


def test_contradictions_are_linked_to_their_records(client: FlaskClient) -> None:
    found = client.get("/quality.json").json["contradictions"]
    heating = next(each for each in found if "主城区清洁取暖" in each["text"])
    assert (heating["plan"], heating["rule"]) == ("ordos-2021-2025", "table_and_prose")
    for record in heating["records"]:
        plan, anchor = record["url"].split("#")
        page = client.get(plan)
        assert page.status_code == 200
        assert f'id="{anchor}"'.encode() in page.data


def test_every_rule_says_how_often_it_compared(client: FlaskClient) -> None:
    body = client.get("/quality.json").json
    assert {rule["rule"]: rule["compared"] for rule in body["rules"]}["base_to_target"] == 12
    assert sum(rule["contradictions"] for rule in body["rules"]) == len(body["contradictions"]) > 0
    assert sum(rule["notes"] for rule in body["rules"]) == len(body["notes"]) > 0


def test_the_page_says_it_all(client: FlaskClient, atlas: Atlas) -> None:
    page = client.get("/quality").data.decode()
    assert atlas.version in page
    assert atlas.dataset.edition.id in page
    for finding in atlas.cards.consistency.findings:
        assert finding.sentence.say("zh").split("：")[0] in page


def test_the_card_of_a_region_carries_what_concerns_its_goals(client: FlaskClient) -> None:
    goals = client.get("/regions/150600.json").json["targets"]
    flagged = {each["indicator"] for each in goals if any(f["severity"] == "contradiction" for f in each["findings"])}
    assert flagged == {"clean_heat_main_city", "solvent_paint_cut", "solvent_ink_cut"}


def test_an_unknown_parameter_is_refused(client: FlaskClient) -> None:
    reply = client.get("/quality.json?plan=ordos")
    assert (reply.status_code, reply.mimetype) == (400, "application/problem+json")
