import io
import json
from pathlib import Path

import pytest

from kopdesk.app import App
from kopdesk.cli.calculating import RULES
from kopdesk.cli.main import main
from kopdesk.settings import Settings
from tests.cli.conftest import Ran


def run(*words: str, stdin: str = "") -> Ran:
    out, err = io.StringIO(), io.StringIO()
    app = App(settings=Settings(app_version="0", data=Path("nowhere"), device_name="laptop"))
    code = main(["calc", *words], io.BytesIO(stdin.encode()), out, err, app=app)
    return Ran(code, out.getvalue(), err.getvalue())


def test_a_cash_count_is_computed_without_a_profile() -> None:
    given = {
        "note": {"50000": 9},
        "coin": {"500": 3},
        "vouchers": [{"direction": "out", "amount": 20_000}],
        "book_balance": 500_000,
    }
    ran = run("cash-count", stdin=json.dumps(given))
    assert ran.code == 0
    result = json.loads(ran.out)
    assert (result["counted"], result["expected"], result["difference"]) == (451_500, 480_000, -28_500)
    assert result["is_within_tolerance"] is False


def test_money_that_was_revoked_is_listed_and_not_counted() -> None:
    given = {"counted_on": "2026-11-27", "note": {"100000": 1, "500": 4}, "book_balance": 102_000}
    result = run("cash-count", stdin=json.dumps(given)).json
    assert (result["counted"], result["listed"], result["difference"]) == (100_000, 2_000, -2_000)
    assert result["not_tender"] == ["note/500"]
    assert result["rules"].startswith("legal_tender ")


def test_amounts_are_said_in_words() -> None:
    ran = run("words", stdin='{"amount": 105000}')
    assert json.loads(ran.out) == {"words": "seratus lima ribu rupiah"}


def test_the_rules_are_listed() -> None:
    assert [one["name"] for one in json.loads(run().out)] == list(RULES)


@pytest.mark.parametrize("name", RULES)
def test_every_rule_shows_what_it_needs_with_an_example_that_comes_out_as_told(name: str) -> None:
    schema = json.loads(run(name, "--schema").out)
    (example,) = schema["examples"]
    assert set(example) <= set(schema["properties"])
    assert json.loads(run(name, stdin=json.dumps(example)).out) == schema["x-result"]


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ('{"note": {"50000": "sembilan"}}', "50000"),
        ('{"book_balance": 1.5}', "book_balance"),
        ('{"no_such_field": 1}', "no_such_field"),
        ('{"coin": {"Rp500": 1}}', "Rp500"),
        ("[]", ""),
    ],
)
def test_a_fault_is_named_by_its_place_and_nothing_is_computed(given: str, place: str) -> None:
    ran = run("cash-count", stdin=given)
    assert ran.code == 1
    assert ran.out == ""
    assert place in ran.sentence


def test_a_rule_there_is_not_is_wrong_usage_that_names_the_others() -> None:
    ran = run("tax", stdin="{}")
    assert ran.code == 2
    assert ", ".join(RULES) in ran.err
