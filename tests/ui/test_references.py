"""Calls into Qt give nothing back that was not theirs: None itself would end, and the program with it."""

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

CALLS: dict[str, Callable[[QWidget, QStringListModel], object]] = {
    "a call without a result": lambda widget, model: widget.update(),
    "a call with an argument": lambda widget, model: widget.setEnabled(True),
    "no widget": lambda widget, model: widget.parentWidget(),
    "no value": lambda widget, model: model.index(0, 0).data(Qt.ItemDataRole.FontRole),
    "no property": lambda widget, model: widget.property("nothing"),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
def test_nothing_stays_nothing(qtbot: QtBot, call: Callable[[QWidget, QStringListModel], object]) -> None:
    widget, model = QWidget(), QStringListModel(["satu"])
    qtbot.addWidget(widget)
    call(widget, model)
    before = sys.getrefcount(None)
    for _time in range(500):
        call(widget, model)
    assert sys.getrefcount(None) > before - 100  # others may have let go of some meanwhile
