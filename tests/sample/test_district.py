import hashlib
import json
import os
import re
import subprocess
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from kopdesk.domain.ids import derived_id
from kopdesk.domain.record_types import type_named
from kopdesk.domain.records import document_of, leaves_from_document
from kopdesk.domain.states import Role, check_change
from kopdesk.domain.values import Value
from kopdesk.domain.zones import business_date
from kopdesk.sample import FIRST_TODAY, District, district
from tests.sample.told import NAMES, TODAY, current, told


def fingerprint(found: District) -> str:
    def plain(value: object) -> object:
        return str(value)

    rows = [
        [coop.name, str(coop.id), write.type, str(write.id), dict(write.leaves), write.author, str(write.at)]
        for coop in found.cooperatives
        for write in coop.records
    ]
    text = json.dumps([rows, [str(person) for person in found.people]], default=plain, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize("hash_seed", ["0", "4711"])
def test_another_process_tells_the_same_story(hash_seed: str) -> None:
    program = (
        "import runpy, sys; sys.argv = ['x'];"
        f"told = runpy.run_path({__file__!r});"
        "print(told['fingerprint'](told['told']('kutai-timur')))"
    )
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    answer = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.strip() == fingerprint(told("kutai-timur"))


def test_another_seed_tells_another_story() -> None:
    other = district("malang", seed=8, today=date(2025, 11, 12))
    assert other.cooperatives[0].id != told("malang").cooperatives[0].id
    assert [coop.village_code for coop in other.cooperatives] == [
        coop.village_code for coop in told("malang").cooperatives
    ]


@pytest.mark.parametrize(
    ("name", "earlier"),
    [
        ("kutai-timur", FIRST_TODAY),
        ("kutai-timur", date(2025, 11, 12)),
        ("kutai-timur", date(2026, 8, 3)),
        ("malang", date(2026, 6, 1)),
    ],
)
def test_a_later_today_goes_on_with_the_same_story(name: str, earlier: date) -> None:
    zone = told(name).zone
    for before, now in zip(told(name, earlier).cooperatives, told(name).cooperatives, strict=True):
        until = [write for write in now.records if business_date(write.at, zone) < earlier]
        assert list(before.records) == until


@pytest.mark.parametrize(
    ("name", "today"), [("kutai-timur", TODAY), ("malang", TODAY), ("malang", date(2028, 3, 1))]
)
def test_nothing_is_written_today_or_later_and_all_in_order(name: str, today: date) -> None:
    found = told(name, today)
    for coop in found.cooperatives:
        moments = [write.at for write in coop.records]
        assert moments == sorted(moments)
        assert business_date(moments[-1], found.zone) < today


@pytest.mark.parametrize("name", NAMES)
def test_no_fact_is_dated_after_it_was_written(name: str) -> None:
    ahead = {"due_on", "ends_on", "expires_on", "drawn_on"}
    zone = told(name).zone
    for coop in told(name).cooperatives:
        for write in coop.records:
            for path, value in write.leaves.items():
                if re.search(r"_on$", path) and path.split("/")[-1] not in ahead:
                    assert date.fromisoformat(str(value)) <= business_date(write.at, zone), (write.type, path)


@pytest.mark.parametrize("name", NAMES)
def test_every_write_passes_the_domains_own_checks(name: str) -> None:
    roles = {person.user_name: Role(person.role) for person in told(name).people}
    for coop in told(name).cooperatives:
        stored: dict[UUID, dict[str, Value]] = {}
        for write in coop.records:
            form = type_named(write.type).form
            document = document_of({**stored.get(write.id, {}), **write.leaves})
            leaves = leaves_from_document(form, document, new_key=str)
            before = stored.setdefault(write.id, {})
            assert check_change(write.type, before, write.leaves, roles[write.author]) == {}, write
            before.update(write.leaves)
            assert leaves == {path: value for path, value in before.items() if value is not None}


@pytest.mark.parametrize("name", NAMES)
def test_derived_ids_and_keys(name: str) -> None:
    for record_type in ("member_count", "statement"):
        for coop, record_id, leaves in current(name, record_type):
            key = [str(leaves[part]) for part in type_named(record_type).key]
            assert record_id == derived_id(record_type, coop.id, *key)
    ids = [key.id for coop in told(name).cooperatives for key in coop.current()]
    assert len(set(ids)) == len(ids)
    made = [record_id for record_id in ids if record_id.version == 7]
    assert len(made) > len(ids) * 3 // 4


@pytest.mark.parametrize("name", NAMES)
def test_references_stay_within_the_cooperative(name: str) -> None:
    for coop in told(name).cooperatives:
        known = {str(key.id): key.type for key in coop.current()}
        for key, leaves in coop.current().items():
            for path, value in leaves.items():
                if path.endswith("_id"):
                    assert value in known, (key.type, path)
            if key.type == "follow_up":
                visit = coop.current()[type(key)("visit", UUID(str(leaves["origin_id"])))]
                assert f"{leaves['origin_path']}/text" in visit


@pytest.mark.parametrize("name", NAMES)
def test_an_assistant_is_in_one_village_a_day_and_never_on_sunday(name: str) -> None:
    days: Counter[tuple[str, str]] = Counter()
    for coop in told(name).cooperatives:
        firsts = {write.id: write for write in reversed(coop.records) if write.type == "visit"}
        days.update((write.author, str(write.leaves["visited_on"])) for write in firsts.values())
    assert max(days.values()) == 1
    assert all(date.fromisoformat(day).weekday() != 6 for _, day in days)


def test_the_size_is_that_of_a_real_district() -> None:
    sizes = [len(coop.current()) for coop in told("kutai-timur").cooperatives]
    assert 900 <= sum(sizes) <= 1500
    assert min(sizes) < 50, "one is hardly ever visited"
    assert {coop.village_code[:5] for coop in told("kutai-timur").cooperatives} == {"64.08"}


@pytest.mark.parametrize("name", NAMES)
def test_who_accompanies_whom(name: str) -> None:
    found = told(name)
    first, *others = found.assignments.items()
    assert first[1] == tuple(coop.id for coop in found.cooperatives)
    assert len(found.cooperatives) == 10
    assert [len(shared) for _, shared in others] == ([2] if name == "kutai-timur" else [])
    users = {person.user_name for person in found.people}
    assert {write.author for coop in found.cooperatives for write in coop.records} <= users
    assert {person.role for person in found.people} == {Role.ASSISTANT, Role.PMO, Role.DINAS}


@pytest.mark.parametrize("name", NAMES)
def test_every_state_of_a_promise_is_there(name: str) -> None:
    states = Counter(leaves.get("state") for _, _, leaves in current(name, "follow_up"))
    assert states["done"] > states[None] > 0
    assert states["dropped"] > 0
    late = [
        leaves
        for _, _, leaves in current(name, "follow_up")
        if leaves.get("state") is None and str(leaves["due_on"]) < TODAY.isoformat()
    ]
    assert late, "some are overdue"


@pytest.mark.parametrize("name", NAMES)
def test_no_loan_is_asked_for_under_a_scheme_that_is_gone(name: str) -> None:
    for coop in told(name).cooperatives:
        for write in coop.records:
            if "PMK 49" in str(write.leaves.get("type", "")):
                assert business_date(write.at, told(name).zone) < date(2025, 11, 30)


def test_only_known_districts_and_days_can_be_told() -> None:
    with pytest.raises(ValueError, match="kutai-timur, malang"):
        district("bandung", seed=1, today=TODAY)
    with pytest.raises(ValueError, match="begins"):
        district("malang", seed=1, today=FIRST_TODAY - timedelta(days=1))
