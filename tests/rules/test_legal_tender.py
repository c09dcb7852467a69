"""Which money counts, by the pack that is shipped; and packs that are refused."""

from datetime import date
from pathlib import Path

import pytest

from kopdesk.rules.legal_tender import PACK, LegalTender, legal_tender
from kopdesk.rules.packs import RuleFault, read_pack

TODAY = date(2026, 11, 27)
GOOD = """
pack = "legal_tender"
version = "1"
[sources]
A = "https://example.org"
[[denominations]]
kind = "note"
amount = 1000
issue = "TE 2016"
status = "sure"
sources = ["A"]
"""


def test_the_rows_of_a_count_are_the_notes_and_coins_of_today() -> None:
    notes = [(kind, amount) for kind, amount in legal_tender().counted(TODAY, with_optional=False)]
    assert notes == [
        *(("note", one) for one in (100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000)),
        *(("coin", one) for one in (1_000, 500, 200, 100)),
    ]


def test_seldom_ones_count_but_have_no_row_of_their_own() -> None:
    counted = legal_tender().counted(TODAY)
    assert ("note", 75_000) in counted
    assert ("coin", 50) in counted


def test_a_coin_that_was_revoked_is_named_and_another_issue_of_it_still_counts() -> None:
    rules = legal_tender()
    revoked = {(one.amount, one.issue): one for one in rules.revoked(TODAY)}
    assert revoked[500, "TE 1991"].revoked_on == date(2023, 12, 1)
    assert revoked[500, "TE 1991"].exchange_until == date(2033, 12, 1)
    assert ("coin", 500) in rules.counted(TODAY)
    assert not any(one.amount == 500 and one.kind == "coin" for one in rules.revoked(date(2023, 11, 30)))


@pytest.mark.parametrize("amount", [100, 500])
def test_notes_of_small_amounts_do_not_count(amount: int) -> None:
    assert ("note", amount) not in legal_tender().counted(TODAY)


def test_every_value_says_how_well_it_is_known_and_from_where() -> None:
    rules = legal_tender()
    assert all(one.sources or one.status == "unverified" for one in rules.denominations)
    assert set(rules.sources) == {name for one in rules.denominations for name in one.sources}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        (GOOD.replace('"note"', '"paper"'), "denominations"),
        (GOOD.replace("amount = 1000", 'amount = "seribu"'), "amount"),
        (GOOD.replace("issue", "edition"), "edition"),
        (GOOD.replace('pack = "legal_tender"', 'pack = "books"'), "books"),
        (GOOD + "x = [", ""),
        ("\x00", ""),
    ],
)
def test_a_pack_that_does_not_fit_is_refused_with_the_place(tmp_path: Path, wrong: str, told: str) -> None:
    path = tmp_path / "legal_tender.toml"
    path.write_text(GOOD, encoding="utf-8")
    assert read_pack(PACK, LegalTender, path).version == "1"
    path.write_text(wrong, encoding="utf-8")
    with pytest.raises(RuleFault) as refused:
        read_pack(PACK, LegalTender, path)
    assert told in refused.value.told


def test_a_pack_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleFault):
        read_pack(PACK, LegalTender, tmp_path / "none.toml")
