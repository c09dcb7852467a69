"""Saves one visit after another and reports each after its commit, until it is killed or has saved enough."""

import secrets
import sys
from datetime import UTC, datetime
from pathlib import Path

from kopdesk.storage.database import Database
from kopdesk.usecases.desk import Desk
from kopdesk.usecases.records import put_record


def main() -> None:
    """Arguments: the profile's folder, a cooperative, how many visits. The key comes on standard input."""
    folder, cooperative, count = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    database = Database.open(folder, bytes.fromhex(sys.stdin.readline().strip()))
    with database.reading() as work:
        owner = work.profile.owner()
    assert owner is not None
    desk = Desk(
        database=database, owner=owner, now=lambda: datetime.now(UTC), random_bytes=secrets.token_bytes
    )
    for number in range(count):
        notes = f"Kunjungan ke-{number}: kas dihitung bersama bendahara, {secrets.token_hex(8)}"
        visit = {"cooperative_id": cooperative, "visited_on": "2026-11-20", "notes": notes}
        saved = put_record(desk, "visit", visit)
        sys.stdout.write(f"{saved.key.id} {notes}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
