"""`kopdesk enrol` in a folder that has a profile: what its person is told, and what stays."""

import json
from dataclasses import replace
from pathlib import Path

from kopdesk.server.operations import disable_user, revoke_device
from kopdesk.storage.keychain import DEVICE_KEY, KeyStore
from tests.cli.conftest import PIN, Desk, Village
from tests.support.faulty_network import CAPTIVE_PORTAL, FaultyNetwork
from tests.support.world import MemoryKeyStore


def revoke(village: Village) -> None:
    """Every laptop that is known."""
    with village.world.server.store.reading() as tx:
        devices = [entry.device.id for entry in tx.devices()]
    for device in devices:
        revoke_device(village.world.server, str(device))


def notes_at_centre(village: Village) -> list[object]:
    with village.world.server.store.reading() as tx:
        return [value for _, _, _, value in tx.leaf_values("visit", ["notes"])]


def without_keys(desk: Desk) -> MemoryKeyStore:
    """The operating system's key store was emptied."""
    emptied = MemoryKeyStore()
    desk.app = replace(desk.app, key_store=lambda: emptied)
    return emptied


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix in (".db", ".json")}


def test_a_laptop_that_is_served_no_more_says_how_to_come_back_and_comes_back(
    village: Village, desk: Desk
) -> None:
    desk.put("visit", **village.visit())
    revoke(village)
    ran = desk.run("sync")
    assert ran.code == 1
    assert ran.sentence == (
        "Pusat tidak lagi menerima laptop ini; pekerjaan Anda aman di sini. "
        "Hubungi Dinas, lalu daftarkan lagi laptop ini dengan kata sandi Anda. "
        f"Di baris perintah: kopdesk enrol --server {village.url} --user sari"
    )
    assert desk.run("status", "--json").json["warnings"] == ["device_revoked"]
    assert ran.sentence in desk.run("status").out
    ran = desk.enrol(village.url)
    assert (ran.code, ran.json["again"]) == (0, True)
    assert desk.run("status", "--json").json["warnings"] == []
    assert desk.unsent() == 2
    assert desk.sync()["sent"] == 2
    assert notes_at_centre(village) == ["Kas dihitung."]


def test_an_unknown_laptop_is_told_so_by_sync_and_by_status_with_the_remedy(
    village: Village, desk: Desk
) -> None:
    with desk.app.profile(desk.folder, None) as profile:
        profile.keychain.put(DEVICE_KEY, bytes(32))
    ran = desk.run("sync", "--json")
    assert (ran.code, ran.json["error"]) == (1, "unknown_device")
    assert ran.sentence == (
        "Pusat tidak mengenal laptop ini lagi; pekerjaan Anda aman di sini. "
        "Daftarkan lagi laptop ini dengan kata sandi Anda. "
        f"Di baris perintah: kopdesk enrol --server {village.url} --user sari"
    )
    assert ran.sentence in desk.run("status").out
    assert desk.enrol(village.url).code == 0
    assert desk.sync()["error"] is None
    assert "Daftarkan lagi" not in desk.run("status").out


def test_a_network_that_fails_does_not_take_back_what_the_centre_said(village: Village) -> None:
    with FaultyNetwork(village.url) as network:
        desk = village.desk(url=network.url)
        revoke(village)
        assert desk.run("sync").code == 1
        network.fault = CAPTIVE_PORTAL
        network.cut()
        assert desk.run("sync", "--json", "--patience", "0").json["error"] == "captive_portal"
    assert desk.run("status", "--json").json["warnings"] == ["device_revoked"]


def test_a_closed_account_is_told_until_it_is_opened_again(village: Village, desk: Desk) -> None:
    disable_user(village.world.server, "sari")
    assert desk.run("sync").code == 1
    assert desk.run("status", "--json").json["warnings"] == ["account_closed"]
    disable_user(village.world.server, "sari", disabled=False)
    assert desk.sync()["error"] is None
    assert desk.run("status", "--json").json["warnings"] == []


def test_somebody_elses_account_is_refused_in_this_folder(village: Village, desk: Desk) -> None:
    village.world.person("budi", village.cooperative)
    desk.put("visit", **village.visit())
    before = content(desk.folder)
    ran = desk.enrol(village.url, "budi")
    assert ran.code == 1
    assert ran.sentence == (
        "Data di folder ini milik akun sari, dan tidak diubah. "
        "Masuk dengan akun itu, atau pilih folder lain untuk akun Anda."
    )
    assert content(desk.folder) == before
    assert desk.sync()["sent"] == 2


def test_without_its_device_key_the_laptop_works_on_and_logs_in_again(village: Village, desk: Desk) -> None:
    store = desk.app.key_store()
    assert isinstance(store, MemoryKeyStore)
    store.entries = {name: v for name, v in store.entries.items() if name[1].endswith("database")}
    desk.put("visit", **village.visit())
    ran = desk.run("sync", "--json")
    assert (ran.code, ran.json["error"]) == (1, "DeviceKeyMissing")
    assert "Daftarkan lagi" in ran.sentence
    assert desk.run("status", "--json").json["warnings"] == ["log_in_again"]
    assert desk.enrol(village.url).code == 0
    assert desk.sync()["sent"] == 2


def test_what_cannot_be_opened_is_not_replaced(village: Village, desk: Desk) -> None:
    desk.put("visit", **village.visit())
    before = content(desk.folder)
    without_keys(desk)
    ran = desk.enrol(village.url)
    assert ran.code == 1
    assert "belum bisa dibuka" in ran.sentence
    assert "folder baru" in ran.sentence
    assert content(desk.folder) == before


def test_a_key_file_that_is_gone_is_not_made_anew_beside_its_database(village: Village, desk: Desk) -> None:
    (desk.folder / "keys.json").unlink()
    before = content(desk.folder)
    ran = desk.enrol(village.url)
    assert ran.code == 1
    assert "keys.json" in ran.sentence
    assert content(desk.folder) == before


def test_an_enrolment_that_was_cut_at_its_very_end_is_completed(village: Village, desk: Desk) -> None:
    keys = desk.folder / "keys.json"
    content = json.loads(keys.read_text(encoding="utf-8"))
    del content["complete"]
    keys.write_text(json.dumps(content), encoding="utf-8")
    desk.put("visit", **village.visit())
    keys.write_text(json.dumps(content), encoding="utf-8")
    assert desk.enrol(village.url).json["again"] is True
    assert desk.sync()["sent"] == 2


def test_a_pin_opens_the_profile_for_a_new_log_in(village: Village) -> None:
    desk = village.desk(pin=PIN)
    desk.put("visit", **village.visit())
    revoke(village)
    desk.pin = None
    ran = desk.enrol(village.url)
    assert ran.code == 2
    assert "dijaga dengan PIN" in ran.sentence
    desk.pin = "bukan-pin-itu"
    assert "PIN itu tidak cocok" in desk.enrol(village.url).sentence
    desk.pin = PIN
    assert desk.enrol(village.url).json["again"] is True
    assert desk.sync()["sent"] == 2


def test_a_pin_given_to_a_profile_with_a_key_store_is_not_needed(village: Village, desk: Desk) -> None:
    used: list[KeyStore | None] = []
    store = desk.app.key_store()

    def key_store() -> KeyStore | None:
        used.append(store)
        return store

    desk.app = replace(desk.app, key_store=key_store)
    desk.pin = PIN
    assert desk.enrol(village.url).json["again"] is True
    assert used
    desk.pin = None
    assert desk.sync()["error"] is None
