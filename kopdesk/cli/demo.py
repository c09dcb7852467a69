"""demo: a whole field day on this machine, played through the same use cases as every other day."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from kopdesk.app import App
from kopdesk.cli.checking_day import (
    RULES,
    conclude_check,
    faults_told,
    promise_all,
    write_check,
)
from kopdesk.cli.exchanging import noticed_lines
from kopdesk.cli.planning_day import play_plan
from kopdesk.cli.sample_world import LAPTOP, PASSWORD, ZONE, SampleWorld, on_day, sample_district
from kopdesk.cli.terminal import Terminal, as_json
from kopdesk.cli.tour import day_pictures
from kopdesk.cli.training import Training
from kopdesk.cli.window import has_screen, run
from kopdesk.domain.book_tests.outcome import BookTest
from kopdesk.domain.conflict import Choice
from kopdesk.domain.zones import business_date
from kopdesk.reports.minutes import read_minutes
from kopdesk.sample.district import District
from kopdesk.sample.field_day import FieldDay, field_day
from kopdesk.sample.loading import load
from kopdesk.server.opening import DATABASE
from kopdesk.storage.errors import ProfileExists
from kopdesk.sync.run import SyncSummary
from kopdesk.usecases.checking import told_check
from kopdesk.usecases.conflicts import list_conflicts, resolve_conflict
from kopdesk.usecases.desk import OpenProfile
from kopdesk.usecases.records import dump, get_record, list_records, put_record
from kopdesk.usecases.status import status
from kopdesk.wording.dates import long_date
from kopdesk.wording.differences import conflict_sentence
from kopdesk.wording.figures import bytes_text, counted, number, rupiah
from kopdesk.wording.labels import path_label
from kopdesk.wording.sentences import sentence_for

PICTURES = "demo-pictures"
_BAR = 30


def demo(app: App, arguments: Namespace, terminal: Terminal) -> int:
    """Open the window on a sample district; without a screen play the day, and exit 1 if anything in it did
    not come out as told.
    """
    today = arguments.today or business_date(app.now(), ZONE)
    if has_screen(os.environ, sys.platform) and not arguments.headless:
        return _in_a_window(
            on_day(app, today), arguments.data or app.settings.demo, arguments.district, today
        )
    with _folder(arguments.data) as folder:
        play = _Play(on_day(app, today), folder, today, arguments.district, terminal)
        play.whole_day()
        play.save_pictures((arguments.data or app.settings.data) / PICTURES)
        if arguments.data:
            terminal.print_line(
                f"\nSemuanya tersimpan di {folder}. Buka jendelanya dengan: kopdesk demo --data {folder}"
                f" --today {today}; atau periksa dengan: kopdesk status --profile {folder / LAPTOP}"
                f" --pin-stdin (kata sandinya {PASSWORD})."
            )
    return 0


def _in_a_window(app: App, folder: Path, district_name: str, today: date) -> int:
    parts = {part.name: getattr(app, part.name) for part in fields(app)}
    training = Training(**parts, folder=folder, district_name=district_name, today=today)
    return run(training, training.laptop, folder)


@contextmanager
def _folder(wanted: Path | None) -> Iterator[Path]:
    """The folder that was asked for, if it is free, or one that goes away afterwards."""
    if wanted is not None:
        if wanted.exists() and any(wanted.iterdir()):
            raise ProfileExists(wanted)
        wanted.mkdir(parents=True, exist_ok=True)
        yield wanted
        return
    temporary = Path(tempfile.mkdtemp(prefix="kopdesk-demo-"))
    try:
        yield temporary
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


@dataclass
class _Play:
    app: App
    folder: Path
    today: date
    district_name: str
    terminal: Terminal

    def whole_day(self) -> None:
        sample = sample_district(self.district_name, self.today)
        day = field_day(sample, self.today)
        self._totals = SyncSummary()
        self._tell(f"Kopdesk, satu hari kerja di {sample.title}, {long_date(self.today)} (data contoh)")
        self._open_centre(sample)
        self._evening_before(day)
        visit_id = self._in_the_village(day)
        check_id = self._check_books(day, visit_id)
        plan_id = self._plan_business(day)
        self._back_in_signal()
        self._second_laptop(visit_id)
        self._check_arrived(check_id, "book_check", "Pemeriksaan dengan temuannya")
        self._check_arrived(plan_id, "plan", "Rencana usaha")
        self._same_amount(day)
        self._copied_disk(day)
        self._lost_day(day)
        self._sum_up()

    def save_pictures(self, folder: Path) -> None:
        """The windows of the first laptop as they would look now."""
        try:
            count = day_pictures(self._world, LAPTOP, folder)
        except ImportError:  # a machine without a screen may have none of what Qt paints with
            self._tell("\nGambar jendela tidak dibuat: pustaka untuk menggambar tidak ada di mesin ini.")
            return
        self._tell(f"\n{number(count)} gambar jendela laptop pertama tersimpan di {folder}.")

    # The scenes.

    def _open_centre(self, sample: District) -> None:
        self._scene("Pusat")
        self._world = SampleWorld(self.app, self.folder, title=sample.title)
        load(self._world.server, sample, password=PASSWORD)
        cooperatives = counted(len(sample.cooperatives), "cooperative")
        records = sum(len(cooperative.current()) for cooperative in sample.cooperatives)
        self._say(
            f"Pusat contoh siap di 127.0.0.1:{self._world.port} dengan {cooperatives}"
            f" dan {counted(records, 'record')} sejak berdirinya."
        )

    def _evening_before(self, day: FieldDay) -> None:
        self._scene("Malam sebelumnya, ada sinyal")
        with self._world.online():
            self._world.enrol(LAPTOP, day.assistant)
            with self._world.laptop(LAPTOP) as laptop:
                self._say(f"{laptop.desk.owner.name} masuk di laptop pertama. Unduhan pertama:")
                self._sync(laptop, bar=True)
                found = list_records(laptop.desk, "cooperative")
        self._say(f"{counted(len(found), 'cooperative')} ada di laptop, terenkripsi. Jaringan diputus.")

    def _in_the_village(self, day: FieldDay) -> UUID:
        self._scene(f"Di {day.cooperative.name}, tanpa jaringan")
        with self._world.laptop(LAPTOP) as laptop:
            desk = laptop.desk
            where = {"cooperative_id": str(day.cooperative.id)}
            visit = put_record(desk, "visit", {**where, **day.visit}).key.id
            names = [row["name"] for row in day.visit["attendees"].values()]
            self._say(f"Kunjungan tersimpan di laptop: bertemu {', '.join(names)}.")
            for finding in day.visit["findings"].values():
                self._say(f"  Temuan: {finding['text']}")
            for promise in day.promises_of(visit):
                put_record(desk, "follow_up", {**where, **promise})
                due = long_date(date.fromisoformat(promise["due_on"]))
                self._say(f"  Janji: {promise['promise']} ({promise['responsible']}, paling lambat {due})")
            put_record(desk, "problem", {**where, **day.problem_of(visit)})
            self._say(f"  Kendala: {day.problem['text']}")
            for edit in filter(None, (day.profile, day.opening_hours)):
                put_record(desk, edit.type, {"id": str(edit.id), **edit.document})
                labels = [path_label(edit.type, name) for name in edit.document]
                self._say(f"  Diperbarui: {', '.join(labels)}.")
            put_record(desk, "visit", {"id": str(visit), "state": "sealed"})
            self._say("Kunjungan disahkan bersama pengurus; isinya tidak berubah lagi.")
            failed = self.app.sync(laptop, patience=0)
            if failed.error is None:
                raise AssertionError("the network was to be down")
            self._say(f"Dicoba kirim: {sentence_for(failed.error)}")
            self._say(f"{counted(status(desk).unsent, 'unsent')}, semuanya aman di laptop.")
        return visit

    def _check_books(self, day: FieldDay, visit_id: UUID) -> UUID | None:
        """Cash counted, the treasurer's spreadsheet read, cards added up; faults become promises."""
        if day.check is None:
            return None
        self._scene("Pembukuan diperiksa bersama bendahara, tanpa jaringan")
        with self._world.laptop(LAPTOP) as laptop:
            spreadsheet = self.folder / "neraca-saldo.xlsx"
            check_id = write_check(laptop.desk, day, visit_id, spreadsheet)
            told = told_check(laptop.desk, check_id, RULES, self.today)
            accounts = number(len(told.check.lines))
            self._say(f"Uang kas dihitung; {accounts} akun neraca saldo dibaca dari {spreadsheet.name}.")
            failed = {result.test for result in told.report.results if result.failed}
            for line in faults_told(told):
                self._say(f"  {line}")
            found = {BookTest.CASH_COUNT, BookTest.TRIAL_BALANCE, BookTest.SAVINGS} <= failed
            self._check(found, "Kas kurang, neraca saldo tidak seimbang, kartu simpanan tidak sama: ketemu.")
            for promise in promise_all(laptop.desk, told, self.today):
                self._say(f"  Janji: {promise}")
            conclude_check(laptop.desk, day, check_id)
            minutes = read_minutes(
                laptop.desk.database, visit_id, assistant=laptop.desk.owner.name, zone=ZONE
            )
            findings = get_record(laptop.desk, "book_check", check_id)["findings"].values()
            on_paper = {finding.text for finding in minutes.findings}
            made = list_records(laptop.desk, "follow_up", day.cooperative.id)
            promised = {one["promise"] for one in made if one.get("origin_id") == str(check_id)}
            told_too = {one["text"] for one in findings} <= on_paper
            told_too = told_too and promised <= {promise.text for promise in minutes.promises}
            self._check(told_too, "Temuan dan janjinya ada di berita acara kunjungan.")
        return check_id

    def _plan_business(self, day: FieldDay) -> UUID | None:
        """The loan the board wishes for, held against what the shop earns."""
        with self._world.laptop(LAPTOP) as laptop:
            story = play_plan(laptop.desk, day.cooperative.id, self.folder, self.today)
        if story is None:
            return None
        self._scene("Rencana usaha disusun bersama pengurus, tanpa jaringan")
        for line in story.lines:
            self._say(line)
        self._check(
            story.breaks and story.holds, "Rencana yang tidak bertahan ketahuan, dan bertahan sesudah diubah."
        )
        self._check(
            story.agrees, "Angkanya sama di laptop, di rencana-usaha.xlsx, dan di rencana-usaha.json."
        )
        return story.plan_id

    def _check_arrived(self, record_id: UUID | None, record_type: str, name: str) -> None:
        if record_id is None:
            return
        with self._world.laptop(LAPTOP) as first, self._world.laptop("laptop-2") as second:
            there, here = (get_record(one.desk, record_type, record_id) for one in (first, second))
            self._check(
                _without_rev(there) == _without_rev(here),
                f"{name} sudah lewat pusat dan sama di laptop kedua.",
            )

    def _back_in_signal(self) -> None:
        self._scene("Di jalan pulang, sinyal satu batang")
        with self._world.online(), self._world.laptop(LAPTOP) as laptop:
            self._sync(laptop)
            self._check(status(laptop.desk).unsent == 0, "Semua terkirim, pusat memberi tanda terima.")

    def _second_laptop(self, visit_id: UUID) -> None:
        self._scene("Laptop kedua, orang yang sama")
        with self._world.online(), self._world.laptop(LAPTOP) as first:
            self._world.enrol("laptop-2", first.desk.owner.login)
            with self._world.laptop("laptop-2") as second:
                self._sync(second)
                there, here = (get_record(one.desk, "visit", visit_id) for one in (first, second))
                same = _without_rev(there) == _without_rev(here)
                self._check(same, "Kunjungan dari desa sudah ada di laptop kedua, sama sampai ke hurufnya.")
                self._check(_equal(first, second), "Isi kedua laptop sama byte demi byte.")

    def _same_amount(self, day: FieldDay) -> None:
        amount = day.same_amount
        label = path_label(amount.type, amount.path)
        self._scene(f"{label} diubah di dua laptop, tanpa saling tahu")
        with self._world.laptop(LAPTOP) as first, self._world.laptop("laptop-2") as second:
            for laptop, value in ((first, amount.on_first), (second, amount.on_second)):
                put_record(laptop.desk, amount.type, {"id": str(amount.id), amount.path: value})
                self._say(f"Di {_spoken(laptop)}: dari {rupiah(amount.before)} menjadi {rupiah(value)}.")
            with self._world.online():
                self._sync(first)
                self._sync(second)
                self._decide(second, day)
                self._sync(second)
                self._sync(first)
            decided = get_record(first.desk, amount.type, amount.id)[amount.path]
            settled = decided == amount.right and not list_conflicts(first.desk)
            self._check(settled, f"Keputusan sampai di laptop pertama: {label} {rupiah(amount.right)}.")
            self._check(_equal(first, second), "Isi kedua laptop kembali sama byte demi byte.")

    def _decide(self, laptop: OpenProfile, day: FieldDay) -> None:
        (case,) = list_conflicts(laptop.desk)
        self._say(f"Perlu keputusan. {conflict_sentence(case.conflict, case.current)}")
        kept_is_right = case.conflict.kept_value == day.same_amount.right
        choice = Choice.KEPT if kept_is_right else Choice.OFFERED
        resolve_conflict(laptop.desk, case.conflict.id, choice, reason=day.same_amount.reason, seen=case.seen)
        self._say(f"Diputuskan {rupiah(day.same_amount.right)}. Alasan: {day.same_amount.reason}")

    def _copied_disk(self, day: FieldDay) -> None:
        self._scene("Disk laptop pertama disalin, salinannya ikut dipakai")
        where = {"cooperative_id": str(day.cooperative.id), "visited_on": self.today.isoformat()}
        shutil.copytree(self.folder / LAPTOP, self.folder / "laptop-3")
        with self._world.laptop(LAPTOP) as first, self._world.laptop("laptop-3") as copy:
            notes = (
                "Mampir sebentar, menitipkan formulir pesanan.",
                "Menelepon bendahara soal nota belanja.",
            )
            for laptop, note in ((first, notes[0]), (copy, notes[1])):
                put_record(laptop.desk, "visit", {**where, "notes": note})
                self._say(f"Di {_spoken(laptop)} dicatat: {note}")
            with self._world.online():
                self._sync(first)
                self._sync(copy)
                self._sync(first)
            kept = {visit.get("notes") for visit in list_records(first.desk, "visit", day.cooperative.id)}
            self._check(kept.issuperset(notes), "Pekerjaan kedua salinan ada semua.")
            self._check(_equal(first, copy), "Isi keduanya sama byte demi byte.")

    def _lost_day(self, day: FieldDay) -> None:
        self._scene("Server rusak dan dipulihkan dari cadangan lama")
        self._world.server.close()
        backup = self.folder / "cadangan.db"
        shutil.copy(self.folder / "server" / DATABASE, backup)
        self._world.server = self._world.opened_server()
        with self._world.laptop(LAPTOP) as first:
            visit = {"cooperative_id": str(day.cooperative.id), "visited_on": self.today.isoformat()}
            lost = put_record(
                first.desk, "visit", {**visit, "notes": "Kas sore dihitung lagi, cocok."}
            ).key.id
            with self._world.online():
                self._sync(first)
            self._say(
                "Catatan sore itu sudah di pusat. Lalu server mati, dan cadangan lama dipasang kembali."
            )
            self._world.server.close()
            for file in (self.folder / "server").glob(f"{DATABASE}*"):
                file.unlink()
            shutil.copy(backup, self.folder / "server" / DATABASE)
            self._world.server = self._world.opened_server()
            with self._world.online():
                self._sync(first)
                with self._world.laptop("laptop-2") as second:
                    self._sync(second)
                    back = get_record(second.desk, "visit", lost)
                    self._check(bool(back), "Hari yang hilang kembali ke pusat dari laptop pertama.")
                    self._check(_equal(first, second), "Isi kedua laptop sama byte demi byte.")

    def _sum_up(self) -> None:
        self._scene("Ringkasan")
        total = self._totals
        self._say(
            f"Terkirim {number(total.sent)} isian, diterima {number(total.received)}:"
            f" {bytes_text(total.bytes_up)} naik, {bytes_text(total.bytes_down)} turun,"
            f" {number(total.round_trips)} kali kirim-terima. Tidak ada yang hilang."
        )

    # The means.

    def _sync(self, laptop: OpenProfile, *, bar: bool = False) -> None:
        summary = self._world.sync(laptop, _Bar(self.terminal).show if bar else lambda _: None)
        for name in ("sent", "received", "bytes_up", "bytes_down", "round_trips"):
            setattr(self._totals, name, getattr(self._totals, name) + getattr(summary, name))
        self._say(
            f"Sinkron {_spoken(laptop)}: terkirim {number(summary.sent)},"
            f" diterima {number(summary.received)};"
            f" {bytes_text(summary.bytes_up + summary.bytes_down)} dalam"
            f" {number(summary.round_trips)} kali kirim-terima."
        )
        for line in noticed_lines(summary):
            self._say(line)

    def _scene(self, title: str) -> None:
        self._tell(f"\n{title}")

    def _say(self, sentence: str) -> None:
        self._tell(f"  {sentence}")

    def _check(self, came_true: bool, sentence: str) -> None:
        if not came_true:
            raise AssertionError(sentence)
        self._say(f"✓ {sentence}")

    def _tell(self, line: str) -> None:
        self.terminal.print_line(line)


class _Bar:
    """How much of all that has to come is here. On a terminal it is one line that grows."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._last = -1

    def show(self, summary: SyncSummary) -> None:
        total = summary.received + summary.remaining
        if not total or summary.received == self._last:
            return
        self._last = summary.received
        filled = _BAR * summary.received // total
        share = 100 * summary.received // total
        line = f"    {'█' * filled}{'·' * (_BAR - filled)} {share:3} %, {number(summary.received)} isian"
        watched = self._terminal.stdout.isatty()
        self._terminal.stdout.write(f"\r{line}" if watched else f"{line}\n")
        if watched and not summary.remaining:
            self._terminal.stdout.write("\n")
        self._terminal.stdout.flush()


def _without_rev(document: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in document.items() if name != "rev"}


def _spoken(laptop: OpenProfile) -> str:
    return {LAPTOP: "laptop pertama", "laptop-2": "laptop kedua", "laptop-3": "salinannya"}[
        laptop.folder.name
    ]


def _equal(first: OpenProfile, second: OpenProfile) -> bool:
    """Whether `dump` prints the same bytes on both."""
    dumps = ["".join(as_json(line) for line in dump(laptop.desk)) for laptop in (first, second)]
    return dumps[0] == dumps[1]
