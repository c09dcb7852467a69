"""How a cell of a grid is typed into: a line, or one of some choices; Enter goes down, Tab goes on."""

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QComboBox,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from kopdesk.ui.theme.theme import colours
from kopdesk.ui.widgets.grid_model import GridModel
from kopdesk.wording.catalogue import _

Index = QModelIndex | QPersistentModelIndex

_MOVES = {
    Qt.Key.Key_Return: (1, 0),
    Qt.Key.Key_Enter: (1, 0),
    Qt.Key.Key_Tab: (0, 1),
    Qt.Key.Key_Backtab: (0, -1),
}


class GridDelegate(QStyledItemDelegate):
    """`left`: the editor was left by a key that goes so many rows and columns on; `gone`: out of the grid, to
    the next control or the one before.
    """

    left = Signal(int, int)
    gone = Signal(bool)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Named for screen readers by column and row."""
        model = index.model()
        assert isinstance(model, GridModel)
        column = model.columns[index.column()]
        editor: QWidget
        if column.options:
            box = QComboBox(parent)
            box.addItem("", None)
            for value, label in column.options:
                box.addItem(label, value)
            box.activated.connect(lambda _at: self._take(box))
            editor = box
        else:
            line = QLineEdit(parent)
            line.setProperty("kind", "cell")
            line.setMaxLength(2000)
            line.setAlignment(index.data(Qt.ItemDataRole.TextAlignmentRole))
            editor = line
        name = _("{column}, baris {row}").format(column=column.label, row=index.row() + 1)
        editor.setAccessibleName(name)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Only when it is opened: what arrives meanwhile never goes into what is being typed."""
        if editor.property("filled"):
            return
        editor.setProperty("filled", True)
        text = str(index.data(Qt.ItemDataRole.EditRole))
        if isinstance(editor, QComboBox):
            editor.setCurrentIndex(max(editor.findText(text), 0))
        elif isinstance(editor, QLineEdit):
            editor.setText(text)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Nothing is taken over that was not changed: another may have changed it meanwhile."""
        text = editor.currentText() if isinstance(editor, QComboBox) else ""
        if isinstance(editor, QLineEdit):
            text = editor.text()
        if text != str(index.data(Qt.ItemDataRole.EditRole)):
            model.setData(index, text)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """The editor covers its cell."""
        editor.setGeometry(option.rect)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Tab take over what was typed and go on, as in a spreadsheet."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and isinstance(watched, QWidget)
        ):
            key = Qt.Key(event.key())
            if key in _MOVES:
                rows, columns = _MOVES[key]
                shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                rows, columns = -rows if shift else rows, -abs(columns) if shift else columns
                self._take(watched)
                if columns and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                    self.gone.emit(columns > 0)
                    return True
                self.left.emit(rows, columns)
                return True
        return super().eventFilter(watched, event)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """What could not be read is underlined as well: colour is never the only sign."""
        super().paint(painter, option, index)
        model = index.model()
        if isinstance(model, GridModel):
            column, row = model.columns[index.column()], model.rows[index.row()]
            if column.name in row.faults:
                painter.fillRect(option.rect.adjusted(0, option.rect.height() - 2, 0, 0), colours().bad.text)

    def _take(self, editor: QWidget) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
