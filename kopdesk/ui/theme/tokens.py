"""Sizes and colours. Nothing in the windows names a colour or a distance that is not here."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Scheme: TypeAlias = Literal["light", "dark"]

TIGHT, SMALL, MEDIUM, LARGE, WIDE = 4, 8, 12, 16, 24
"""Distances, in pixels at 100 %."""

TEXT_SMALL, TEXT, TEXT_TITLE = 12, 14, 20
"""The three sizes of text, in pixels at 100 %."""

WEIGHT, WEIGHT_STRONG = 400, 600

RADIUS = 6
CONTROL_HEIGHT = 34
ICON = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Tone:
    """A meaning: `text` on the ground or on `soft`, its own pale ground."""

    text: str
    soft: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """One scheme. `accent` is for the one primary action of a page and nothing else."""

    ground: str
    surface: str
    sunken: str
    line: str
    border: str
    text: str
    quiet: str
    accent: str
    accent_pressed: str
    on_accent: str
    focus: str
    good: Tone
    warning: Tone
    bad: Tone
    notice: Tone


LIGHT = Colours(
    ground="#F6F5F2",
    surface="#FFFFFF",
    sunken="#ECEAE5",
    line="#E2DFD9",
    border="#8C8880",
    text="#1E1D1B",
    quiet="#5C5953",
    accent="#9B1B20",
    accent_pressed="#7E1418",
    on_accent="#FFFFFF",
    focus="#1F5FA8",
    good=Tone(text="#1C6637", soft="#E3F0E7"),
    warning=Tone(text="#805000", soft="#FAEED6"),
    bad=Tone(text="#B02418", soft="#FBE7E4"),
    notice=Tone(text="#1F568F", soft="#E3ECF6"),
)

DARK = Colours(
    ground="#17181A",
    surface="#212326",
    sunken="#2D3034",
    line="#34373B",
    border="#7F828A",
    text="#ECEBE8",
    quiet="#ABAAA6",
    accent="#B92C31",
    accent_pressed="#98232A",
    on_accent="#FFFFFF",
    focus="#7FB2EA",
    good=Tone(text="#82C99B", soft="#1D3225"),
    warning=Tone(text="#E6B65E", soft="#372C17"),
    bad=Tone(text="#F2958C", soft="#3E2320"),
    notice=Tone(text="#90BAEB", soft="#1D2C3E"),
)

SCHEMES: dict[Scheme, Colours] = {"light": LIGHT, "dark": DARK}


def contrast(one: str, other: str) -> float:
    """The contrast of two colours (#RRGGBB), 1 to 21, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
