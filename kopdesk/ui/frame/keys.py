"""Every key of the window, declared once: the shortcuts are made from it, and so is the list on F1."""

from dataclasses import dataclass

from kopdesk.wording.catalogue import N_


@dataclass(frozen=True, slots=True)
class Key:
    """`act`: what the window or the open page is told."""

    act: str
    keys: str
    told: str


KEYS = (
    Key("find", "Ctrl+K", N_("Cari koperasi, orang, kunjungan, atau perintah")),
    Key("new", "Ctrl+N", N_("Catat kunjungan baru")),
    Key("sync", "Ctrl+S", N_("Sinkronkan sekarang")),
    Key("undo", "Ctrl+Z", N_("Urungkan perubahan terakhir")),
    Key("redo", "Ctrl+Y", N_("Ulangi yang diurungkan")),
    Key("print", "Ctrl+P", N_("Cetak yang sedang dibuka")),
    Key("edit", "F2", N_("Ubah yang dipilih")),
    Key("refresh", "F5", N_("Muat ulang halaman")),
    Key("delete", "Ctrl+Del", N_("Hapus baris atau catatan yang dipilih (bisa diurungkan)")),
    Key("promise", "Ctrl+J", N_("Jadikan janji temuan yang sedang ditulis")),
    Key("seal", "Ctrl+L", N_("Kunci kunjungan yang dibuka")),
    Key("back", "Alt+Left", N_("Kembali ke daftar")),
    Key("keys", "F1", N_("Tampilkan daftar tombol ini")),
    Key("close", "Ctrl+Q", N_("Tutup Kopdesk")),
)
IN_FORMS = (
    ("Tab", N_("Isian berikutnya; yang ditinggalkan langsung tersimpan")),
    ("Shift+Tab", N_("Isian sebelumnya")),
    ("H", N_("Di isian tanggal: hari ini")),
    ("+ / -", N_("Di isian tanggal: sehari maju atau mundur")),
    ("Alt+↓", N_("Di isian tanggal: buka kalender")),
    ("Esc", N_("Tutup daftar atau panel")),
)
