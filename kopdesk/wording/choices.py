"""What people call the choices of a form."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from kopdesk.wording import choices_cooperative, choices_village, choices_work
from kopdesk.wording.catalogue import _

WORDS: Mapping[type[StrEnum], Mapping[str, str]] = MappingProxyType(
    {**choices_cooperative.WORDS, **choices_work.WORDS, **choices_village.WORDS}
)
_OF_CHOICES: Mapping[tuple[str, ...], Mapping[str, str]] = MappingProxyType(
    {tuple(choice.value for choice in choices): words for choices, words in WORDS.items()}
)


def choice_label(choices: type[StrEnum] | tuple[str, ...], value: str) -> str:
    """The label of a choice, by its enumeration or by a leaf's `choices`; unknown ones as they are."""
    words = _OF_CHOICES.get(choices, {}) if isinstance(choices, tuple) else WORDS.get(choices, {})
    word = words.get(value)
    return _(word) if word else value


def choice_labels(choices: tuple[str, ...]) -> tuple[str, ...]:
    """The labels of a leaf's `choices`, in their order; none if they are nobody's."""
    return tuple(_(word) for word in _OF_CHOICES.get(choices, {}).values())
