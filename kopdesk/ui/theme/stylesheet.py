"""The one stylesheet, made from the tokens. Widgets say what they are with the property `kind`."""

from kopdesk.ui.theme.tokens import (
    CONTROL_HEIGHT,
    LARGE,
    MEDIUM,
    RADIUS,
    SMALL,
    TEXT,
    TEXT_SMALL,
    TEXT_TITLE,
    TIGHT,
    WEIGHT_STRONG,
    Colours,
    Tone,
)

_INNER = CONTROL_HEIGHT - 2 * (TIGHT + 1)


def stylesheet(colours: Colours) -> str:
    """For the whole application."""
    parts = (_text, _buttons, _fields, _lists, _frames, _tabs, _scrollbars, _small_things)
    return "\n".join(part(colours) for part in parts)


def _text(c: Colours) -> str:
    return f"""
QWidget {{ color: {c.text}; }}
QMainWindow, QDialog, QWidget[kind="page"] {{ background: {c.ground}; }}
QLabel {{ background: transparent; }}
QLabel[kind="title"] {{ font-size: {TEXT_TITLE}px; font-weight: {WEIGHT_STRONG}; }}
QLabel[kind="strong"] {{ font-weight: {WEIGHT_STRONG}; }}
QLabel[kind="quiet"] {{ color: {c.quiet}; }}
QLabel[kind="small"] {{ color: {c.quiet}; font-size: {TEXT_SMALL}px; }}
{_toned("QLabel", c)}
"""


def _toned(widget: str, c: Colours) -> str:
    tones = {"good": c.good, "warning": c.warning, "bad": c.bad, "notice": c.notice}
    return "\n".join(f'{widget}[tone="{name}"] {{ color: {tone.text}; }}' for name, tone in tones.items())


def _buttons(c: Colours) -> str:
    return f"""
QPushButton, QToolButton {{
    background: {c.surface}; border: 1px solid {c.border}; border-radius: {RADIUS}px;
    padding: {TIGHT}px {MEDIUM}px; min-height: {_INNER}px;
}}
QPushButton:hover, QToolButton:hover {{ background: {c.sunken}; }}
QPushButton:pressed, QToolButton:pressed {{ background: {c.line}; }}
QPushButton:focus, QToolButton:focus {{ border: 2px solid {c.focus}; padding: {TIGHT - 1}px {MEDIUM - 1}px; }}
QPushButton:disabled, QToolButton:disabled {{ color: {c.quiet}; border-color: {c.line}; }}
QPushButton[kind="primary"] {{
    background: {c.accent}; border-color: {c.accent}; color: {c.on_accent}; font-weight: {WEIGHT_STRONG};
}}
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed {{ background: {c.accent_pressed}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {c.focus}; }}
QPushButton[kind="primary"]:disabled {{ background: {c.line}; border-color: {c.line}; color: {c.quiet}; }}
QPushButton[kind="quiet"], QToolButton[kind="quiet"] {{ background: transparent; border-color: transparent; }}
QPushButton[kind="quiet"]:hover, QToolButton[kind="quiet"]:hover {{ background: {c.sunken}; }}
QPushButton[kind="quiet"]:focus, QToolButton[kind="quiet"]:focus {{ border: 2px solid {c.focus}; }}
QPushButton[edge="left"] {{ padding-left: 2px; text-align: left; }}
QPushButton[edge="left"]:hover {{ background: transparent; color: {c.notice.text}; }}
QPushButton[edge="left"]:focus {{ padding-left: 1px; }}
QPushButton[kind="link"] {{
    background: transparent; border: none; padding: 0; color: {c.notice.text}; text-align: left;
    min-height: 0;
}}
QPushButton[kind="link"]:hover {{ text-decoration: underline; }}
QPushButton[kind="link"]:focus {{ border: none; text-decoration: underline; }}
QPushButton[kind="nav"] {{
    background: transparent; border: 2px solid transparent; text-align: left; padding: {TIGHT}px {SMALL}px;
}}
QPushButton[kind="nav"]:hover {{ background: {c.sunken}; }}
QPushButton[kind="nav"]:checked {{ background: {c.sunken}; font-weight: {WEIGHT_STRONG}; }}
QPushButton[kind="nav"]:focus {{ border: 2px solid {c.focus}; }}
QPushButton[kind="row"] {{
    background: transparent; border: 2px solid transparent; text-align: left; padding: {SMALL}px;
}}
QPushButton[kind="row"]:hover {{ background: {c.sunken}; }}
QPushButton[kind="row"]:focus {{ border: 2px solid {c.focus}; }}
QPushButton[kind="chip"] {{ border-radius: {_INNER // 2 + 2}px; padding: 2px {MEDIUM}px; }}
QPushButton[kind="chip"]:checked {{
    background: {c.notice.soft}; border-color: {c.notice.text}; color: {c.notice.text};
}}
QToolButton[kind="photo"] {{ background: {c.sunken}; border: 2px solid transparent; padding: 0; }}
QToolButton[kind="photo"]:focus {{ border: 2px solid {c.focus}; padding: 0; }}
QPushButton[kind="fold"] {{
    background: transparent; border: 2px solid transparent; text-align: left; font-weight: {WEIGHT_STRONG};
    padding: {TIGHT}px {TIGHT}px {TIGHT}px 0;
}}
QPushButton[kind="fold"]:hover {{ background: {c.sunken}; }}
QPushButton[kind="fold"]:focus {{ border: 2px solid {c.focus}; }}
{_pill("notice", c.notice)}{_pill("warning", c.warning)}{_pill("bad", c.bad)}{_pill("good", c.good)}
"""


