import io
import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

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


@pytest.mark.parametrize(
    ("name", "given", "sentence"),
    [
        ("cash-count", '{"note": {"10000": 1.5}}', "note/10000: Isian ini bilangan bulat"),
        ("cash-count", '{"book_balance": "2.350.000"}', "book_balance: Isian ini rupiah bulat"),
        ("cash-count", '{"note": 5}', "note: Isian ini objek"),
        ("cash-count", '{"vouchers": 5}', "vouchers: Isian ini beberapa baris"),
        ("cash-count", '{"vouchers": [{"amount": 1}, 5]}', "vouchers/2: Baris ini objek"),
        (
            "cash-count",
            '{"vouchers": [{"amount": 1}, {"direction": "keluar"}]}',
            "vouchers/2/direction: Pilihan ini tidak dikenal. Pilih salah satu: Masuk, Keluar."
            " Dalam JSON: in, out.",
        ),
        (
            "loan-schedule",
            '{"starts_in": "2027-01", "loans": {"a": {"amount": 5, "tenor_months": 0}}}',
            "loans/a/tenor_months: Angka ini harus lebih dari nol.",
        ),
        (
            "loan-schedule",
            '{"starts_in": "2027-01", "loans": {"a": {"amount": 5, "tenor_months": 99999999}}}',
            "loans/a/tenor_months: Terlalu banyak bulan",
        ),
        (
            "loan-schedule",
            '{"starts_in": "9999-01", "loans": {"a": {"amount": 5, "tenor_months": 60}}}',
            "starts_in: Bulan ini tidak ada",
        ),
        ("depreciation", '{"price": 5, "life_months": 99999999999}', "life_months: Terlalu banyak bulan"),
        ("feasibility", '{"flows": {"99999999999": 1}}', "flows/99999999999: Terlalu banyak bulan"),
        ("feasibility", '{"rate": -10000, "flows": {"0": -1, "1": 2}}', "rate: Suku bunga"),
    ],
)
def test_a_fault_is_told_with_its_place_and_what_is_wanted(name: str, given: str, sentence: str) -> None:
    ran = run(name, stdin=given)
    assert ran.code == 1
    assert ran.sentence.startswith(sentence)


def test_what_is_no_object_is_wrong_usage() -> None:
    ran = run("cash-count", stdin="[]")
    assert ran.code == 2
    assert "objek JSON" in ran.err


HOSTILE = (0, -1, 10_000, 2**63 - 1, -(2**63))


def with_each_number_replaced(given: Any, by: int) -> Iterator[Any]:
    """The same document as often as there are numbers in it, each time with another one replaced."""
    if isinstance(given, dict | list):
        for at, inner in given.items() if isinstance(given, dict) else enumerate(given):
            for changed in with_each_number_replaced(inner, by):
                copy = deepcopy(given)
                copy[at] = changed
                yield copy
    elif type(given) is int:
        yield by


@pytest.mark.parametrize("name", RULES)
def test_no_number_makes_a_rule_fail_or_run_for_ever(name: str) -> None:
    for by in HOSTILE:
        for document in with_each_number_replaced(RULES[name].example, by):
            ran = run(name, stdin=json.dumps(document))
            assert ran.code == (1 if ran.err else 0), document
            assert "kesalahan di program" not in ran.err, document
