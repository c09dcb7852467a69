"""Sentences about the laptop's own data, and about records that cannot be made or changed."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from kopdesk.wording.catalogue import _, n_
from kopdesk.wording.dates import date_text
from kopdesk.wording.figures import number
from kopdesk.wording.labels import type_label
from kopdesk.wording.shortening import shortened

PROFILE_SENTENCES: Mapping[str, Callable[[Any], str]] = MappingProxyType(
    {
        "ProfileError": lambda error: _(
            "Data Kopdesk di laptop ini belum bisa dibuka, dan isinya tidak diubah. Mulai ulang laptop, "
            "lalu coba lagi."
        ),
        "AttachmentMissing": lambda error: _(
            "Foto ini belum ada di laptop ini. Sinkronkan dulu, atau buka di laptop tempat foto itu dipasang."
        ),
        "AttachmentDamaged": lambda error: _(
            "Berkas foto ini rusak di disk dan tidak bisa dibuka; isian lain tetap aman. Pasang lagi fotonya."
        ),
        "NoStatement": lambda error: _(
            "Belum ada laporan keuangan untuk bulan ini. Isi dulu di bagian Laporan, lalu simpan lagi."
        ),
        "NotAPhoto": lambda error: _(
            "Berkas {name} bukan foto yang bisa dibaca. Pilih foto JPEG, PNG, atau WebP."
        ).format(name=shortened(error.file_name, 60)),
        "PhotoTooLarge": lambda error: _(
            "Berkas {name} terlalu besar untuk sebuah foto. Pilih foto di bawah 40 megapiksel."
        ).format(name=shortened(error.file_name, 60)),
        "NoProfile": lambda error: _(
            "Di folder ini belum ada data Kopdesk. Daftarkan laptop ini dengan akun dari Dinas."
        ),
        "ProfileExists": lambda error: _(
            "Di folder ini sudah ada data Kopdesk, dan tidak ada yang ditimpa. Pilih folder lain."
        ),
        "OtherPerson": lambda error: _(
            "Data di folder ini milik akun {login}, dan tidak diubah. "
            "Masuk dengan akun itu, atau pilih folder lain untuk akun Anda."
        ).format(login=shortened(error.login, 40)),
        "OtherCentre": lambda error: _(
            "Data di folder ini milik pusat lain ({name}), dan tidak diubah. "
            "Pakai alamat pusat itu, atau pilih folder lain."
        ).format(name=shortened(error.server_name, 40)),
        "DeviceKeyMissing": lambda error: _(
            "Kunci pengenal laptop ini hilang; pekerjaan Anda aman di sini. "
            "Daftarkan lagi laptop ini dengan kata sandi Anda."
        ),
        "ProfileInUse": lambda error: _(
            "Data ini sedang dibuka oleh Kopdesk yang lain. Tutup Kopdesk itu, lalu coba lagi."
        ),
        "PassphraseNeeded": lambda error: _(
            "Laptop ini menjaga data dengan PIN. Ketik PIN Anda untuk melanjutkan."
        ),
        "WeakPassphrase": lambda error: _(
            "PIN itu terlalu mudah ditebak, dan belum ada yang disimpan. "
            "Pakai paling sedikit 6 huruf atau angka yang berlainan."
        ),
        "WrongPassphrase": lambda error: _(
            "PIN itu tidak cocok; data Anda tetap aman. Ketik lagi, perhatikan huruf besar dan angkanya."
        ),
        "KeyNotFound": lambda error: _(
            "Kunci data tidak terbaca di laptop ini, maka datanya belum bisa dibuka; datanya masih utuh. "
            "Jangan hapus foldernya: masuk dengan akun laptop yang dulu, atau daftar lagi di folder baru."
        ),
        "KeyFileUnreadable": lambda error: _(
            "Berkas kunci data hilang atau rusak; datanya sendiri tidak diubah. "
            "Kembalikan berkas keys.json ke folder ini."
        ),
        "WrongKey": lambda error: _(
            "Kunci ini bukan kunci data di folder ini, dan datanya tidak diubah. "
            "Kembalikan berkas keys.json yang dulu ada di folder ini."
        ),
        "DatabaseMissing": lambda error: _(
            "Berkas data tidak ada di foldernya, dan tidak diganti dengan yang kosong. "
            "Kembalikan berkas kopdesk.db ke folder ini, atau daftar lagi di folder baru."
        ),
        "DatabaseDamaged": lambda error: _(
            "Berkas data rusak dan dibiarkan apa adanya. "
            "Jangan hapus foldernya; daftar lagi di folder baru dan hubungi Dinas."
        ),
        "DatabaseNewer": lambda error: _(
            "Data ini ditulis oleh Kopdesk yang lebih baru, dan tidak disentuh. "
            "Pasang Kopdesk versi terbaru di laptop ini."
        ),
        "DiskFull": lambda error: _(
            "Disk laptop penuh, perubahan terakhir belum tersimpan. "
            "Hapus berkas yang tidak perlu lalu simpan lagi; data sebelumnya aman."
        ),
        "ReadOnlyFolder": lambda error: _(
            "Folder {folder} tidak bisa ditulisi, perubahan terakhir belum tersimpan; data sebelumnya aman. "
            "Izinkan Kopdesk menulis di folder itu."
        ).format(folder=shortened(str(error.folder), 50, keep_end=True)),
        "DiskError": lambda error: _(
            "Disk laptop gagal membaca atau menulis, perubahan terakhir belum tersimpan; data sebelumnya "
            "aman. Mulai ulang laptop, lalu coba lagi."
        ),
        "UnsafeSqlite": lambda error: _(
            "Penyimpan data di laptop ini (versi {version}) bisa kehilangan catatan, maka Kopdesk tidak "
            "dibuka. Pasang Kopdesk versi terbaru."
        ).format(version=shortened(error.version, 20)),
    }
)


def _kept(error: Any) -> str:
    if error.may_go_on is None:
        return _(
            "Belum diketahui sejak kapan koperasi ini lepas dari Anda, maka salinannya tetap di laptop. "
            "Sinkronkan dulu, lalu coba lagi."
        )
    return _(
        "Salinan koperasi ini boleh dihapus dari laptop mulai {date}, menurut tanggal di pusat. "
        "Sinkronkan pada hari itu atau sesudahnya, lalu coba lagi."
    ).format(date=date_text(error.may_go_on))


def _template(error: Any) -> str:
    where = _("baris {line}").format(line=error.line) if error.line else _("baris tidak diketahui")
    return _(
        "Templat {file} keliru di {where}, maka bentuk bawaan yang dipakai. Betulkan templatnya."
    ).format(file=shortened(error.path.name, 40, keep_end=True), where=where)


RECORD_SENTENCES: Mapping[str, Callable[[Any], str]] = MappingProxyType(
    {
        "UnknownRecordType": lambda error: _(
            "Jenis catatan “{type}” tidak dikenal. Periksa ejaannya."
        ).format(type=shortened(error.record_type, 40)),
        "RecordNotFound": lambda error: _(
            "{type} ini tidak ada di sini. Periksa nomornya, atau sinkronkan dulu."
        ).format(type=type_label(error.record_type)),
        "NotYourCooperative": lambda error: _(
            "Koperasi ini bukan (lagi) dampingan Anda, jadi tidak bisa diubah. Hubungi Dinas bila itu keliru."
        ),
        "NotWithdrawn": lambda error: _(
            "Pusat belum menyatakan koperasi ini lepas dari Anda, maka salinannya tetap di laptop. "
            "Hubungi Dinas bila itu keliru."
        ),
        "StillUnsent": lambda error: n_(
            "{n} isian koperasi ini belum sampai di pusat, maka salinannya tetap di laptop. "
            "Sinkronkan dulu, lalu coba lagi.",
            error.count,
        ).format(n=number(error.count)),
        "CopyKept": _kept,
        "TemplateFault": _template,
        "RuleFault": lambda error: _(
            "Paket aturan {file} keliru dan tidak dipakai. Pasang ulang Kopdesk, atau kabari pengelolanya."
        ).format(file=shortened(error.path.name, 40, keep_end=True)),
        "MadeByCentre": lambda error: (
            _("Perbedaan isian tidak dibuat atau diubah sendiri. Putuskan dari daftar perbedaan.")
            if error.record_type == "conflict"
            else _(
                "{type} dibuat oleh pusat, jadi tidak bisa ditambah atau dihapus di sini. "
                "Pilih yang sudah ada, atau sinkronkan dulu."
            ).format(type=type_label(error.record_type))
        ),
        "RecordExists": lambda error: _(
            "Catatan ini sudah ada dengan id {id}. Ubah yang itu, jangan membuat lagi."
        ).format(id=error.record_id),
        "NotShown": lambda error: (
            _(
                "Keputusan ini menghapus catatan beserta isinya, dan belum dijalankan. "
                "Lihat dulu isinya di daftar perbedaan, lalu putuskan."
            )
            if error.deletes
            else _(
                "Isi yang berlaku sekarang bukan lagi salah satu dari keduanya, dan belum diubah. "
                "Lihat dulu daftar perbedaan, lalu putuskan."
            )
        ),
        "NotToMend": lambda error: _(
            "Tidak ada isian “{entry}” di daftar, atau isinya sudah berubah. Lihat lagi daftarnya."
        ).format(entry=shortened(error.entry, 40)),
        "StillAtCentre": lambda error: _(
            "Isian ini masih dititipkan di pusat, maka tetap di daftar. Tunggu keputusan Dinas."
        ),
        "ConflictDecided": lambda error: _(
            "Perbedaan ini sudah diputuskan. Lihat catatannya untuk mengetahui hasilnya."
        ),
    }
)
