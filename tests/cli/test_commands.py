import io
import json
import shlex
import sys
from uuid import uuid4

import pytest

from kopdesk.cli.main import main
from tests.cli.conftest import Desk, Village


def test_a_record_is_put_shown_listed_edited_and_deleted(village: Village, desk: Desk) -> None:
    saved = desk.put("visit", **village.visit())
    assert saved == {"type": "visit", "id": saved["id"], "saved": True}
    shown = desk.run("get", "visit", saved["id"]).json
    assert shown["notes"] == "Kas dihitung."
    desk.put("visit", id=saved["id"], rev=shown["rev"], notes="Kas cocok.")
    listed = desk.run("list", "visit", "--cooperative", str(village.cooperative)).json
    assert [visit["notes"] for visit in listed] == ["Kas cocok."]
    assert desk.run("delete", "visit", saved["id"]).json["deleted"]
    assert desk.run("list", "visit").json == []


def test_likely_duplicates_are_named(village: Village, desk: Desk) -> None:
    officer = {"cooperative_id": str(village.cooperative), "name": "H. Ahmad Fauzi", "phone": "081234567890"}
    first = desk.put("officer", **officer)
    second = desk.put("officer", **officer | {"name": "Ahmad Fauzi"})
    assert second["like"] == [{"id": first["id"], "reasons": ["same_phone", "similar_name"]}]


def test_what_one_laptop_sends_another_has_and_their_dumps_are_the_same_bytes(
    village: Village, desk: Desk
) -> None:
    other = village.desk("sari-2")
    desk.put("visit", **village.visit(findings=[{"text": "Nota belum lengkap"}]))
    summary = desk.sync()
    assert summary["sent"] > 0
    assert summary["error"] is None
    assert summary["round_trips"] == 1
    assert other.sync()["received"] == summary["sent"]
    dumps = [one.run("dump", "--json") for one in (desk, other)]
    assert dumps[0].out == dumps[1].out
    assert "Nota belum lengkap" in dumps[0].out
    assert desk.unsent() == 0


def test_two_laptops_change_one_amount_and_a_person_decides(village: Village, desk: Desk) -> None:
    other = village.desk("sari-2")
    land = desk.put("asset", cooperative_id=str(village.cooperative), area_square_metres=400)["id"]
    desk.sync()
    other.sync()
    desk.put("asset", id=land, area_square_metres=500)
    other.put("asset", id=land, area_square_metres=600)
    desk.sync()
    assert other.sync()["conflicts"] == 1
    desk.sync()
    (case,) = desk.run("conflicts", "--json").json
    assert (case["about_id"], case["kept_value"], case["offered_value"]) == (land, 500, 600)
    assert case["current_value"] == 500
    lines = desk.run("conflicts").out.splitlines()
    assert lines[0] == "Koperasi Desa Merah Putih Peridan › Lahan atau bangunan"
    assert lines[1].startswith("  Luas: yang berlaku 500 m² (Sari, ")
    assert lines[2] == f"  kopdesk resolve {case['id']} PILIHAN --rev {case['rev']}"
    assert len(lines) == 4
    assert desk.run("status", "--json").json["conflicts"] == 1
    assert desk.run("resolve", case["id"], "value", "550", "--reason", "diukur ulang").code == 0
    desk.sync()
    other.sync()
    assert other.run("get", "asset", land).json["area_square_metres"] == 550
    assert other.run("conflicts", "--json").json == []
    again = desk.run("resolve", case["id"], "kept")
    assert again.code == 1
    assert again.sentence


def test_a_conflict_whose_leaf_has_changed_again_is_decided_by_what_the_list_shows(
    village: Village, desk: Desk
) -> None:
    other = village.desk("sari-2")
    land = desk.put("asset", cooperative_id=str(village.cooperative), area_square_metres=400)["id"]
    desk.sync()
    other.sync()
    desk.put("asset", id=land, area_square_metres=500)
    other.put("asset", id=land, area_square_metres=600)
    desk.sync()
    other.sync()
    desk.put("asset", id=land, area_square_metres=550)
    desk.sync()
    other.sync()
    (case,) = other.run("conflicts", "--json").json
    assert (case["kept_value"], case["offered_value"], case["current_value"]) == (500, 600, 550)
    assert "yang berlaku sekarang 550 m²" in other.run("conflicts").out
    refused = other.run("resolve", case["id"], "offered")
    assert refused.code == 1
    assert refused.sentence.endswith("kopdesk conflicts, lalu --rev seperti tertulis di sana.")
    assert other.run("get", "asset", land).json["area_square_metres"] == 550
    assert other.run("resolve", case["id"], "offered", "--rev", case["rev"]).code == 0
    assert other.run("get", "asset", land).json["area_square_metres"] == 600
    assert other.run("conflicts", "--json").json == []


