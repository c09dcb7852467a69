"""What must be so at the centre after an accident: opened as the program opens it, with every fact."""

import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from uuid import UUID

from kopdesk.domain.records import RecordKey
from kopdesk.protocol.codec import decode
from kopdesk.protocol.digest import GENESIS_TIP, MODULUS, next_tip, record_hash
from kopdesk.protocol.messages import Signed
from kopdesk.server.backups import restore
from kopdesk.server.errors import RestoreUnfinished
from kopdesk.server.listing import dump
from kopdesk.server.opening import DATABASE, Server
from kopdesk.server.ports import Transaction
from tests.crashes.history import Fact
from tests.crashes.server_scenarios import BACKUP
from tests.crashes.stage import SERVER, Stage


def check_server(root: Path, facts: Sequence[Fact]) -> None:
    """It opens, its log and its digests fit, and what was answered is there."""
    with closing(Stage(root).server()) as server:
        check_open_server(server, facts)


def check_open_server(server: Server, facts: Sequence[Fact]) -> None:
    with server.store.reading() as tx:
        check_log(tx)
        for fact in facts:
            _check_fact(server, tx, fact)


def check_log(tx: Transaction) -> None:
    """Every channel's head is the end of its chain, and its digest that of what is there."""
    for head in tx.channels():
        records = [(key, leaves) for _, key, leaves in tx.records_after(head.name, None)]
        shares = (record_hash(key, {p: leaf.value for p, leaf in leaves.items()}) for key, leaves in records)
        assert head.digest == sum(shares) % MODULUS, f"digest of {head.name}"
        assert all(leaf.rev <= head.rev for _, leaves in records for leaf in leaves.values())
        tip = GENESIS_TIP
        for tag in tx.tags_between(head.name, 0, head.rev):
            tip = next_tip(tip, tag)
        last = tx.revision(head.name, head.rev)
        assert last is not None
        assert (last.tip, last.digest) == (head.tip, head.digest) == (tip, head.digest)


def _check_fact(server: Server, tx: Transaction, fact: Fact) -> None:
    match fact["what"]:
        case "answered":
            stored = tx.receipt(UUID(fact["replica"]), fact["seq"])
            assert stored is not None, f"receipt {fact['seq']} is lost"
            assert decode(Signed, stored.receipt) == decode(Signed, bytes.fromhex(fact["bytes"]))
            assert tx.batch(stored.batch_hash) is not None
        case "founded":
            assert server.identity.keys[0].public_key.hex() == fact["key"]
        case "kept":
            assert tx.channel_of(RecordKey(fact["type"], UUID(fact["id"]))) is not None
        case "assigned":
            user = tx.user_named("rina")
            assert user is not None
            assert any(name.startswith("coop/") for name in tx.permissions(user.id))


def check_backup(root: Path, facts: Sequence[Fact]) -> None:
    """The centre is unharmed, and a backup that has its name is whole."""
    check_server(root, facts)
    file = root / BACKUP
    assert file.exists() or {"what": "backed up"} not in facts, "the backup is lost"
    if file.exists():
        with tempfile.TemporaryDirectory(dir=root) as scratch:
            restore(Path(scratch, SERVER), file)
            assert visits_in(Path(scratch)) == 2


def check_restore(root: Path, facts: Sequence[Fact]) -> None:
    """The centre is the old one or the restored one, or says that a restore is unfinished."""
    done = [fact for fact in facts if fact["what"] == "restored"]
    try:
        visits = visits_in(root)
    except RestoreUnfinished:
        assert not done, "it was said to be finished"
        return
    assert visits == (1 if done else 2) or (visits == 1 and has_aside(root))


def check_nothing_set_aside_is_lost(root: Path) -> None:
    """What was there before the restore could itself be served, WAL and all."""
    asides = [path for path in (root / SERVER).glob("before-restore-*") if (path / DATABASE).exists()]
    assert 2 in [visits_in(aside.parent, aside.name) for aside in asides]


def has_aside(root: Path) -> bool:
    return any((root / SERVER).glob("before-restore-*"))


def visits_in(root: Path, folder: str = SERVER) -> int:
    """How many visits a centre holds."""
    stage = Stage(root)
    with closing(stage.server(folder)) as server:
        return sum(row["type"] == "visit" for row in dump(server))
