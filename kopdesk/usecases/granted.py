"""What the centre has said about each cooperative. That there is no word never means anything."""

from collections.abc import Mapping
from uuid import UUID

from kopdesk.domain.channels import coop_channel, cooperative_of
from kopdesk.storage.channels import GrantRow
from kopdesk.storage.database import UnitOfWork
from kopdesk.usecases.errors import NotYourCooperative

_READ_WRITE, _WITHDRAWN = 1, 3  # GrantKind on the wire


def writable_channel(work: UnitOfWork, cooperative_id: UUID) -> str:
    """The cooperative's channel, if the last word about it lets the owner write."""
    channel = coop_channel(cooperative_id)
    word = _last_words(work).get(channel)
    if word is None or word.kind != _READ_WRITE:
        raise NotYourCooperative(cooperative_id)
    return channel


def withdrawn(work: UnitOfWork) -> dict[str, GrantRow]:
    """The channels of cooperatives about which the last word is that they are the owner's no more."""
    return {
        channel: word
        for channel, word in _last_words(work).items()
        if word.kind == _WITHDRAWN and cooperative_of(channel) is not None
    }


def readable(work: UnitOfWork) -> set[str]:
    """The channels about which the last word is not that they are the owner's no more."""
    return {channel for channel, word in _last_words(work).items() if word.kind != _WITHDRAWN}


def note_withdrawals(work: UnitOfWork, server_at: int) -> None:
    """Remember of each withdrawal when it came, by the centre's clock. The laptop's may be years off."""
    for word in withdrawn(work).values():
        if came_at(work, word) is None:
            work.profile.save_value(_name(word), f"{word.number} {word.at} {server_at}")


def came_at(work: UnitOfWork, word: GrantRow) -> int | None:
    """When a withdrawal came, Unix milliseconds of the centre; None if no contact was noted since."""
    number, at, came = (int(part) for part in (work.profile.value(_name(word)) or "0 0 0").split())
    return came if (number, at) == (word.number, word.at) else None


def _name(word: GrantRow) -> str:
    return f"withdrawn {word.channel}"


def _last_words(work: UnitOfWork) -> Mapping[str, GrantRow]:
    return {word.channel: word for word in work.channels.grants()}
