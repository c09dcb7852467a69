"""What a form saves and shows, without a widget: real use cases on a real laptop, asked at once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar
from uuid import UUID

import pytest

from kopdesk.domain.errors import KopdeskError
from kopdesk.domain.records import RecordKey
from kopdesk.ui.forms.presenter import FormPresenter
from kopdesk.ui.history import Applying, Change, apply_change
from kopdesk.usecases.conflicts import list_conflicts
from kopdesk.usecases.desk import Desk
from kopdesk.usecases.forms import OpenForm
from kopdesk.usecases.records import list_records
from tests.support.histories import synced
from tests.support.world import TestLaptop, World

Result = TypeVar("Result")


@dataclass
class RecordingView:
    shown: list[OpenForm] = field(default_factory=list)
    typing: frozenset[str] = frozenset()
    saved: int = 0
    faults: list[str] = field(default_factory=list)
    lost: list[Exception] = field(default_factory=list)

    def show_form(self, form: OpenForm) -> None:
        self.shown.append(form)

    def typing_paths(self) -> frozenset[str]:
        return self.typing

    def tell_saved(self) -> None:
        self.saved += 1

    def tell_fault(self, path: str, error: Exception) -> None:
        self.faults.append(path)

    def tell_lost(self, error: Exception) -> None:
        self.lost.append(error)


@dataclass
class Asking:
    """Answers at once, or when `answer` is called."""

    desk: Desk
    is_slow: bool = False
    waiting: list[Callable[[], None]] = field(default_factory=list)

    def ask(
        self,
        use_case: Callable[[Desk], Result],
        done: Callable[[Result], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        def run() -> None:
            try:
                result = use_case(self.desk)
            except KopdeskError as error:
                assert failed is not None
                failed(error)
                return
            done(result)

        if self.is_slow:
            self.waiting.append(run)
        else:
            run()

    def change(
        self,
        use_case: Callable[[Desk], Result],
        done: Callable[[Result], None] = lambda result: None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        self.ask(use_case, done, failed)

    def answer(self) -> None:
        self.waiting.pop(0)()


@dataclass
class Remembered:
    changes: list[Change] = field(default_factory=list)

    def add(self, change: Change) -> None:
        self.changes.append(change)

    def close(self, key: RecordKey) -> None:
        self.changes.clear()


def undo(form: FormPresenter, laptop: TestLaptop) -> None:
    """Take the last change back, as the history does."""
    remembered = form._history
    assert isinstance(remembered, Remembered)
    applying = Applying(remembered.changes.pop(), is_undo=True)
    assert form.join(applying)
    forms = apply_change(applying, laptop.desk)
    assert forms is not None
    applying.shown[forms[0].key].show(forms[0])


@pytest.fixture
def coop(world: World) -> UUID:
    coop = world.cooperative()
    world.person("ani", coop)
    world.person("budi", coop)
    return coop


@pytest.fixture
def ani(world: World, coop: UUID) -> TestLaptop:
    return synced(world, "ani", coop)


def a_form(laptop: TestLaptop) -> tuple[FormPresenter, RecordingView, Asking]:
    view, asking = RecordingView(), Asking(laptop.desk)
    return FormPresenter(view, asking, Remembered()), view, asking


def a_visit(laptop: TestLaptop, coop: UUID, **more: object) -> RecordKey:
    return RecordKey("visit", laptop.put("visit", cooperative_id=str(coop), visited_on="2026-11-20", **more))


def test_a_new_record_is_there_once_something_is_typed_and_with_what_was_filled_in(
    ani: TestLaptop, coop: UUID
) -> None:
    form, view, _ = a_form(ani)
    form.begin("visit", coop, {"visited_on": "2026-11-26"})
    assert view.shown[-1].leaves == {"visited_on": "2026-11-26"}
    assert (list_records(ani.desk, "visit"), ani.unsent()) == ([], 0)
    form.save({"place": "Balai desa"})
    (visit,) = list_records(ani.desk, "visit")
    assert (visit["visited_on"], visit["place"], view.saved) == ("2026-11-26", "Balai desa", 1)
    form.save({"notes": "Kas cocok."})
    assert len(list_records(ani.desk, "visit")) == 1


def test_what_is_typed_while_another_leaf_is_saved_is_saved_after_it(ani: TestLaptop, coop: UUID) -> None:
    form, view, asking = a_form(ani)
    form.open(a_visit(ani, coop))
    asking.is_slow = True
    for values in ({"place": "Balai desa"}, {"notes": "Kas"}, {"notes": "Kas cocok."}):
        form.save(values)
    settled = [form.is_settled]
    while asking.waiting:
        asking.answer()
    settled.append(form.is_settled)
    assert settled == [False, True]
    assert (view.saved, view.shown[-1].leaves["notes"]) == (3, "Kas cocok.")
    assert list_conflicts(ani.desk) == []


def test_what_is_on_its_way_is_shown_as_it_was_typed_when_another_leaf_is_saved(
    ani: TestLaptop, coop: UUID
) -> None:
    form, view, asking = a_form(ani)
    form.open(a_visit(ani, coop, notes="Lama", place="Balai desa"))
    asking.is_slow = True
    form.save({"start_time": "09:00"})
    form.save({"notes": "Baru", "place": None})
    form.save({"notes": "Lebih baru"})
    asking.answer()
    shown = view.shown[-1].leaves
    assert (shown["start_time"], shown["notes"], shown.get("place")) == ("09:00", "Lebih baru", None)
    asking.answer()
    assert view.shown[-1].leaves["notes"] == "Lebih baru"
    asking.answer()
    assert view.shown[-1].leaves["notes"] == "Lebih baru"
    assert form.is_settled


def test_what_is_refused_stays_as_typed_when_another_leaf_is_saved_and_the_form_knows_the_kept_value(
    ani: TestLaptop, coop: UUID
) -> None:
    form, view, asking = a_form(ani)
    form.open(a_visit(ani, coop, start_time="08:00"))
    asking.is_slow = True
    form.save({"place": "Balai desa"})
    form.save({"start_time": "25:99"})
    asking.answer()
    assert view.shown[-1].leaves["start_time"] == "25:99"
    asking.answer()
    assert view.faults == ["start_time"]
    assert form.form is not None
    assert form.form.leaves["start_time"] == "08:00"
    form.save({"start_time": "09:30"})
    asking.answer()
    (visit,) = list_records(ani.desk, "visit")
    assert visit["start_time"] == "09:30"


def test_what_is_still_to_be_saved_when_another_record_is_opened_is_saved_where_it_was_typed(
    ani: TestLaptop, coop: UUID
) -> None:
    first, second = a_visit(ani, coop), a_visit(ani, coop)
    form, view, asking = a_form(ani)
    form.open(first)
    asking.is_slow = True
    form.save({"place": "Balai desa"})
    form.save({"notes": "Kas cocok."})
    form.open(second)
    while asking.waiting:
        asking.answer()
    kept = ani.get("visit", first.id)
    assert (kept["place"], kept["notes"]) == ("Balai desa", "Kas cocok.")
    assert view.shown[-1].key == second
    assert "place" not in ani.get("visit", second.id)


def test_undo_takes_back_one_change_after_another(ani: TestLaptop, coop: UUID) -> None:
    form, view, _ = a_form(ani)
    form.open(a_visit(ani, coop, place="Gerai"))
    form.save({"place": "Balai desa"})
    form.save({"place": None})
    undo(form, ani)
    assert view.shown[-1].leaves["place"] == "Balai desa"
    undo(form, ani)
    assert view.shown[-1].leaves["place"] == "Gerai"


def test_a_deletion_is_undone_with_all_that_was_in_it(ani: TestLaptop, coop: UUID) -> None:
    key = a_visit(ani, coop, place="Gerai", findings={"a": {"text": "Kas kurang."}})
    assert ani.sync().error is None
    form, view, _ = a_form(ani)
    form.open(key)
    form.delete()
    assert list_records(ani.desk, "visit") == []
    undo(form, ani)
    assert [shown.is_deleted for shown in view.shown] == [False, True, False]
    (visit,) = list_records(ani.desk, "visit")
    assert (visit["place"], visit["findings"]["a"]["text"]) == ("Gerai", "Kas kurang.")
    assert ani.sync().error is None
    assert list_records(ani.desk, "visit")[0]["place"] == "Gerai"


def test_a_value_that_comes_while_somebody_types_over_the_old_one_is_asked_about_and_not_overwritten(
    world: World, ani: TestLaptop, coop: UUID
) -> None:
    ani.put("cooperative", id=str(coop), principal_saving=10_000)
    ani.sync()
    budi = synced(world, "budi", coop)
    form, view, _ = a_form(ani)
    form.open(RecordKey("cooperative", coop))
    budi.put("cooperative", id=str(coop), principal_saving=20_000)
    budi.sync()
    ani.sync()
    view.typing = frozenset({"principal_saving"})
    form.reload()
    assert view.shown[-1].leaves["principal_saving"] == 10_000
    form.save({"principal_saving": 30_000})
    ani.sync()
    (case,) = list_conflicts(ani.desk)
    assert {case.conflict.kept_value, case.conflict.offered_value} == {20_000, 30_000}


def test_the_base_is_what_was_shown_also_where_another_leaf_is_saved_meanwhile(
    world: World, ani: TestLaptop, coop: UUID
) -> None:
    ani.put("cooperative", id=str(coop), principal_saving=10_000)
    ani.sync()
    budi = synced(world, "budi", coop)
    form, view, _ = a_form(ani)
    form.open(RecordKey("cooperative", coop))
    budi.put("cooperative", id=str(coop), principal_saving=20_000)
    budi.sync()
    ani.sync()
    view.typing = frozenset({"principal_saving"})
    form.save({"about": "Gerai buka setiap hari."})
    form.save({"principal_saving": 30_000})
    ani.sync()
    assert len(list_conflicts(ani.desk)) == 1


def test_what_comes_where_nobody_types_is_shown(world: World, ani: TestLaptop, coop: UUID) -> None:
    budi = synced(world, "budi", coop)
    form, view, _ = a_form(ani)
    form.open(RecordKey("cooperative", coop))
    budi.put("cooperative", id=str(coop), principal_saving=20_000)
    budi.sync()
    ani.sync()
    form.reload()
    assert view.shown[-1].leaves["principal_saving"] == 20_000
    form.save({"principal_saving": 30_000})
    ani.sync()
    assert list_conflicts(ani.desk) == []


def test_what_cannot_be_saved_is_told_at_its_leaf_and_the_next_one_is_saved(
    ani: TestLaptop, coop: UUID
) -> None:
    form, view, _ = a_form(ani)
    form.open(a_visit(ani, coop))
    form.save({"start_time": "25:99"})
    form.save({"place": "Balai desa"})
    assert (view.faults, view.saved) == (["start_time"], 1)
    assert view.shown[-1].leaves["place"] == "Balai desa"


def test_a_record_that_is_gone_is_told(ani: TestLaptop) -> None:
    form, view, _ = a_form(ani)
    form.open(RecordKey("visit", UUID(int=7)))
    assert len(view.lost) == 1
