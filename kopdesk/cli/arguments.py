"""The grammar of the command line: every command with its arguments, and the function that does its work.

`work` names a function of a sibling module, which is imported only when the command is given.
"""

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from uuid import UUID

from kopdesk.cli.main import WINDOW
from kopdesk.cli.parser import Parser
from kopdesk.settings import Settings


def parser(settings: Settings) -> Parser:
    """The whole grammar, with this machine's folders as defaults."""
    root = Parser(
        prog="kopdesk",
        description="Meja kerja asisten bisnis Koperasi Desa/Kelurahan Merah Putih, juga tanpa jaringan.",
        epilog="Isian dan jawaban berupa JSON (UTF-8). Setiap perintah menerima --help.",
    )
    root.add_argument(
        "--version",
        action="version",
        version=f"kopdesk {settings.app_version}",
        help="tampilkan versi",
    )
    root.set_defaults(work=WINDOW)
    commands = root.add_subparsers(metavar="PERINTAH", title="Perintah", parser_class=Parser)
    _records(commands, settings)
    fields = _add(commands, "fields", "fields.show_fields", "isian apa saja yang dikenal satu jenis catatan")
    fields.add_argument("type", nargs="?", metavar="JENIS", help="tanpa ini: semua jenis")
    _exchange(commands, settings)
    _conflicts(commands, settings)
    _checking(commands, settings)
    _planning(commands, settings)
    _reporting(commands, settings)
    _mending(commands, settings)
    _forgetting(commands, settings)
    _calculating(commands)
    _server(commands, settings)
    _demo(commands)
    return root


_Commands = argparse._SubParsersAction  # the type has no public name


def _add(commands: "_Commands[Parser]", name: str, work: str, help: str) -> Parser:
    command: Parser = commands.add_parser(name, help=help, description=_sentence(help))
    command.set_defaults(work=work)
    return command


def _of_profile(command: Parser, settings: Settings) -> Parser:
    _folder(command, settings)
    command.add_argument(
        "--pin-stdin",
        action="store_true",
        help="baris pertama masukan standar adalah PIN atau kata sandi profil",
    )
    return command


def _folder(command: Parser, settings: Settings) -> None:
    command.add_argument(
        "--profile",
        type=Path,
        metavar="DIR",
        default=settings.profile,
        help="folder profil (bawaan: %(default)s)",
    )


def _json(command: Parser) -> Parser:
    command.add_argument("--json", action="store_true", help="jawaban sebagai JSON")
    return command


def _records(commands: "_Commands[Parser]", settings: Settings) -> None:
    put = _add(
        commands,
        "put",
        "records.put",
        "simpan catatan dari JSON di masukan standar: baru, atau ubah bila ada “id”",
    )
    get = _add(commands, "get", "records.get", "tampilkan satu catatan")
    listed = _add(commands, "list", "records.list_all", "tampilkan semua catatan satu jenis")
    delete = _add(commands, "delete", "records.delete", "hapus satu catatan")
    for command in (put, get, listed, delete):
        _of_profile(command, settings).add_argument(
            "type", type=record_type, metavar="JENIS", help="jenis catatan, misalnya visit"
        )
    for command in (get, delete):
        command.add_argument("id", type=UUID, metavar="ID", help="id catatan")
    listed.add_argument("--cooperative", type=UUID, metavar="ID", help="hanya milik koperasi ini")
    delete.add_argument("--rev", help="“rev” dari get: keadaan yang dilihat sebelum menghapus")
    dump = _add(
        commands, "dump", "records.dump_all", "tampilkan semua yang dapat dilihat, urut, sebagai JSON"
    )
    _json(_of_profile(dump, settings))


def _exchange(commands: "_Commands[Parser]", settings: Settings) -> None:
    enrol = _add(
        commands,
        "enrol",
        "enrolling.enrol",
        "daftarkan laptop ini, juga bila pusat tidak mengenalnya lagi; masukan standar: kata sandi akun, lalu"
        " PIN (wajib bila laptop tidak punya tempat kunci), masing-masing satu baris",
    )
    _folder(enrol, settings)
    enrol.add_argument("--pin-stdin", action="store_true", help="baris kedua, PIN, harus ada")
    enrol.add_argument("--server", required=True, metavar="URL", help="alamat server pusat")
    enrol.add_argument("--user", required=True, metavar="NAMA", help="nama akun")
    sync = _add(commands, "sync", "exchanging.sync", "kirim dan terima sampai tidak ada lagi yang tersisa")
    _json(_of_profile(sync, settings)).add_argument(
        "--patience",
        type=count,
        default=2,
        metavar="N",
        help="berapa kali mencoba lagi bila sambungan gagal (bawaan: %(default)s)",
    )
    status = _add(
        commands, "status", "exchanging.show_status", "apa yang belum terkirim, dan apa yang perlu perhatian"
    )
    _json(_of_profile(status, settings))


