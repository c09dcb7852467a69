"""What the twelve tests say, findings that become promises with one key, and the conclusion."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from kopdesk.domain.book_check import BookCheckState
from kopdesk.domain.book_tests.outcome import Outcome, TestResult
from kopdesk.domain.book_tests.proposals import Proposal
from kopdesk.domain.book_tests.report import Change
from kopdesk.domain.finding import Weight
from kopdesk.domain.records import Leaves
from kopdesk.domain.states import missing
from kopdesk.ui.books.check_photos import CheckPhotos
from kopdesk.ui.forms.after_seal import AfterSeal
from kopdesk.ui.theme.tokens import LARGE, MEDIUM, SMALL
from kopdesk.ui.widgets.buttons import plain, primary
from kopdesk.ui.widgets.chips import Flow
from kopdesk.ui.widgets.frames import Card
from kopdesk.ui.widgets.labels import PlainLabel
from kopdesk.ui.widgets.layouts import column, emptied, row, widget_of
from kopdesk.ui.widgets.lights import Lamp
from kopdesk.usecases.checking import CheckTold, PromiseWords, due_after, promise_mending, told_check
from kopdesk.usecases.desk import Desk
from kopdesk.usecases.forms import OpenForm
from kopdesk.wording.catalogue import _
from kopdesk.wording.checking import result_lines, source_text, subjects_of
from kopdesk.wording.choices import choice_label
from kopdesk.wording.dates import short_date
from kopdesk.wording.figures import percent, rupiah
from kopdesk.wording.labels import lowered
from kopdesk.wording.proposed import Names, proposal_text

if TYPE_CHECKING:
    from kopdesk.ui.books.check_form import CheckForm

_TONES = {Outcome.PASSED: "good", Outcome.FAILED: "bad", Outcome.NOT_TESTABLE: ""}
_WEIGHTS = {Weight.HIGH: "bad", Weight.MEDIUM: "warning", Weight.LOW: "notice"}


class Results(QWidget):
    """Computed anew whenever the check has changed and this part is in sight."""

    def __init__(self, form: CheckForm) -> None:
        super().__init__()
        self._form = form
        self.told: CheckTold | None = None
        self._is_stale = True
        self._head = PlainLabel("", "strong")
        self._proposals = column(gap=MEDIUM)
        self._tests = column(gap=MEDIUM)
        self._kept = column(gap=SMALL)
        self.promise_buttons: dict[str, QPushButton] = {}
        self._conclusion = Card(_("Kesimpulan"))
        self._conclude = primary(_("Selesaikan pemeriksaan"), self.conclude)
        self._state = PlainLabel("", "small")
        self.after = AfterSeal(form.session, "book_check", BookCheckState.CONCLUDED)
        self.after.written.connect(partial(form.presenter.save, for_good=True))
        self.signed = CheckPhotos(form, "")
        self.signed.belongs_to("signed_photo_id", _("halaman bertanda tangan"))
        left = column(
            self._head,
            self._proposals,
            self._kept,
            self._conclusion,
            self.signed,
            self.after,
            None,
            gap=LARGE,
        )
        tests = Card(_("Dua belas uji"))
        tests.body.addLayout(self._tests)
        self._columns = row(widget_of(left), widget_of(column(tests, None)), gap=LARGE)
        self._columns.setStretch(0, 1)
        self._columns.setStretch(1, 1)
        self.setLayout(column(self._columns, None))
        self._fill_conclusion()
        form.session.records_changed.connect(self._on_changed)

    def _fill_conclusion(self) -> None:
        form, body = self._form, self._conclusion.body
        prints = Flow()
        outputs = (
            (_("Cetak ringkasan"), "book_check"),
            (_("Cetak berita acara kas"), "cash_count"),
            (_("Simpan laporan XLSX …"), "xlsx"),
            (_("Simpan laporan JSON …"), "json"),
        )
        for label, which in outputs:
            symbol = "print" if which in ("book_check", "cash_count") else "disk"
            prints.addWidget(plain(label, partial(self._put_out, which), symbol))
        for part in (
            form.field("conclusion"),
            form.field("summary"),
            form.field("recommendation"),
            form.field("due_on", _("Dibenahi sampai")),
            self._state,
            row(self._conclude, None),
            prints,
        ):
            body.addWidget(part if isinstance(part, QWidget) else widget_of(part))

    def show_form(self, form: OpenForm) -> None:
        """What the check may still become."""
        self._conclude.setVisible(self._form.may_write(form))
        self._conclude.setEnabled(not form.is_new)
        self._state.setText("")
        self._state.hide()
        self.signed.setVisible(form.leaves.get("state") == BookCheckState.CONCLUDED)
        self.after.show_form(form)
        self._on_changed()

    def leave(self) -> None:
        """A correction that is complete is saved."""
        self.after.leave()

    def refresh(self) -> None:
        """Run the tests on what is on the disk."""
        form = self._form.form
        if form is None or form.is_new or form.is_deleted or not self._is_stale:
            return
        self._is_stale = False
        look_up = partial(_look_up, form, self._form)
        self._form.session.ask(look_up, self._show, owner=self)

    def promise_chosen(self) -> bool:
        """The proposal that has the keyboard, otherwise the first one, becomes a promise."""
        focused = QApplication.focusWidget()
        buttons = list(self.promise_buttons.values())
        button = next((one for one in buttons if one is focused), buttons[0] if buttons else None)
        if button is not None:
            button.click()
        return button is not None

    def promise(self, proposal: Proposal) -> None:
        """Keep it as a finding and a promise; both can be changed where they stand."""
        told = self.told
        if told is None:
            return
        text = proposal_text(proposal, self._names(told))
        session, rules = self._form.session, self._form.rules
        day = told.check.checked_on or session.today
        responsible = f"{told.treasurer} ({_('bendahara')})" if told.treasurer else ""
        words = PromiseWords(
            text.finding, text.cause, text.recommendation, text.promise, responsible, due_after(proposal, day)
        )
        keeping = partial(
            promise_mending, told=told, proposal=proposal, words=words, rules=rules, today=session.today
        )
        session.change(keeping, lambda _key: self._on_promised(words), owner=self)

    def conclude(self) -> None:
        """It is signed and stays; needs a day and a conclusion."""
        self._form.leave()
        form = self._form.form
        if form is None:
            return
        lacking = missing("book_check", BookCheckState.CONCLUDED, form.leaves)
        if lacking:
            self._state.show_tone("bad")
            self._state.show()
            self._state.setText(_("Pilih kesimpulan dan isi tanggal pemeriksaan dulu."))
            return
        now = self._form.session.program.now()
        values: Leaves = {
            "state": BookCheckState.CONCLUDED,
            "concluded_at": f"{now:%Y-%m-%dT%H:%M:%SZ}",
            "rule_pack": "kopdesk",
            "rule_pack_version": self._form.rules.version,
        }
        self._form.presenter.save(values, for_good=True)

    def _names(self, told: CheckTold) -> Names:
        books = {book.code: book.name for book in self._form.rules.books.books}
        return Names(told.check, self._form.rules.chart, books, told.is_syariah)

    def _on_changed(self) -> None:
        self._is_stale = True
        if self._form.part == "results":
            self.refresh()

    def _on_promised(self, words: PromiseWords) -> None:
        self._form.session.told.emit(
            _("Menjadi janji sampai {day}; ada di Tindak lanjut").format(day=short_date(words.due_on))
        )

    def _show(self, told: CheckTold) -> None:
        self.told = told
        report = told.report
        self._head.setText(
            _("{failed} dari 12 uji tidak cocok, {untested} belum dapat diuji.").format(
                failed=report.count(Outcome.FAILED), untested=report.count(Outcome.NOT_TESTABLE)
            )
        )
        self._show_proposals(told)
        self._show_kept(told)
        emptied(self._tests)
        subjects = subjects_of(told.check, self._form.rules.chart, report.results, is_syariah=told.is_syariah)
        for result in report.results:
            self._tests.addWidget(_test_row(result, subjects, report.changes.get(result.test)))
        if report.loans is not None:
            self._tests.addWidget(PlainLabel(_loans_told(told), "small"))

    def _show_proposals(self, told: CheckTold) -> None:
        emptied(self._proposals)
        self.promise_buttons = {}
        for proposal in told.report.open_proposals:
            self._proposals.addWidget(self._proposal_card(proposal, told))
        if not told.report.open_proposals:
            sentence = (
                _("Semua temuan sudah menjadi janji.")
                if told.check.findings
                else _("Tidak ada temuan dari yang sudah diisi.")
            )
            self._proposals.addWidget(PlainLabel(sentence, "quiet"))

    def _proposal_card(self, proposal: Proposal, told: CheckTold) -> QWidget:
        text = proposal_text(proposal, self._names(told))
        button = plain(_("Jadikan janji"), partial(self.promise, proposal), "promise")
        button.setAccessibleDescription(text.finding)
        self.promise_buttons[proposal.key] = button
        card = Card()
        weight = _("Temuan {weight}").format(weight=lowered(choice_label(Weight, proposal.weight)))
        lamp = Lamp(_WEIGHTS[proposal.weight])
        lamp.setFixedWidth(16)
        card.body.addLayout(row(lamp, PlainLabel(weight, "small"), gap=SMALL, wide=1))
        card.body.addWidget(PlainLabel(text.finding))
        if text.cause:
            card.body.addWidget(PlainLabel(text.cause, "quiet"))
        card.body.addWidget(PlainLabel(text.recommendation, "quiet"))
        card.body.addLayout(row(button, None))
        return card

    def _show_kept(self, told: CheckTold) -> None:
        emptied(self._kept)
        if not told.check.findings:
            return
        card = Card(_("Temuan yang sudah dicatat"))
        for _key, finding in sorted(told.check.findings.items()):
            due = _("sampai {day}").format(day=short_date(finding.due_on)) if finding.due_on else ""
            mend = ", ".join(
                filter(None, ((finding.recommendation or "").rstrip("."), finding.responsible, due))
            )
            card.body.addWidget(PlainLabel(finding.text or ""))
            card.body.addWidget(PlainLabel(mend, "small"))
        self._kept.addWidget(card)

    def _put_out(self, which: str) -> None:
        self._form.leave()
        if self._form.form is None or self._form.form.is_new:
            return
        if which in ("book_check", "cash_count"):
            self._form.page_requested.emit(which)
        else:
            from kopdesk.ui.books.putting_out import save_statement

            save_statement(self._form, which)


def _look_up(form: OpenForm, check: CheckForm, desk: Desk) -> CheckTold:
    return told_check(desk, form.key.id, check.rules, check.session.today)


def _test_row(result: TestResult, subjects: dict[str, str], change: Change | None) -> QWidget:
    """A lamp, the test, how it came out, and below it the arithmetic with the source of its figures."""
    lamp = Lamp(_TONES[result.outcome])
    lamp.setFixedWidth(16)
    title = f"{result.test.number}. {choice_label(type(result.test), result.test)}"
    outcome = choice_label(Outcome, result.outcome)
    if change is not None:
        outcome = f"{outcome} · {lowered(choice_label(Change, change))}"
    told = column(PlainLabel(title), PlainLabel(outcome, "small", tone=_TONES[result.outcome]), gap=0)
    for line in result_lines(result, subjects):
        told.addWidget(PlainLabel(line, "small"))
    sources = {source_text(figure) for case in result.failed for figure in case.figures}
    if sources:
        told.addWidget(
            PlainLabel(_("Sumber: {sources}.").format(sources="; ".join(sorted(sources))), "small")
        )
    made = widget_of(row(lamp, told, gap=SMALL, wide=1))
    made.setAccessibleName(f"{title}: {outcome}")
    layout = made.layout()
    if layout is not None:
        layout.setAlignment(lamp, Qt.AlignmentFlag.AlignTop)
    return made


def _loans_told(told: CheckTold) -> str:
    loans = told.report.loans
    if loans is None or loans.plain is None or loans.weighted is None:
        return _("Kolektibilitas pinjaman belum dapat dihitung: tunggakan belum diisi.")
    line = _("Pinjaman bermasalah {plain}, tertimbang {weighted}, dari kartu yang dilihat.").format(
        plain=percent(round(loans.plain * 10_000)), weighted=percent(round(loans.weighted * 10_000))
    )
    if loans.ungraded:
        line += " " + _("Belum dinilai: {amount}.").format(amount=rupiah(loans.ungraded))
    return line
