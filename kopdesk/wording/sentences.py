"""One sentence for every failure: what happened, what is safe, what to do.

Errors are found by the name of their class, along their ancestors: most of them live above this package.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from kopdesk.domain.errors import ForbiddenChange, InvalidField, KopdeskError
from kopdesk.wording.catalogue import _
from kopdesk.wording.notices import likeness_sentence, warning_sentence
from kopdesk.wording.reasons import change_sentence, field_sentence, reason_sentence
from kopdesk.wording.sentences_import import row_sentence
from kopdesk.wording.sentences_link import LINK_SENTENCES
from kopdesk.wording.sentences_profile import PROFILE_SENTENCES, RECORD_SENTENCES
from kopdesk.wording.sentences_server import SERVER_SENTENCES

__all__ = [
    "likeness_sentence",
    "reason_sentence",
    "row_sentence",
    "sentence_for",
    "warning_sentence",
]

SENTENCES: Mapping[str, Callable[[Any], str]] = MappingProxyType(
    {**PROFILE_SENTENCES, **RECORD_SENTENCES, **LINK_SENTENCES, **SERVER_SENTENCES}
)
"""By the name of the class; with its package before it where two packages use one name."""


def sentence_for(error: BaseException, record_type: str | None = None) -> str:
    """What a person is told of a failure; `record_type` helps to name the field."""
    if isinstance(error, InvalidField):
        return field_sentence(error, record_type)
    if isinstance(error, ForbiddenChange):
        return change_sentence(error)
    for name in _names(type(error)):
        if name in SENTENCES:
            return SENTENCES[name](error)
    if isinstance(error, KopdeskError):
        return _("Ini belum bisa dikerjakan; yang sudah tersimpan tetap aman. Coba sekali lagi.")
    return _("Ada kesalahan di program ini; yang sudah tersimpan tetap aman. Tutup Kopdesk, lalu buka lagi.")


def _names(kind: type) -> Iterator[str]:
    for ancestor in kind.__mro__:
        package = ancestor.__module__.split(".")
        if package[0] == "kopdesk" and len(package) > 1:
            yield f"{package[1]}.{ancestor.__name__}"
        yield ancestor.__name__