def _mending(commands: "_Commands[Parser]", settings: Settings) -> None:
    mend = _add(commands, "mend", "mending.mend", "isian yang ditolak atau dititipkan di pusat, dan sebabnya")
    _json(_of_profile(mend, settings))
    instead = mend.add_mutually_exclusive_group()
    instead.add_argument(
        "--done",
        nargs="+",
        metavar="NOMOR",
        help="turunkan dari daftar apa yang sudah tidak perlu diperbaiki; tetap tercatat bersama isinya",
    )
    instead.add_argument("--taken-off", action="store_true", help="yang sudah diturunkan dari daftar")


def _forgetting(commands: "_Commands[Parser]", settings: Settings) -> None:
    forget = _add(
        commands,
        "forget",
        "forgetting.forget",
        "hapus dari laptop ini salinan koperasi yang sudah bukan dampingan Anda; di pusat tetap ada",
    )
    _json(_of_profile(forget, settings)).add_argument(
        "cooperative", type=UUID, metavar="ID", help="id koperasi, lihat: kopdesk status"
    )
    forget.add_argument("--yes", action="store_true", help="hapus sungguh; tanpa ini hanya ditampilkan")


def _conflicts(commands: "_Commands[Parser]", settings: Settings) -> None:
    conflicts = _add(commands, "conflicts", "deciding.list_open", "perbedaan isian yang menunggu keputusan")
    _json(_of_profile(conflicts, settings))
    resolve = _add(commands, "resolve", "deciding.resolve", "putuskan satu perbedaan isian")
    _of_profile(resolve, settings)
    resolve.add_argument("id", type=UUID, metavar="ID", help="id perbedaan, lihat: kopdesk conflicts")
    resolve.add_argument(
        "choice",
        choices=("kept", "offered", "value"),
        help="kept: yang berlaku saat perbedaan muncul; offered: yang ditawarkan; value: isi lain",
    )
    resolve.add_argument("value", nargs="?", metavar="JSON", help="isi lain itu, untuk pilihan value")
    resolve.add_argument(
        "--rev",
        help="“rev” dari conflicts: apa yang dilihat sebelum memutuskan; perlu bila isinya sudah berubah lagi"
        " atau bila keputusannya menghapus",
    )
    resolve.add_argument("--reason", metavar="TEKS", help="alasan keputusan")


def _checking(commands: "_Commands[Parser]", settings: Settings) -> None:
    check = _add(commands, "check", "checking.tell", "dua belas uji pemeriksaan pembukuan, dengan selisihnya")
    _json(_of_profile(check, settings))
    check.add_argument("id", type=UUID, metavar="ID", help="id pemeriksaan, lihat: kopdesk list book_check")


def _planning(commands: "_Commands[Parser]", settings: Settings) -> None:
    plan = _add(commands, "plan", "planning.tell", "semua hitungan rencana usaha: angsuran, kas, skenario")
    _json(_of_profile(plan, settings))
    plan.add_argument("id", type=UUID, metavar="ID", help="id rencana usaha, lihat: kopdesk list plan")


def _reporting(commands: "_Commands[Parser]", settings: Settings) -> None:
    report = _add(
        commands, "report", "reporting.report", "simpan sebuah dokumen: PDF, XLSX atau JSON menurut nama"
    )
    _of_profile(report, settings)
    names = ("visit-minutes", "cash-count", "book-check", "statement", "plan")
    told = (
        "visit-minutes dari kunjungan; cash-count, book-check, statement dari pemeriksaan; plan dari rencana"
    )
    report.add_argument("name", choices=names, metavar="DOKUMEN", help=told)
    report.add_argument("id", type=UUID, metavar="ID", help="id kunjungan, pemeriksaan, atau rencana")
    report.add_argument("--out", type=Path, required=True, metavar="FILE", help="nama berkasnya")
    report.add_argument("--paper", choices=("a4", "f4"), default="a4", help="kertas PDF")