def test_a_deletion_in_question_lists_what_it_would_take(village: Village, desk: Desk) -> None:
    other = village.desk("sari-2")
    visit = desk.put("visit", **village.visit(place="Balai desa"))["id"]
    desk.sync()
    other.sync()
    desk.put("visit", id=visit, topics="Kas kurang.")
    desk.sync()
    other.run("delete", "visit", visit)
    other.sync()
    (case,) = other.run("conflicts", "--json").json
    assert case["deletes"] == other_fields(other.run("get", "visit", visit).json)
    shown = other.run("conflicts").out
    assert "Kunjungan 22 November 2026, Balai desa" in shown
    assert "    Yang dibahas: Kas kurang.\n" in shown
    (command,) = [line.strip() for line in shown.splitlines() if line.startswith("  kopdesk resolve")]
    words = shlex.split(command.replace("PILIHAN", "offered"))
    assert other.run(*words[1:3], "offered").code == 1
    assert other.run(*words[1:]).code == 0
    assert other.run("list", "visit").json == []


def other_fields(document: dict[str, object]) -> dict[str, object]:
    return {name: held for name, held in document.items() if name not in ("id", "cooperative_id", "rev")}


def test_a_mistyped_rev_is_refused_in_a_sentence(idle_desk: Desk) -> None:
    ran = idle_desk.run("resolve", str(uuid4()), "kept", "--rev", "12")
    assert (ran.code, ran.out) == (1, "")
    assert ran.sentence


def test_status_says_what_waits_and_since_when(village: Village, desk: Desk) -> None:
    desk.put("visit", **village.visit())
    status = desk.run("status", "--json").json
    assert status["unsent"] == 2
    assert status["oldest_unsent_at"].endswith("Z")
    assert status["last_contact_at"].endswith("Z")
    assert status["warnings"] == []
    assert desk.run("status").out


def test_a_profile_that_was_never_synchronised_says_so(village: Village) -> None:
    desk = village.new_desk()
    assert desk.enrol(village.url).code == 0
    assert desk.run("status", "--json").json["warnings"] == ["never_synced"]


@pytest.mark.parametrize(
    "given",
    ["", "{", "[]", "7", '{"notes": NaN}', '{"notes": "a", "notes": "b"}', "[" * 100_000, '{"notes": 1e999}'],
)
def test_what_is_no_record_is_refused_in_a_sentence(idle_desk: Desk, given: str) -> None:
    ran = idle_desk.run("put", "visit", given=given)
    assert ran.code in (1, 2)
    assert ran.sentence
    assert ran.out == ""
    assert idle_desk.unsent() == 0


def test_a_choice_nobody_knows_is_told_with_the_words_that_json_takes(desk: Desk) -> None:
    (cooperative,) = desk.run("list", "cooperative").json
    given = {"cooperative_id": cooperative["id"], "visited_on": "2026-11-22", "mode": "kantor"}
    told = desk.run("put", "visit", given=given).sentence
    _, _, words = told.partition(" Dalam JSON: ")
    assert words, told
    for word in words.removesuffix(".").split(", "):
        assert desk.run("put", "visit", given=given | {"mode": word}).code == 0


@pytest.mark.parametrize(
    "fields",
    [
        {"visited_on": "kemarin"},
        {"visited_on": "2026-11-22", "no_such_field": 1},
        {"visited_on": "2026-11-22", "cooperative_id": str(uuid4())},
        {"visited_on": "2026-11-22", "cooperative_id": None},
        {"id": str(uuid4()), "notes": "?"},
        {"id": "x"},
        {"notes": "\ud800"},
        {"latitude": 10**40},
        {},
    ],
)
def test_a_record_that_cannot_be_kept_is_refused_in_a_sentence(
    idle_desk: Desk, fields: dict[str, object]
) -> None:
    (cooperative,) = idle_desk.run("list", "cooperative").json
    ran = idle_desk.run("put", "visit", given={"cooperative_id": cooperative["id"]} | fields)
    assert ran.code == 1
    assert ran.sentence
    assert ran.out == ""
    assert idle_desk.unsent() == 0


@pytest.mark.parametrize(
    "words",
    [
        ["put"],
        ["put", "kunjungan"],
        ["get", "visit", "bukan-id"],
        ["sync", "--patience", "-1"],
        ["resolve", str(uuid4()), "maybe"],
        ["resolve", str(uuid4()), "value"],
        ["resolve", str(uuid4()), "kept", "7"],
        ["nonsense"],
        ["--nonsense"],
        ["server"],
    ],
)
def test_wrong_usage_exits_2_with_one_indonesian_line(words: list[str]) -> None:
    out, err = io.StringIO(), io.StringIO()
    assert main(words, io.BytesIO(), out, err) == 2
    assert out.getvalue() == ""
    assert err.getvalue().count("\n") == 1
    assert not {"argument", "required", "invalid", "unrecognized"} & set(err.getvalue().lower().split())


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there always is a screen")
def test_without_a_screen_there_is_no_window_and_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    out, err = io.StringIO(), io.StringIO()
    assert main([], io.BytesIO(), out, err) == 1
    assert err.getvalue().count("\n") == 1
    assert err.getvalue().startswith("Tidak ada layar")


def test_a_list_is_json_with_a_line_for_each_record(village: Village, desk: Desk) -> None:
    for day in ("2026-11-20", "2026-11-21"):
        desk.put("visit", **village.visit(visited_on=day))
    lines = desk.run("list", "visit").out.splitlines()
    assert lines[0] == "["
    assert [json.loads(line.rstrip(","))["visited_on"] for line in lines[1:-1]] == [
        "2026-11-20",
        "2026-11-21",
    ]
