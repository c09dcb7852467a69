"""Rencana Usaha: what a plan comes to is said first, and follows what is typed."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from kopdesk.cli.planning import document_of
from kopdesk.domain.states import Role
from kopdesk.rules.current import current_rules
from kopdesk.ui.forms.controls import leaf_control
from kopdesk.ui.frame.main_window import MainWindow
from kopdesk.ui.plans.page import PlansPage
from kopdesk.ui.plans.plan_form import SECTIONS, PlanForm
from kopdesk.ui.plans.putting_out import write_plan
from kopdesk.ui.plans.tables import LINES, ProjectionPart
from kopdesk.ui.widgets.grid import Grid
from kopdesk.usecases.planning import told_plan
from kopdesk.usecases.records import list_records
from kopdesk.wording.figures import rupiah
from tests.support.recalculating import cells_of
from tests.support.world import TestLaptop, World
from tests.ui.conftest import settle
from tests.ui.looking import texts

OpenDesk = Callable[[], MainWindow]


def a_plan(coop: UUID, amount: int, **changes: Any) -> dict[str, Any]:
    """A shop that earns some two million a month, and a loan for its shelves."""
    shop = {
        "name": "Gerai sembako",
        "driver": "customers",
        "cost_share": 8_800,
        "starts_in": "2026-12",
        "drivers": {"customers": 150, "frequency": 6, "basket": 28_000},
    }
    loan = {
        "lender": "BRI Unit Sangkulirang",
        "amount": amount,
        "annual_rate": 900,
        "tenor_months": 36,
        "schedule": "annuity",
    }
    plan = {
        "cooperative_id": str(coop),
        "title": "Gerai yang cukup barang",
        "starts_in": "2026-12",
        "prepared_on": "2026-11-20",
        "months": 36,
        "opening_cash": 5_000_000,
        "discount_rate": 1_000,
        "units": {"sembako": shop},
        "staff": {"penjaga": {"role": "Penjaga", "people": 1, "monthly_pay": 1_400_000}},
        "loans": {"utama": loan},
    }
    return plan | changes


@pytest.fixture
def heavy(ani: TestLaptop, coop: UUID) -> UUID:
    return ani.put("plan", **a_plan(coop, 150_000_000))


def opened(qtbot: QtBot, window: MainWindow, plan: UUID, coop: UUID) -> PlanForm:
    window.show_record("plan", plan, coop)
    settle(qtbot, window)
    assert isinstance(window.page, PlansPage)
    form = window.page.form
    assert form is not None
    qtbot.waitUntil(lambda: form.latest is None or bool(form.latest.breaking))
    return form


def by_command(ani: TestLaptop, window: MainWindow, plan: UUID) -> dict[str, Any]:
    """The base, as `kopdesk plan --json` has it."""
    return dict(outcomes_of(ani, window, plan)[0]["measures"])


def outcomes_of(ani: TestLaptop, window: MainWindow, plan: UUID) -> list[dict[str, Any]]:
    told = told_plan(ani.desk, plan, current_rules(), window.session.today)
    document: dict[str, Any] = {**document_of(told)}
    return list(document["scenarios"])


def typed(qtbot: QtBot, window: MainWindow, text: str) -> None:
    """Sign by sign: the first opens the cell, the others go into it."""
    for sign in [*text, Qt.Key.Key_Return]:
        focused = QApplication.focusWidget()
        assert focused is not None
        if isinstance(sign, str):
            QTest.keyClicks(focused, sign)
        else:
            QTest.keyClick(focused, sign)
    settle(qtbot, window)


def test_an_instalment_that_is_not_earned_is_said_first_and_what_would_mend_it_named(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID, heavy: UUID
) -> None:
    window = open_desk()
    form = opened(qtbot, window, heavy, coop)
    measures = by_command(ani, window, heavy)
    assert not measures["holds"]
    assert form.strip.verdict.text().startswith("Rencana ini tidak bertahan. Angsuran terberat ")
    assert rupiah(measures["load"]["gap"]) in form.strip.verdict.text()
    named = [text for text in texts(window) if "harus turun" in text]
    assert any("BRI Unit Sangkulirang" in text for text in named)


def test_a_plan_that_is_changed_until_it_holds_says_so_with_the_figures_of_the_command(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID, heavy: UUID
) -> None:
    window = open_desk()
    form = opened(qtbot, window, heavy, coop)
    form.go_to("loans/utama/amount")
    assert isinstance(QApplication.focusWidget(), Grid)
    typed(qtbot, window, "20 jt")
    assert ani.get("plan", heavy)["loans"]["utama"]["amount"] == 20_000_000
    measures = by_command(ani, window, heavy)
    assert measures["holds"]
    assert form.strip.verdict.text().startswith("Rencana ini bertahan.")
    values = {name: label.text() for name, label in form.strip.values.items()}
    assert values["instalment"] == rupiah(measures["load"]["instalment"])
    assert values["earned"] == rupiah(measures["load"]["earned"])
    assert values["lowest_cash"] == rupiah(measures["lowest_cash"])
    assert values["npv"] == rupiah(measures["npv"])
    assert values["break_even"] == rupiah(measures["break_even_monthly_revenue"])


def test_what_is_lacking_is_named_led_to_and_no_old_figure_stays(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    shop = {"name": "Gerai", "driver": "customers", "drivers": {"customers": 150, "frequency": 6}}
    plan = ani.put("plan", **a_plan(coop, 20_000_000, units={"sembako": shop}))
    window = open_desk()
    form = opened(qtbot, window, plan, coop)
    assert form.strip.verdict.text().startswith("Belum dapat dihitung.")
    assert {label.text() for label in form.strip.values.values()} == {"–"}
    (go,) = [one for one in form.strip.findChildren(QPushButton) if one.text() == "Ke isian itu"]
    go.click()
    settle(qtbot, window)
    assert form.section == "units"
    assert isinstance(QApplication.focusWidget(), Grid)
    typed(qtbot, window, "28000")
    assert ani.get("plan", plan)["units"]["sembako"]["drivers"]["basket"] == 28_000
    assert "–" not in {label.text() for label in form.strip.values.values()}


def test_the_projection_shows_every_year_and_balances(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID, heavy: UUID
) -> None:
    window = open_desk()
    form = opened(qtbot, window, heavy, coop)
    form.show_section("projection")
    settle(qtbot, window)
    part = form.findChild(ProjectionPart)
    assert isinstance(part, ProjectionPart)
    years = outcomes_of(ani, window, heavy)[0]["years"]
    at = {line.label: row for row, line in enumerate(LINES)}
    assert part.model.columnCount() == len(years) == 3
    for span, year in enumerate(years):
        assert part.model.figure(at["Pendapatan"], span) == year["revenue"]
        assert part.model.figure(at["Kas akhir"], span) == year["cash"]
        sides = (
            part.model.figure(at[name], span) for name in ("Jumlah aset", "Jumlah kewajiban dan ekuitas")
        )
        assert len(set(sides)) == 1


def test_submitting_asks_once_and_then_nothing_can_be_typed(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID, heavy: UUID
) -> None:
    window = open_desk()
    form = opened(qtbot, window, heavy, coop)
    (submit,) = [one for one in form.findChildren(QPushButton) if one.text() == "Ajukan"]
    submit.click()
    settle(qtbot, window)
    assert ani.get("plan", heavy).get("state") in (None, "draft")
    (sure,) = [one for one in window.findChildren(QPushButton) if one.text() == "Ya, ajukan"]
    sure.click()
    settle(qtbot, window)
    assert ani.get("plan", heavy)["state"] == "submitted"
    form.show_section("general")
    settle(qtbot, window)
    assert not form.fields["title"].control.isEnabled()
    assert not submit.isVisible()


def test_a_new_plan_begins_with_what_is_known_and_is_there_once_something_is_typed(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID
) -> None:
    window = open_desk()
    window.session.focus_cooperative(coop, "Koperasi Desa Merah Putih Peridan")
    window.show_page("plans")
    settle(qtbot, window)
    assert isinstance(window.page, PlansPage)
    window.page.new_plan()
    settle(qtbot, window)
    form = window.page.form
    assert form is not None
    assert list_records(ani.desk, "plan") == []
    cash = form.fields["opening_cash"].control
    cash.setFocus()
    QTest.keyClicks(cash, "3,5 jt")
    QTest.keyClick(cash, Qt.Key.Key_Tab)
    settle(qtbot, window)
    (plan,) = list_records(ani.desk, "plan")
    assert (plan["opening_cash"], plan["starts_in"]) == (3_500_000, "2026-12")
    assert plan["title"] == "Rencana usaha KDMP Peridan"


def test_the_list_says_which_plans_hold(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID, heavy: UUID
) -> None:
    ani.put("plan", **a_plan(coop, 20_000_000, title="Rencana kecil"))
    ani.put("plan", cooperative_id=str(coop), title="Baru dimulai")
    window = open_desk()
    window.show_page("plans")
    settle(qtbot, window)
    assert isinstance(window.page, PlansPage)
    model = window.page.table.model()
    told = {model.index(at, 1).data(): model.index(at, 4).data() for at in range(model.rowCount())}
    assert told == {
        "Gerai yang cukup barang": "tidak bertahan",
        "Rencana kecil": "bertahan",
        "Baru dimulai": "belum lengkap",
    }


def test_looking_at_every_section_writes_nothing(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID, heavy: UUID
) -> None:
    window = open_desk()
    form = opened(qtbot, window, heavy, coop)
    unsent = ani.unsent()
    for word, _title in SECTIONS:
        form.show_section(word)
        settle(qtbot, window)
        assert form.section == word
    assert ani.unsent() == unsent


@pytest.mark.parametrize("ending", ["xlsx", "json"])
def test_a_plan_is_saved_as_a_file_with_the_figures_of_the_window(
    qtbot: QtBot, open_desk: OpenDesk, coop: UUID, heavy: UUID, tmp_path: Path, ending: str
) -> None:
    window = open_desk()
    form = opened(qtbot, window, heavy, coop)
    path = tmp_path / f"rencana.{ending}"
    write_plan(form, path)
    settle(qtbot, window)
    shown = form.strip.values["npv"].text()
    if ending == "json":
        document = json.loads(path.read_text())
        assert rupiah(document["kelayakan"]["npv"]) == shown
        assert document["loan_applications"][0]["loan_amount"] == 150_000_000
        assert len(document["loan_applications"][0]["rencana_pengembalian"]) == 36
        assert document["loan_applications"][0]["rencana_pengembalian"][-1]["sisa"] == 0
    else:
        rows = cells_of(path.read_bytes())["Ringkasan"]
        (npv,) = [row[1] for row in rows if row[0] == "NPV"]
        assert isinstance(npv, float)
        assert rupiah(int(npv)) == shown


def test_a_plan_that_came_back_says_why_first_leads_there_and_is_a_draft_again(
    qtbot: QtBot, open_desk: OpenDesk, world: World, ani: TestLaptop, coop: UUID, heavy: UUID
) -> None:
    ani.put("plan", id=str(heavy), state="submitted", submitted_at="2026-11-21T02:00:00Z")
    assert ani.sync().error is None
    world.person("wati", coop, role=Role.PMO)
    for state in ("in_review", "returned"):
        world.office_change(coop, "plan", heavy, {"state": state}, login="wati")
    remark = {
        "about_type": "plan",
        "about_id": str(heavy),
        "about_path": "opening_cash",
        "text": "Kas awal dari mana?",
        "by": "Wati",
    }
    remark_id = UUID("01a21d59-40e1-7b06-a9b5-69bfcd3a1e2b")
    world.office_change(coop, "remark", remark_id, remark, login="wati")
    assert ani.sync().error is None
    window = open_desk()
    form = opened(qtbot, window, heavy, coop)
    assert "Wati: Kas awal dari mana?" in texts(window)
    (again,) = [one for one in form.findChildren(QPushButton) if one.text() == "Perbaiki lagi"]
    again.click()
    settle(qtbot, window)
    assert ani.get("plan", heavy)["state"] == "draft"
    form.go_to("opening_cash")
    assert QApplication.focusWidget() is form.fields["opening_cash"].control
    assert form.fields["opening_cash"].control.isEnabled()


def test_what_a_row_may_belong_to_follows_the_names_of_units(
    qtbot: QtBot, open_desk: OpenDesk, ani: TestLaptop, coop: UUID, heavy: UUID
) -> None:
    window = open_desk()
    form = opened(qtbot, window, heavy, coop)
    form.go_to("staff/penjaga/unit")
    settle(qtbot, window)
    form.go_to("units/sembako/name")
    settle(qtbot, window)
    typed(qtbot, window, "Gerai baru")
    form.go_to("staff/penjaga/unit")
    grid = QApplication.focusWidget()
    assert isinstance(grid, Grid)
    (column,) = [one for one in grid.grid.columns if one.name == "unit"]
    assert list(column.choices) == [("sembako", "Gerai baru")]


def test_the_tax_that_is_counted_is_chosen_and_told(
    qtbot: QtBot, ani: TestLaptop, coop: UUID, heavy: UUID, open_desk: OpenDesk
) -> None:
    window = open_desk()
    form = opened(qtbot, window, heavy, coop)
    form.show_section("general")
    settle(qtbot, window)
    assert any(text.startswith("Pajak yang dihitung: PPh final 0,5 %") for text in texts(form))
    chips = leaf_control(form.fields["tax_option"].control)
    chips.changed.emit("corporate")
    qtbot.waitUntil(lambda: form.plan().tax_option == "corporate")
    qtbot.waitUntil(
        lambda: form.latest is not None and not form.latest.outcomes[0].projection.tax_years[0].is_final
    )
    assert any(text.startswith("Pajak yang dihitung: PPh badan 22 %") for text in texts(form))