def _server(commands: "_Commands[Parser]", settings: Settings) -> None:
    serve = _of_centre(
        _add(commands, "serve", "serving.serve", "jalankan server pusat di komputer ini"), settings
    )
    serve.add_argument("--host", default="127.0.0.1", help="alamat (bawaan: %(default)s)")
    serve.add_argument("--port", type=count, default=8765, help="port (bawaan: %(default)s)")
    serve.add_argument("--workers", type=count, default=1, metavar="N", help="banyaknya proses (SQLite: 1)")
    serve.add_argument("--cert", type=Path, metavar="FILE", help="sertifikat TLS (PEM)")
    serve.add_argument("--key", type=Path, metavar="FILE", help="kunci sertifikat (PEM)")
    office = _add(commands, "server", "", "urus server pusat: akun, penugasan, perangkat, impor")
    tasks = _group(office)
    _import(tasks, settings)
    _users(tasks, settings)
    _review(tasks, settings)
    _quarantine(tasks, settings)
    _backups(tasks, settings)
    dump = _add(tasks, "dump", "centre.dump_all", "tampilkan semua isi server, urut, sebagai JSON")
    _json(_of_centre(dump, settings))


def _group(command: Parser) -> "_Commands[Parser]":
    return command.add_subparsers(metavar="PERINTAH", title="Perintah", required=True, parser_class=Parser)


def _of_centre(command: Parser, settings: Settings) -> Parser:
    command.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        default=settings.server,
        help="folder server (bawaan: %(default)s)",
    )
    return command


def _import(tasks: "_Commands[Parser]", settings: Settings) -> None:
    command = _add(
        tasks, "import", "importing.bring_in", "terima daftar koperasi, akun dan penugasan (XLSX atau CSV)"
    )
    _json(_of_centre(command, settings)).add_argument(
        "file", type=Path, nargs="?", metavar="FILE", help="daftarnya; kolomnya lihat --columns"
    )
    command.add_argument("--dry-run", action="store_true", help="periksa saja, jangan simpan")
    command.add_argument("--columns", action="store_true", help="lembar dan kolom yang dikenal")


def _users(tasks: "_Commands[Parser]", settings: Settings) -> None:
    users = _group(_add(tasks, "user", "", "akun"))
    add = _add(users, "add", "centre.add_user", "buat akun; kata sandi di masukan standar")
    add.add_argument("--name", required=True, metavar="NAMA", help="nama lengkap")
    add.add_argument("--role", default="assistant", choices=("assistant", "pmo", "dinas"), help="peran")
    disable = _add(users, "disable", "centre.disable_user", "tutup akun")
    enable = _add(users, "enable", "centre.enable_user", "buka lagi akun yang ditutup")
    password = _add(
        users, "password", "centre.set_password", "ganti kata sandi; yang baru di masukan standar"
    )
    assign = _add(tasks, "assign", "centre.assign", "tugaskan koperasi kepada seseorang")
    unassign = _add(tasks, "unassign", "centre.unassign", "akhiri penugasan")
    for command in (add, disable, enable, password, assign, unassign):
        _of_centre(command, settings).add_argument("user", metavar="AKUN", help="nama akun")
    for command in (assign, unassign):
        command.add_argument("cooperative", metavar="KOPERASI", help="id, NIK, kode desa atau nama koperasi")
    devices = _group(_add(tasks, "device", "", "perangkat"))
    _json(_of_centre(_add(devices, "list", "centre.list_devices", "tampilkan semua perangkat"), settings))
    revoke = _add(
        devices, "revoke", "centre.revoke_device", "jangan layani lagi perangkat ini (laptop hilang)"
    )
    _of_centre(revoke, settings).add_argument("device", metavar="ID", help="id perangkat")


def _review(tasks: "_Commands[Parser]", settings: Settings) -> None:
    review = _of_centre(
        _add(tasks, "review", "centre.review", "kembalikan atau setujui satu catatan, atau beri keterangan"),
        settings,
    )
    review.add_argument("type", type=record_type, metavar="JENIS")
    review.add_argument("id", type=UUID, metavar="ID")
    decision = review.add_mutually_exclusive_group()
    decision.add_argument(
        "--return", dest="decision", action="store_const", const="return", help="kembalikan"
    )
    decision.add_argument("--approve", dest="decision", action="store_const", const="approve", help="setujui")
    review.add_argument("--at", default="", metavar="PATH", help="isian yang dimaksud keterangan")
    review.add_argument("--remark", default="", metavar="TEKS", help="keterangan")
    review.add_argument(
        "--by", metavar="AKUN", help="siapa yang memutuskan; perlu bila peninjau lebih dari satu"
    )


