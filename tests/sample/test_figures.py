from collections import Counter
from datetime import date

import pytest

from kopdesk.domain.book_check import BookCheck
from kopdesk.domain.fields import Kind, pattern_of, patterns
from kopdesk.domain.record_types import type_named
from kopdesk.domain.records import leaves_from_document
from kopdesk.domain.statement import ASSET_KEYS, CONTRA_ASSET_KEYS, EQUITY_KEYS, LIABILITY_KEYS, Statement
from kopdesk.sample import district, field_day
from kopdesk.sample.bookkeeping import pieces, swapped
from kopdesk.sample.dice import Dice
from tests.sample.told import NAMES, TODAY, current, told


@pytest.mark.parametrize("name", NAMES)
def test_amounts_are_whole_rupiah(name: str) -> None:
    for coop in told(name).cooperatives:
        for key, leaves in coop.current().items():
            known = patterns(type_named(key.type).form)
            for path, value in leaves.items():
                if known[pattern_of(path)].kind is Kind.MONEY:
                    assert type(value) is int, (key.type, path)


@pytest.mark.parametrize("name", NAMES)
def test_statements_balance_but_for_the_one_with_swapped_digits(name: str) -> None:
    unbalanced = []
    for coop, _, leaves in current(name, "statement"):
        statement = Statement.from_leaves(coop.id, coop.id, leaves)
        position = statement.position
        assets = sum(position.get(key, 0) for key in ASSET_KEYS)
        assets -= sum(position.get(key, 0) for key in CONTRA_ASSET_KEYS)
        if assets != sum(position.get(key, 0) for key in LIABILITY_KEYS + EQUITY_KEYS):
            unbalanced.append(coop.name)
        assert all(amount >= 0 for key, amount in position.items() if not key.startswith("shu_"))
        units = statement.units.values()
        result = sum((unit.member_revenue or 0) + (unit.other_revenue or 0) for unit in units)
        result -= sum(
            (unit.member_cost or 0) + (unit.other_cost or 0) + (unit.expenses or 0) for unit in units
        )
        result -= sum(statement.results.values())
        if statement.period_kind == "year":
            assert result == position.get("shu_tahun_berjalan", 0)
    assert len(unbalanced) == 1


@pytest.mark.parametrize("name", NAMES)
def test_a_trial_balance_is_off_by_nines_or_not_at_all(name: str) -> None:
    off = Counter[bool]()
    for coop, _, leaves in current(name, "book_check"):
        check = BookCheck.from_leaves(coop.id, coop.id, leaves)
        debit = sum(line.debit or 0 for line in check.lines.values())
        credit = sum(line.credit or 0 for line in check.lines.values())
        assert (debit - credit) % 9 == 0
        off[debit != credit] += 1
        said = " ".join(finding.text or "" for finding in check.findings.values())
        assert ("Neraca saldo tidak seimbang" in said) == (debit != credit)
    assert off[True] > 0
    assert off[False] > 0


@pytest.mark.parametrize("name", NAMES)
def test_members_grow_slowly_and_never_shrink_much(name: str) -> None:
    for coop in told(name).cooperatives:
        counts = [
            (str(leaves["period"]), int(leaves["members"] or 0))
            for key, leaves in coop.current().items()
            if key.type == "member_count"
        ]
        members = [count for _, count in sorted(counts)]
        assert members == sorted(members)
        assert members[-1] < members[0] * 2


@pytest.mark.parametrize("total", [20_000, 380_500, 1_437_700])
def test_notes_and_coins_make_the_sum(total: int) -> None:
    notes, coins = pieces(total, Dice("drawer"))
    assert sum(int(value) * count for value, count in [*notes.items(), *coins.items()]) == total


def test_two_digits_the_wrong_way_round() -> None:
    assert swapped(450_000) == 540_000


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("today", [TODAY, date(2025, 9, 1)])
def test_the_field_day_can_be_typed_in(name: str, today: date) -> None:
    day = field_day(district(name, seed=7, today=today), today)
    assert day.cooperative.id in told(name).assignments[day.assistant]
    visit = leaves_from_document(type_named("visit").form, day.visit, new_key=str)
    assert len([path for path in visit if path.endswith("/weight")]) == 3
    for promise in day.promises_of(day.cooperative.id):
        leaves = leaves_from_document(type_named("follow_up").form, promise, new_key=str)
        assert f"{leaves['origin_path']}/text" in visit
    leaves_from_document(type_named("problem").form, day.problem_of(day.cooperative.id), new_key=str)
    for edit in (day.profile, day.opening_hours):
        if edit is not None:
            leaves_from_document(type_named(edit.type).form, edit.document, new_key=str)
    amounts = (day.same_amount.before, day.same_amount.on_first, day.same_amount.on_second)
    assert len(set(amounts)) == 3
    assert day.same_amount.right in amounts[1:]
