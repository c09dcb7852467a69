"""What the centre holds, as plain rows for JSON: sorted, the same whenever the content is."""

from datetime import UTC, datetime
from typing import Any

from kopdesk.domain.fields import DELETED
from kopdesk.protocol.messages import Verdict
from kopdesk.server.opening import Server
from kopdesk.server.ports import DeviceEntry, Transaction

Row = dict[str, Any]


def dump(server: Server, channels: tuple[str, ...] = ()) -> list[Row]:
    """Every record with its leaves, in the shape of the laptop's own dump. All channels, or only these."""
    with server.store.reading() as tx:
        names = [state.name for state in tx.channels()]
        rows = [row for name in names if not channels or name in channels for row in _records(tx, name)]
    return sorted(rows, key=lambda row: (row["channel"], row["type"], row["id"]))


def _records(tx: Transaction, channel: str) -> list[Row]:
    rows = []
    for _, key, leaves in tx.records_after(channel, None):
        filled = {path: leaf.value for path, leaf in sorted(leaves.items()) if leaf.value is not None}
        if filled:
            deleted = filled.pop(DELETED, None) is True
            rows.append(
                {
                    "channel": channel,
                    "type": key.type,
                    "id": str(key.id),
                    "deleted": deleted,
                    "leaves": filled,
                }
            )
    return rows


def list_users(server: Server) -> list[Row]:
    """Everybody with the cooperatives he may read."""
    with server.store.reading() as tx:
        return [
            {
                "id": str(user.id),
                "login": user.login,
                "name": user.name,
                "role": user.role.value,
                "disabled": user.disabled,
                "channels": {
                    channel: kind.name.lower() for channel, kind in sorted(tx.permissions(user.id).items())
                },
            }
            for user in tx.users()
        ]


def list_devices(server: Server) -> list[Row]:
    """Every device: whose it is, when it was last in contact, what it has not sent yet."""
    with server.store.reading() as tx:
        logins = {user.id: user.login for user in tx.users()}
        return [{"user": logins.get(entry.device.user_id), **_device(entry)} for entry in tx.devices()]


def _device(entry: DeviceEntry) -> Row:
    heartbeat = entry.heartbeat
    noticed = {one.verdict: one for one in entry.noticed}
    forked, rewound = noticed.get(Verdict.FORKED), noticed.get(Verdict.REWOUND)
    return {
        "id": str(entry.device.id),
        "name": entry.device.name,
        "revoked": entry.device.revoked,
        "added_at": instant(entry.added_at),
        "heard_at": instant(entry.heard_at),
        "app_version": heartbeat.app_version if heartbeat else None,
        "unsent": heartbeat.unsent if heartbeat else None,
        "oldest_unsent_at": instant(heartbeat.oldest_unsent_at) if heartbeat else None,
        "free_disk_mb": heartbeat.free_disk_mb if heartbeat else None,
        "clock_ahead_s": _clock_ahead_s(entry),
        "clock_doubt": heartbeat.clock_doubt if heartbeat else None,
        "copies_noticed": forked.times if forked else 0,
        "copy_noticed_at": instant(forked.at) if forked else None,
        "rewinds_noticed": rewound.times if rewound else 0,
        "rewind_noticed_at": instant(rewound.at) if rewound else None,
    }


def _clock_ahead_s(entry: DeviceEntry) -> int | None:
    """By how much the laptop's clock was ahead of ours (behind: negative) at its last contact."""
    if entry.heartbeat is None or entry.heard_at is None:
        return None
    return (entry.heartbeat.clock - entry.heard_at) // 1000


def list_channels(server: Server) -> list[Row]:
    """The head of every channel's history."""
    with server.store.reading() as tx:
        return [
            {
                "channel": state.name,
                "rev": state.rev,
                "tip": state.tip.hex(),
                "digest": f"{state.digest:016x}",
            }
            for state in tx.channels()
        ]


def instant(milliseconds: int | None) -> str | None:
    """As JSON has it: UTC, to the second."""
    if milliseconds is None:
        return None
    try:
        return datetime.fromtimestamp(milliseconds // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (OverflowError, ValueError, OSError):  # a laptop's clock, thousands of years off
        return None