def _quarantine(tasks: "_Commands[Parser]", settings: Settings) -> None:
    aside = _group(_add(tasks, "quarantine", "", "isian yang dititipkan: menunggu keputusan peninjau"))
    listed = _add(aside, "list", "quarantine.list_waiting", "tampilkan isian yang dititipkan")
    _json(_of_centre(listed, settings)).add_argument(
        "--decided", action="store_true", help="yang sudah diputuskan: oleh siapa, kapan, hasilnya"
    )
    listed.add_argument("--user", metavar="AKUN", help="hanya dari penulis ini")
    listed.add_argument(
        "--cooperative", metavar="KOPERASI", help="hanya koperasi ini: id, NIK, kode desa, nama"
    )
    release = _add(
        aside, "release", "quarantine.release", "teruskan isian atas nama penulisnya; bisa bertemu perbedaan"
    )
    drop = _add(aside, "drop", "quarantine.drop", "jangan pakai isian ini; tetap tercatat beserta alasannya")
    for command in (release, drop):
        _of_centre(command, settings).add_argument(
            "entries", nargs="+", metavar="ID", help="id titipan, lihat: kopdesk server quarantine list"
        )
        command.add_argument(
            "--by", metavar="AKUN", help="siapa yang memutuskan; perlu bila peninjau lebih dari satu"
        )
    drop.add_argument("--reason", required=True, metavar="TEKS", help="alasannya")


def _backups(tasks: "_Commands[Parser]", settings: Settings) -> None:
    backup = _add(
        tasks,
        "backup",
        "backups.back_up",
        "tulis cadangan server ke satu berkas baru, juga selagi server berjalan; berkas itu memuat kunci"
        " server: siapa memilikinya dapat menjawab laptop sebagai server ini, maka simpan di tempat terkunci",
    )
    restore = _add(
        tasks,
        "restore",
        "backups.restore",
        "pulihkan server yang tidak berjalan dari cadangan; data yang sekarang disisihkan, tidak dihapus",
    )
    for command in (backup, restore):
        _of_centre(command, settings).add_argument("file", type=Path, metavar="FILE", help="cadangannya")


def _calculating(commands: "_Commands[Parser]") -> None:
    calc = _add(
        commands,
        "calc",
        "calculating.calculate",
        "hitung satu aturan dari JSON di masukan standar, tanpa profil; tanpa nama: aturan apa saja yang ada",
    )
    calc.add_argument("name", nargs="?", metavar="NAMA", help="nama aturan, misalnya cash-count")
    calc.add_argument(
        "--schema", action="store_true", help="bentuk isiannya (JSON Schema), dengan contoh dan hasilnya"
    )


def _demo(commands: "_Commands[Parser]") -> None:
    demo = _add(
        commands,
        "demo",
        "demo.demo",
        "buka jendela dengan data latihan; tanpa layar: mainkan satu hari kerja, baris demi baris",
    )
    headless = "mainkan hari kerja itu, tanpa jendela; gambar jendelanya di demo-pictures dalam folder DIR"
    demo.add_argument("--headless", action="store_true", help=headless)
    demo.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        help="folder dunia contoh; dengan --headless harus kosong (bawaan: folder latihan)",
    )
    demo.add_argument("--today", type=story_day, metavar="TANGGAL", help="hari itu (bawaan: hari ini)")
    demo.add_argument(
        "--district",
        choices=("kutai-timur", "malang"),
        default="kutai-timur",
        help="daerah contoh (bawaan: %(default)s)",
    )
    tour = _add(commands, "tour", "tour.tour", "simpan gambar setiap halaman dengan data contoh")
    tour.add_argument("folder", type=Path, metavar="DIR", help="folder untuk gambar-gambarnya")
    tour.add_argument("--today", type=story_day, metavar="TANGGAL", help="hari itu (bawaan: hari ini)")
    gallery = _add(commands, "gallery", "gallery.gallery", "semua kontrol jendela di satu halaman")
    gallery.add_argument(
        "folder", type=Path, nargs="?", metavar="DIR", help="simpan gambarnya di sini, tanpa membuka jendela"
    )


def record_type(name: str) -> str:
    """A type's name; others are wrong usage, and the right ones are named."""
    from kopdesk.domain.record_types import TYPES

    if name not in TYPES:
        raise argparse.ArgumentTypeError(f"tidak ada “{name}”; pilih: {', '.join(TYPES)}.")
    return name


def count(text: str) -> int:
    """A whole number, not negative."""
    if not text.isascii() or not text.isdigit():
        raise ValueError(text)
    return int(text)


def story_day(text: str) -> date:
    """A date as ISO writes it, not before the sample story begins."""
    from kopdesk.sample.district import FIRST_TODAY

    day = date.fromisoformat(text)
    if day < FIRST_TODAY:
        raise argparse.ArgumentTypeError(f"cerita contoh baru mulai {FIRST_TODAY}.")
    return day


def command_names(root: Parser) -> Sequence[str]:
    """What can be typed after `kopdesk`."""
    found = [action for action in root._actions if isinstance(action, argparse._SubParsersAction)]
    return [name for action in found for name in action.choices]


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."
