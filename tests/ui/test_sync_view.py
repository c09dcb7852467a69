from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from kopdesk.ui.frame.sync_view import SyncView, pill

NOW = datetime(2026, 11, 26, 6, 10, tzinfo=UTC)
CONTACT = NOW - timedelta(hours=2)
IDLE = SyncView(last_contact_at=CONTACT)


@pytest.mark.parametrize(
    ("view", "text", "tone"),
    [
        (SyncView(), "Belum pernah sinkron", ""),
        (IDLE, "Semua terkirim · 12.10", ""),
        (replace(IDLE, last_contact_at=CONTACT - timedelta(days=3)), "Semua terkirim · 3 hari lalu", ""),
        (replace(IDLE, unsent=7), "7 belum terkirim", ""),
        (replace(IDLE, unsent=7, oldest_unsent_at=NOW), "7 belum terkirim", ""),
        (
            replace(IDLE, unsent=7, oldest_unsent_at=NOW - timedelta(days=3), reached=False),
            "Luring · 7 belum terkirim sejak 3 hari",
            "",
        ),
        (replace(IDLE, unsent=7, sending=(3, 7)), "Mengirim 3 dari 7", "notice"),
        (replace(IDLE, sending=(0, 0)), "Menyinkronkan …", "notice"),
        (replace(IDLE, unsent=7, to_act=2, reached=False), "Perlu keputusan: 2", "bad"),
    ],
)
def test_the_pill_says_what_is_so_and_is_red_only_where_someone_must_act(
    view: SyncView, text: str, tone: str
) -> None:
    shown = pill(view, NOW, "WITA")
    assert (shown.text, shown.tone) == (text, tone)


def test_a_minute_after_midnight_is_no_day_since() -> None:
    view = SyncView(unsent=2, oldest_unsent_at=datetime(2026, 11, 22, 15, 58, tzinfo=UTC))  # 23.58 WITA
    told = pill(view, datetime(2026, 11, 22, 16, 3, tzinfo=UTC), "WITA").text
    assert told == "2 belum terkirim"
    assert (
        pill(view, datetime(2026, 11, 23, 15, 58, tzinfo=UTC), "WITA").text == "2 belum terkirim sejak 1 hari"
    )