def _pill(name: str, tone: Tone) -> str:
    return f"""
QPushButton[kind="pill"][tone="{name}"] {{
    background: {tone.soft}; color: {tone.text}; border: 2px solid transparent; font-weight: {WEIGHT_STRONG};
}}"""


def _fields(c: Colours) -> str:
    fields = "QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox"
    focused = ", ".join(f"{field.strip()}:focus" for field in fields.split(","))
    return f"""
{fields} {{
    background: {c.surface}; border: 1px solid {c.border}; border-radius: {RADIUS}px;
    padding: {TIGHT}px {SMALL}px; min-height: {_INNER}px; font-size: {TEXT}px;
    selection-background-color: {c.focus}; selection-color: {c.surface};
}}
{focused} {{ border: 2px solid {c.focus}; padding: {TIGHT - 1}px {SMALL - 1}px; }}
QLineEdit:read-only, QPlainTextEdit:read-only {{ background: {c.ground}; border-color: {c.line}; }}
QLineEdit[tone="bad"], QPlainTextEdit[tone="bad"] {{ border: 2px solid {c.bad.text}; }}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {{
    background: {c.ground}; color: {c.text}; border-color: {c.line};
}}
QComboBox::drop-down {{ border: none; width: {LARGE + SMALL}px; }}
QComboBox::down-arrow {{ image: none; }}
QComboBox QAbstractItemView {{ border: 1px solid {c.border}; background: {c.surface}; }}
QCheckBox, QRadioButton {{ spacing: {SMALL}px; min-height: {_INNER}px; }}
QCheckBox:focus, QRadioButton:focus {{ color: {c.focus}; }}
"""


def _lists(c: Colours) -> str:
    views = "QTableView, QTreeView, QListView"
    items = ", ".join(f"{view.strip()}::item" for view in views.split(","))
    return f"""
{views} {{
    background: {c.surface}; border: none; border-radius: {RADIUS}px; outline: 0; gridline-color: {c.line};
    alternate-background-color: {c.surface};
    selection-background-color: {c.sunken}; selection-color: {c.text};
}}
{items} {{ padding: {TIGHT}px {SMALL}px; border: none; }}
{items.replace("::item", "::item:hover")} {{ background: {c.ground}; }}
{items.replace("::item", "::item:selected")} {{ background: {c.sunken}; }}
{items.replace("::item", "::item:focus")} {{
    border-left: 3px solid {c.focus}; padding-left: {SMALL - 3}px;
}}
QTableView[kind="grid"] {{ border: 1px solid {c.line}; border-radius: 0; }}
QTableView[kind="grid"]::item {{ padding: 0 {SMALL}px; }}
QTableView[kind="grid"]::item:hover {{ background: transparent; }}
QTableView[kind="grid"]::item:selected {{ background: {c.sunken}; }}
QTableView[kind="grid"]::item:focus {{
    border: 2px solid {c.focus}; padding: 0 {SMALL - 2}px; background: {c.surface};
}}
QTableView[kind="grid"] QLineEdit, QTableView[kind="grid"] QComboBox {{
    border: 2px solid {c.focus}; border-radius: 0; padding: 0 {SMALL - 2}px; min-height: 0;
}}
QListView[kind="popup"] {{ border: 1px solid {c.border}; }}
QHeaderView {{ background: {c.surface}; border: none; }}
QHeaderView::section {{
    background: {c.surface}; color: {c.quiet}; border: none; border-bottom: 1px solid {c.line};
    padding: {SMALL}px {SMALL + 3}px; font-size: {TEXT_SMALL}px;
}}
QTableCornerButton::section {{ background: {c.surface}; border: none; }}
"""


