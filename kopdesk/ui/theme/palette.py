"""Qt's palette from the tokens: for what the stylesheet does not reach."""

from PySide6.QtGui import QColor, QPalette

from kopdesk.ui.theme.tokens import Colours

_Role = QPalette.ColorRole


def palette(colours: Colours) -> QPalette:
    """Every role is set: what is left out stays as the system had it, black on black in the dark."""
    made = QPalette()
    roles = {
        _Role.Window: colours.ground,
        _Role.WindowText: colours.text,
        _Role.Base: colours.surface,
        _Role.AlternateBase: colours.ground,
        _Role.Text: colours.text,
        _Role.PlaceholderText: colours.quiet,
        _Role.Button: colours.surface,
        _Role.ButtonText: colours.text,
        _Role.BrightText: colours.on_accent,
        _Role.ToolTipBase: colours.surface,
        _Role.ToolTipText: colours.text,
        _Role.Highlight: colours.focus,
        _Role.HighlightedText: colours.surface,
        _Role.Accent: colours.focus,
        _Role.Link: colours.notice.text,
        _Role.LinkVisited: colours.notice.text,
        _Role.Light: colours.surface,
        _Role.Midlight: colours.line,
        _Role.Mid: colours.line,
        _Role.Dark: colours.border,
        _Role.Shadow: colours.border,
    }
    for role, colour in roles.items():
        made.setColor(role, QColor(colour))
    for role in (_Role.WindowText, _Role.Text, _Role.ButtonText, _Role.HighlightedText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.quiet))
    made.setColor(QPalette.ColorGroup.Disabled, _Role.Base, QColor(colours.ground))
    made.setColor(QPalette.ColorGroup.Disabled, _Role.Highlight, QColor(colours.line))
    return made
