"""Sentences for those who run the centre: its store, its address, its people and lists."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from kopdesk.wording.catalogue import N_, _
from kopdesk.wording.figures import number
from kopdesk.wording.shortening import shortened

_MOST_NAMED = 5

STORE_REASONS: Mapping[str, str] = MappingProxyType(
    {
        "full": N_(
            "Disk server penuh, kiriman terakhir belum tersimpan. Kosongkan ruang disk; data sebelumnya aman."
        ),
        "read_only": N_("Data server tidak bisa ditulisi dan tidak berubah. Periksa izin foldernya."),
        "busy": N_("Data server sedang dipakai proses lain. Tunggu sebentar, lalu coba lagi."),
        "damaged": N_("Data server rusak dan dibiarkan apa adanya. Pulihkan dari cadangan terakhir."),
        "broken": N_("Data server tidak bisa dibaca dan tidak diubah. Periksa disk dan catatan server."),
    }
)

FILE_REASONS: Mapping[str, str] = MappingProxyType(
    {
        "missing": N_("Berkas {file} tidak ada. Periksa nama dan foldernya."),
        "cannot_be_read": N_("Berkas {file} tidak bisa dibaca. Periksa izin berkasnya."),
        "too_large": N_("Berkas {file} terlalu besar. Pecah menjadi beberapa berkas."),
        "too_many_rows": N_("Berkas {file} berisi lebih dari {detail} baris. Pecah menjadi beberapa berkas."),
        "too_many_columns": N_(
            "Berkas {file} berisi lebih dari {detail} kolom. Hapus kolom yang tidak diperlukan."
        ),
        "too_many_sheets": N_(
            "Berkas {file} berisi lebih dari {detail} lembar. Hapus lembar yang tidak diperlukan."
        ),
        "cell_too_long": N_(
            "Berkas {file}: ada isi yang terlalu panjang di baris {detail}. Pendekkan isinya."
        ),
        "encrypted": N_("Berkas {file} dikunci dengan kata sandi. Simpan ulang tanpa kata sandi."),
        "takes_too_long": N_("Berkas {file} terlalu lama dibaca, jadi ditolak. Simpan ulang sebagai XLSX."),
        "not_a_list": N_("Berkas {file} bukan daftar. Simpan daftarnya sebagai XLSX atau CSV."),
        "damaged": N_("Berkas {file} rusak. Buka dengan program lembar kerja, lalu simpan ulang."),
    }
)


BACKUP_REASONS: Mapping[str, str] = MappingProxyType(
    {
        "exists": N_("Berkas {file} sudah ada dan tidak ditimpa. Pilih nama lain."),
        "missing": N_("Cadangan {file} tidak ada. Periksa nama dan foldernya."),
        "cannot_be_read": N_("Cadangan {file} tidak bisa dibaca. Periksa izin berkasnya."),
        "cannot_be_written": N_("Cadangan {file} tidak bisa ditulis. Periksa folder dan izinnya."),
        "full": N_("Disk penuh, cadangan {file} tidak jadi ditulis. Kosongkan ruang disk, lalu coba lagi."),
        "not_a_backup": N_(
            "Berkas {file} bukan cadangan server, atau terpotong. Server tidak diubah; pilih cadangan lain."
        ),
        "damaged": N_("Cadangan {file} rusak. Server tidak diubah; pilih cadangan lain."),
        "other_server": N_(
            "Cadangan {file} milik server lain, dan kuncinya akan ditolak semua laptop. "
            "Pilih cadangan server ini, atau pulihkan ke folder kosong."
        ),
    }
)


def _backup(error: Any) -> str:
    file = shortened(error.path.name, 50, keep_end=True)
    return _(BACKUP_REASONS.get(error.reason, BACKUP_REASONS["damaged"])).format(file=file)


ASIDE_REASONS: Mapping[str, str] = MappingProxyType(
    {
        "withdrawn_channel": N_("Penugasan penulisnya sudah diakhiri."),
        "disabled_account": N_("Akun penulisnya sudah ditutup."),
        "lost_grant": N_("Penugasan penulisnya hilang bersama sebagian data server."),
        "handed_in_again": N_(
            "Sudah pernah dititipkan. Server kehilangannya, dan laptop penulisnya menyerahkannya lagi."
        ),
    }
)


def aside_sentence(reason: str) -> str:
    """Why something was put aside at the centre, for those who decide about it."""
    return (
        _(ASIDE_REASONS[reason]) if reason in ASIDE_REASONS else _("Penulisnya tidak berwenang mengisinya.")
    )


OUTCOMES: Mapping[str, str] = MappingProxyType(
    {
        "dropped": N_("Tidak dipakai."),
        "applied": N_("Diteruskan dan berlaku."),
        "equal": N_("Diteruskan; isinya sudah sama."),
        "merged": N_("Diteruskan dan digabung dengan isian lain."),
        "conflict": N_("Diteruskan; berbeda dengan isian lain, menunggu keputusan."),
        "covered": N_("Diteruskan; sudah ada isian yang lebih baru."),
    }
)


def outcome_sentence(outcome: str) -> str:
    """What came of something that was put aside."""
    return _(OUTCOMES.get(outcome, outcome))


def _store(error: Any) -> str:
    return _(STORE_REASONS.get(error.reason, STORE_REASONS["broken"]))


def _file(error: Any) -> str:
    file, detail = shortened(error.path.name, 50, keep_end=True), shortened(error.detail, 30)
    return _(FILE_REASONS.get(error.reason, FILE_REASONS["damaged"])).format(file=file, detail=detail)


def _cooperative(error: Any) -> str:
    named = shortened(error.named, 50)
    if error.count == 0:
        return _("Tidak ada koperasi “{named}”. Periksa ejaannya, atau sebut NIK koperasinya.").format(
            named=named
        )
    return _("Ada {count} koperasi yang cocok dengan “{named}”. Sebut NIK koperasinya.").format(
        count=error.count, named=named
    )


def _reviewer(error: Any) -> str:
    if not error.logins:
        return _("Belum ada akun PMO atau Dinas yang bisa memutuskan. Buat akunnya dulu.")
    return _("Ada {count} peninjau yang bisa memutuskan: {logins}. Sebut salah satunya.").format(
        count=number(len(error.logins)), logins=_some(error.logins)
    )


def _no_reviewer(error: Any) -> str:
    login = shortened(error.login, 40)
    if not error.logins:
        told = _("Akun “{login}” bukan peninjau yang bisa memutuskan. Buat akun PMO atau Dinas dulu.")
        return told.format(login=login)
    return _("Akun “{login}” bukan peninjau yang bisa memutuskan. Sebut salah satu: {logins}.").format(
        login=login, logins=_some(error.logins)
    )


def _some(logins: Sequence[str]) -> str:
    named = ", ".join(shortened(login, 20) for login in logins[:_MOST_NAMED])
    return f"{named}, …" if len(logins) > _MOST_NAMED else named


SERVER_SENTENCES: Mapping[str, Callable[[Any], str]] = MappingProxyType(
    {
        "NoServer": lambda error: _(
            "Di folder {folder} belum ada data server. Periksa foldernya, atau jalankan server di sana dulu."
        ).format(folder=shortened(str(error.folder), 60, keep_end=True)),
        "ServerDataMissing": lambda error: _(
            "Berkas server.db hilang dari {folder}, dan tidak diganti dengan yang kosong. "
            "Kembalikan berkas itu dari cadangan."
        ).format(folder=shortened(str(error.folder), 60, keep_end=True)),
        "ServerSqliteTooOld": lambda error: _(
            "SQLite {found} bisa kehilangan data, maka server tidak dijalankan. "
            "Pasang versi {needed} ke atas."
        ).format(found=shortened(error.found, 20), needed=shortened(error.needed, 20)),
        "server.DatabaseNewer": lambda error: _(
            "Data ini dari server yang lebih baru, dan tidak disentuh. Pasang versi server terbaru."
        ),
        "DatabaseKindUnknown": lambda error: _(
            "Basis data “{kind}” tidak dikenal. Pakai alamat SQLite atau PostgreSQL."
        ).format(kind=shortened(error.kind, 30)),
        "StoreFailed": _store,
        "BackupUnusable": _backup,
        "ServerRunning": lambda error: _(
            "Server di {folder} sedang dipakai, maka datanya tidak diganti. Hentikan dulu, lalu pulihkan."
        ).format(folder=shortened(str(error.folder), 60, keep_end=True)),
        "AlreadyServing": lambda error: _(
            "Server di {folder} sudah berjalan di proses lain. Pakai yang itu, atau hentikan dulu."
        ).format(folder=shortened(str(error.folder), 60, keep_end=True)),
        "RestoreUnfinished": lambda error: _(
            "Pemulihan server di {folder} terputus di tengah. Ulangi pemulihan dari cadangan yang sama."
        ).format(folder=shortened(str(error.folder), 60, keep_end=True)),
        "ForeignWal": lambda error: _(
            "Berkas server.db di {folder} bukan pasangan server.db-wal; keduanya tidak diubah. "
            "Pulihkan dengan kopdesk server restore, atau pindahkan server.db-wal dan -shm dari situ."
        ).format(folder=shortened(str(error.folder), 60, keep_end=True)),
        "SigningKeyMissing": lambda error: _(
            "Kunci server {path} tidak ada; kunci baru akan ditolak semua laptop. "
            "Kembalikan berkas itu dari cadangan."
        ).format(path=shortened(str(error.path), 50, keep_end=True)),
        "SigningKeyWrong": lambda error: _(
            "Kunci server {path} rusak atau milik server lain. Kembalikan berkas yang benar dari cadangan."
        ).format(path=shortened(str(error.path), 50, keep_end=True)),
        "OneWorkerOnly": lambda error: _(
            "{workers} proses tidak bisa memakai satu berkas SQLite. Jalankan dengan satu proses saja."
        ).format(workers=error.workers),
        "TlsNeeded": lambda error: _(
            "Alamat {host} terlihat dari luar, maka perlu sambungan aman. Tambahkan sertifikat dan kuncinya."
        ).format(host=shortened(error.host, 60)),
        "CertificateUnusable": lambda error: _(
            "Sertifikat {cert} dan kuncinya tidak terbaca atau tidak berpasangan. Periksa kedua berkas itu."
        ).format(cert=shortened(str(error.cert), 60, keep_end=True)),
        "AddressInUse": lambda error: _(
            "Alamat {host} nomor {port} tidak bisa dipakai, mungkin sudah dipakai program lain. "
            "Pilih nomor port yang lain."
        ).format(host=shortened(error.host, 60), port=error.port),
        "UserNotFound": lambda error: _(
            "Tidak ada pengguna “{login}” untuk ini. Periksa ejaan nama penggunanya."
        ).format(login=shortened(error.login, 60)),
        "UserExists": lambda error: _(
            "Nama pengguna “{login}” sudah dipakai. Pilih nama pengguna lain."
        ).format(login=shortened(error.login, 60)),
        "DeviceNotFound": lambda error: _(
            "Tidak ada laptop terdaftar dengan nomor “{device}”. Salin nomornya dari daftar laptop."
        ).format(device=shortened(error.device_id, 40)),
        "CooperativeUnclear": _cooperative,
        "TooManyCooperatives": lambda error: _(
            "Pengguna “{login}” sudah punya {most} koperasi, yang sudah diakhiri ikut dihitung. "
            "Buat akun kedua untuk koperasi lainnya."
        ).format(login=shortened(error.login, 60), most=error.most),
        "ReviewerUnclear": _reviewer,
        "MayNotDecide": _no_reviewer,
        "QuarantineUnknown": lambda error: _(
            "Tidak ada titipan “{entry}”. Salin nomornya dari daftar titipan."
        ).format(entry=shortened(error.entry, 40)),
        "ChannelGone": lambda error: _(
            "Titipan ini milik {channel}, yang tidak ada di server ini. "
            "Masukkan dulu koperasinya dengan nomor yang sama, atau pulihkan server dari cadangan."
        ).format(channel=shortened(error.channel, 60)),
        "FileUnreadable": _file,
    }
)