def _frames(c: Colours) -> str:
    banners = "\n".join(
        f'QFrame[kind="banner"][tone="{name}"] {{ background: {tone.soft}; border-radius: {RADIUS}px; }}'
        for name, tone in (("good", c.good), ("warning", c.warning), ("bad", c.bad), ("notice", c.notice))
    )
    return f"""
QFrame[kind="card"] {{ background: {c.surface}; border: none; border-radius: {SMALL}px; }}
QFrame[kind="popup"] {{ background: {c.surface}; border: 1px solid {c.border}; }}
QFrame[kind="bar"], QFrame[kind="side"] {{ background: {c.surface}; border: none; }}
QFrame[kind="drop"] {{ background: transparent; border: 1px dashed {c.border}; border-radius: {RADIUS}px; }}
QFrame[kind="drop"][tone="notice"] {{ background: {c.notice.soft}; border-color: {c.notice.text}; }}
QFrame[kind="line"] {{ background: {c.line}; border: none; max-height: 1px; min-height: 1px; }}
QFrame[kind="training"] {{ border: 3px solid {c.warning.text}; }}
{banners}
QLabel[kind="paper"] {{ border: 1px solid {c.line}; }}
QScrollArea {{ background: transparent; border: none; }}
QScrollArea > QWidget > QWidget[kind="content"] {{ background: transparent; }}
QSplitter::handle {{ background: {c.ground}; }}
"""


def _tabs(c: Colours) -> str:
    return f"""
QTabWidget::pane {{ border: none; }}
QTabBar {{ background: transparent; }}
QTabBar::tab {{
    background: transparent; color: {c.quiet}; border: none; border-bottom: 2px solid transparent;
    padding: {SMALL}px {SMALL}px; margin-right: {TIGHT}px;
}}
QTabBar QToolButton {{ background: {c.ground}; border: none; padding: 0; min-height: 0; }}
QTabBar::tab:hover {{ color: {c.text}; }}
QTabBar::tab:selected {{ color: {c.text}; border-bottom: 2px solid {c.text}; }}
QTabBar::tab:focus {{
    border: 2px solid {c.focus}; border-radius: {TIGHT}px; padding: {SMALL - 2}px {SMALL - 2}px {SMALL}px;
}}
"""


def _scrollbars(c: Colours) -> str:
    return f"""
QScrollBar {{ background: transparent; border: none; }}
QScrollBar:vertical {{ width: {MEDIUM}px; }}
QScrollBar:horizontal {{ height: {MEDIUM}px; }}
QScrollBar::handle {{ background: {c.border}; border-radius: {TIGHT}px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: {LARGE * 2}px; }}
QScrollBar::handle:horizontal {{ min-width: {LARGE * 2}px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


def _small_things(c: Colours) -> str:
    return f"""
QToolTip {{
    background: {c.surface}; color: {c.text}; border: 1px solid {c.line}; padding: {TIGHT}px {SMALL}px;
}}
QWidget#qt_calendar_navigationbar {{ background: {c.sunken}; }}
QWidget#qt_calendar_navigationbar QToolButton {{
    background: transparent; border: none; color: {c.text}; font-weight: {WEIGHT_STRONG};
}}
QMenu {{ background: {c.surface}; border: 1px solid {c.line}; padding: {TIGHT}px; }}
QMenu::item {{ padding: {SMALL}px {LARGE}px; border-radius: {TIGHT}px; }}
QMenu::item:selected {{ background: {c.sunken}; }}
QMenu::separator {{ height: 1px; background: {c.line}; margin: {TIGHT}px; }}
QProgressBar {{
    background: {c.sunken}; border: none; border-radius: 3px; max-height: 6px; min-height: 6px;
}}
QProgressBar::chunk {{ background: {c.notice.text}; border-radius: 3px; }}
"""
