"""Where the window stands: where it was, if a screen still has room for it there."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize


def placed(kept: QRect | None, usual: QSize, areas: Sequence[QRect]) -> tuple[QRect, bool]:
    """The place, wholly on a screen; and whether the window is larger than that and should fill it.

    `kept`: where it was closed last; `usual`: its size without that; `areas`: the main screen's first.
    """
    area = next((one for one in areas if kept is not None and one.intersects(kept)), areas[0])
    wanted = kept if kept is not None and area.intersects(kept) else QRect(area.topLeft(), usual)
    size = wanted.size().boundedTo(area.size())
    left = max(area.left(), min(wanted.left(), area.right() + 1 - size.width()))
    top = max(area.top(), min(wanted.top(), area.bottom() + 1 - size.height()))
    return QRect(QPoint(left, top), size), size != wanted.size()
