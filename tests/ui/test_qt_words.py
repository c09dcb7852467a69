"""What Qt says by itself is said in our language too."""

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from kopdesk.ui.frame.main_window import MainWindow
from kopdesk.wording.catalogue import use_language
from tests.ui.looking import texts

OpenDesk = Callable[[], MainWindow]


def shown_texts(qtbot: QtBot, window: MainWindow) -> set[str]:
    dialog = QFileDialog(window)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.show()
    found = {text.replace("&", "") for text in texts(dialog)}
    dialog.close()
    return found


def test_a_file_dialog_speaks_as_the_window_does(qtbot: QtBot, open_desk: OpenDesk) -> None:
    window = open_desk()
    indonesian = shown_texts(qtbot, window)
    assert {"Simpan", "Batal", "Nama berkas:", "Folder di atasnya"} <= indonesian
    assert not {"Save", "Cancel", "File name:", "Look in:", "Parent Directory"} & indonesian
    use_language("en")
    assert {"Save", "Cancel", "File name:"} <= shown_texts(qtbot, window)


def test_so_does_the_menu_of_a_field(qtbot: QtBot, qapp: QApplication, open_desk: OpenDesk) -> None:
    window = open_desk()
    line = QLineEdit(window)
    menu = line.createStandardContextMenu()
    menu.popup(QPoint())
    told = {action.text().replace("&", "").partition("\t")[0] for action in menu.actions()} - {""}
    menu.close()
    assert told == {"Urungkan ketikan", "Ulangi ketikan", "Potong", "Salin", "Tempel", "Hapus", "Pilih semua"}
