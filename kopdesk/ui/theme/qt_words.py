"""What Qt itself says, in our words: the menus of fields, file and print dialogs. It knows no Indonesian."""

from PySide6.QtCore import QCoreApplication, QTranslator

from kopdesk.wording.catalogue import N_, _

_WORDS = {
    # The menu of a field.
    "Undo": N_("Urungkan ketikan"),
    "Redo": N_("Ulangi ketikan"),
    "Cut": N_("Potong"),
    "Copy": N_("Salin"),
    "Paste": N_("Tempel"),
    "Select All": N_("Pilih semua"),
    # Buttons.
    "OK": N_("Oke"),
    "Cancel": N_("Batal"),
    "Close": N_("Tutup"),
    "Yes": N_("Ya"),
    "No": N_("Tidak"),
    "Open": N_("Buka"),
    "Save": N_("Simpan"),
    "Delete": N_("Hapus"),
    "Remove": N_("Hapus"),
    "Choose": N_("Pilih"),
    # Files.
    "Look in:": N_("Folder:"),
    "File name:": N_("Nama berkas:"),
    "Files of type:": N_("Jenis berkas:"),
    "Computer": N_("Komputer"),
    "Name": N_("Nama"),
    "Size": N_("Ukuran"),
    "Type": N_("Jenis"),
    "Kind": N_("Jenis"),
    "Date Modified": N_("Diubah"),
    "Back": N_("Kembali"),
    "Forward": N_("Maju"),
    "Parent Directory": N_("Folder di atasnya"),
    "Create New Folder": N_("Buat folder baru"),
    "New Folder": N_("Folder baru"),
    "Rename": N_("Ganti nama"),
    "Show hidden files": N_("Tampilkan berkas tersembunyi"),
    "List View": N_("Tampilan daftar"),
    "Detail View": N_("Tampilan rinci"),
    "All files (*)": N_("Semua berkas (*)"),
    "All Files (*)": N_("Semua berkas (*)"),
    "%1 already exists.\nDo you want to replace it?": N_("%1 sudah ada.\nGanti dengan yang baru?"),
    "%1\nFile not found.\nPlease verify the correct file name was given.": N_(
        "%1\nBerkas tidak ada.\nPeriksa namanya."
    ),
    "Change to detail view mode": N_("Tampilan rinci"),
    "Change to list view mode": N_("Tampilan daftar"),
    "Create a New Folder": N_("Buat folder baru"),
    "Files": N_("Berkas"),
    "Go back": N_("Kembali"),
    "Go forward": N_("Maju"),
    "Go to the parent directory": N_("Folder di atasnya"),
    "List of places and bookmarks": N_("Tempat yang sering dibuka"),
    "Sidebar": N_("Tempat yang sering dibuka"),
    "Find Directory": N_("Cari folder"),
    "Save As": N_("Simpan sebagai"),
    "My Computer": N_("Komputer"),
    "Directory:": N_("Folder:"),
    # Printing.
    "Print": N_("Cetak"),
    "Printer": N_("Pencetak"),
    "Name:": N_("Nama:"),
    "Properties": N_("Sifat"),
    "Location:": N_("Tempat:"),
    "Type:": N_("Jenis:"),
    "Output file:": N_("Berkas hasil:"),
    "Print to File (PDF)": N_("Cetak ke berkas (PDF)"),
    "Print range": N_("Halaman yang dicetak"),
    "Print all": N_("Semua"),
    "Pages from": N_("Halaman"),
    "Pages": N_("Halaman"),
    "to": N_("sampai"),
    "Current Page": N_("Halaman ini"),
    "Copies": N_("Rangkap"),
    "Copies:": N_("Rangkap:"),
    "Collate": N_("Urut per rangkap"),
    "Reverse": N_("Urutan terbalik"),
    "Options >>": N_("Pilihan >>"),
    "Options <<": N_("Pilihan <<"),
    "Options": N_("Pilihan"),
    "Color Mode": N_("Warna"),
    "Color": N_("Berwarna"),
    "Grayscale": N_("Hitam putih"),
    "Duplex Printing": N_("Bolak-balik"),
    "None": N_("Tidak"),
    "Long side": N_("Sisi panjang"),
    "Short side": N_("Sisi pendek"),
    "All Pages": N_("Semua halaman"),
    "Odd Pages": N_("Halaman ganjil"),
    "Even Pages": N_("Halaman genap"),
    "Page Set:": N_("Yang dicetak:"),
    "Double Sided Printing": N_("Bolak-balik"),
    "Off": N_("Tidak"),
    "Long side binding": N_("Sisi panjang"),
    "Short side binding": N_("Sisi pendek"),
    "Output Settings": N_("Hasil cetak"),
    "Selection": N_("Yang dipilih"),
    "Preview": N_("Pratinjau"),
    "Local file": N_("Berkas di laptop"),
    "Write PDF file": N_("Tulis berkas PDF"),
}
"""By what Qt says, without its mnemonics."""


class QtWords(QTranslator):
    """What is not listed stays as Qt says it."""

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, number: int = -1
    ) -> str:
        """In the language spoken now."""
        found = _WORDS.get(source.replace("&", ""))
        return source if found is None else _(found)


def speak_for_qt(application: QCoreApplication) -> None:
    """From now on, once for an application."""
    if application.findChild(QtWords) is None:
        application.installTranslator(QtWords(application))
