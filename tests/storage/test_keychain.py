import json
from pathlib import Path

import pytest

from kopdesk.storage.errors import (
    KeyNotFound,
    NoProfile,
    PassphraseNeeded,
    ProfileExists,
    WeakPassphrase,
    WrongKey,
    WrongPassphrase,
)
from kopdesk.storage.keychain import DATABASE_KEY, DEVICE_KEY, KEY_FILE, TOKEN, create_keychain, open_keychain
from tests.support.world import MemoryKeyStore

PASSPHRASE = "perahu kayu di dermaga"


def test_with_a_key_store_no_secret_is_in_the_file(tmp_path: Path) -> None:
    store = MemoryKeyStore()
    made = create_keychain(tmp_path, store, None)
    made.put(TOKEN, b"token")
    opened = open_keychain(tmp_path, store, None)
    for name in (DATABASE_KEY, DEVICE_KEY, TOKEN):
        assert opened.get(name) == made.get(name)
    assert len(store.entries) == 3
    assert all(len(entry) <= 128 for entry in store.entries.values())
    file = (tmp_path / KEY_FILE).read_text(encoding="utf-8")
    assert not any(entry in file for entry in store.entries.values())


def test_without_a_key_store_a_passphrase_opens_the_sealed_file(tmp_path: Path) -> None:
    made = create_keychain(tmp_path, None, PASSPHRASE)
    made.put(TOKEN, b"token")
    opened = open_keychain(tmp_path, None, PASSPHRASE)
    assert opened.get(TOKEN) == b"token"
    assert opened.get(DATABASE_KEY) == made.get(DATABASE_KEY)
    assert opened.get("nothing") is None


def test_a_passphrase_is_needed_where_there_is_no_key_store(tmp_path: Path) -> None:
    with pytest.raises(PassphraseNeeded):
        create_keychain(tmp_path, None, None)
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_passphrase_opens_nothing_and_changes_nothing(tmp_path: Path) -> None:
    create_keychain(tmp_path, None, PASSPHRASE)
    before = (tmp_path / KEY_FILE).read_bytes()
    for wrong in ("", "perahu kayu", PASSPHRASE + " "):
        with pytest.raises(WrongPassphrase):
            open_keychain(tmp_path, None, wrong)
    assert (tmp_path / KEY_FILE).read_bytes() == before


def test_an_emptied_key_store_is_said_to_be_so(tmp_path: Path) -> None:
    create_keychain(tmp_path, MemoryKeyStore(), None)
    for store in (MemoryKeyStore(), None):
        with pytest.raises(KeyNotFound):
            open_keychain(tmp_path, store, None)


def test_the_key_of_another_profile_is_noticed_before_the_database_is_opened(tmp_path: Path) -> None:
    store = MemoryKeyStore()
    create_keychain(tmp_path, store, None)
    name = next(entry for entry in store.entries if entry[1].endswith(DATABASE_KEY))
    store.entries[name] = "A" * 44
    with pytest.raises(WrongKey):
        open_keychain(tmp_path, store, None)


def test_a_key_file_of_another_profile_does_not_open(tmp_path: Path) -> None:
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
        create_keychain(folder, None, PASSPHRASE)
    mixed = json.loads((one / KEY_FILE).read_text(encoding="utf-8"))
    mixed["wraps"] = json.loads((other / KEY_FILE).read_text(encoding="utf-8"))["wraps"]
    (one / KEY_FILE).write_text(json.dumps(mixed), encoding="utf-8")
    with pytest.raises(WrongPassphrase):
        open_keychain(one, None, PASSPHRASE)


def test_several_wraps_open_the_same_secrets(tmp_path: Path) -> None:
    made = create_keychain(tmp_path, None, PASSPHRASE)
    content = json.loads((tmp_path / KEY_FILE).read_text(encoding="utf-8"))
    content["wraps"].insert(0, {**content["wraps"][0], "salt": "AAAAAAAAAAAAAAAAAAAAAA=="})
    (tmp_path / KEY_FILE).write_text(json.dumps(content), encoding="utf-8")
    assert open_keychain(tmp_path, None, PASSPHRASE).get(DEVICE_KEY) == made.get(DEVICE_KEY)


def test_no_profile_is_said_to_be_none_and_an_existing_one_is_never_replaced(tmp_path: Path) -> None:
    with pytest.raises(NoProfile):
        open_keychain(tmp_path, None, PASSPHRASE)
    create_keychain(tmp_path, None, PASSPHRASE)
    with pytest.raises(ProfileExists):
        create_keychain(tmp_path, None, PASSPHRASE)


def test_the_key_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    create_keychain(tmp_path, None, PASSPHRASE)
    assert (tmp_path / KEY_FILE).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("weak", ["12", "", "111111", "121212", "12345"])
def test_a_pin_that_is_guessed_in_minutes_is_refused(tmp_path: Path, weak: str) -> None:
    with pytest.raises(WeakPassphrase):
        create_keychain(tmp_path, None, weak)
    assert list(tmp_path.iterdir()) == []
