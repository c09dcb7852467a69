import ast
from datetime import date
from pathlib import Path

from kopdesk.domain import duplicates
from kopdesk.protocol.messages import Verdict
from kopdesk.usecases import status
from kopdesk.wording.notices import (
    LIKENESSES,
    NOTICED,
    WARNINGS,
    likeness_sentence,
    noticed_sentence,
    warning_sentence,
    withdrawn_sentence,
)


def test_every_warning_of_the_status_has_a_sentence() -> None:
    clocks = {"clock_behind", "clock_ahead"}  # by what is wrong with it
    assert _appended_words(Path(status.__file__)) | clocks == set(WARNINGS)
    assert len({warning_sentence(word) for word in (*WARNINGS, "new")}) == len(WARNINGS) + 1


def _appended_words(path: Path) -> set[str]:
    calls = (n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Call))
    appends = (n for n in calls if isinstance(n.func, ast.Attribute) and n.func.attr == "append")
    return {n.args[0].value for n in appends if isinstance(n.args[0], ast.Constant)}  # type: ignore[misc]


def test_a_withdrawn_cooperative_is_told_with_what_becomes_of_its_copy() -> None:
    name, day = "Koperasi Desa Merah Putih Peridan", date(2026, 12, 23)
    assert withdrawn_sentence(name, 0, day) == (
        "Koperasi Desa Merah Putih Peridan sudah bukan dampingan Anda; salinannya di laptop ini hanya bisa "
        "dibaca. Boleh dihapus dari laptop mulai 23 Desember 2026."
    )
    assert withdrawn_sentence(name, 3, day).endswith("belum sampai di pusat. Sinkronkan.")
    assert withdrawn_sentence(name, 0, None).endswith("hanya bisa dibaca.")
    assert len(withdrawn_sentence(name * 9, 0, day)) <= 220


def test_a_mended_history_is_told_as_it_is_and_with_what_is_left_to_do() -> None:
    def told(word: str, given_back: int = 0, owed: int = 0, asked: int = 0) -> str:
        return noticed_sentence(word, given_back=given_back, owed=owed, asked=asked)

    assert told("forked", owed=3, asked=2) == told("forked")
    assert "salinan" in told("forked")
    assert told("rewound", given_back=4).endswith("Anda tidak perlu berbuat apa-apa.")
    assert "bukan yang ada di laptop ini" in told("rewound", asked=2)
    assert told("rewound", given_back=4, asked=1).endswith("perlu diputuskan atau diperbaiki.")
    assert told("rewound", given_back=4, owed=1, asked=1).endswith("Sinkronkan lagi.")
    assert told("rewound", owed=1).endswith("Sinkronkan lagi.")
    assert told("new")
    assert all(len(sentence) <= 220 for sentence in NOTICED.values())


def test_every_history_that_a_sync_mends_has_a_sentence() -> None:
    mended = {Verdict.FORKED, Verdict.REWOUND}
    assert {verdict.name.lower() for verdict in mended} <= NOTICED.keys()


def test_every_likeness_has_a_sentence() -> None:
    assert set(duplicates._ORDER) == set(LIKENESSES)
    assert len({likeness_sentence(reason) for reason in (*LIKENESSES, "new")}) == len(LIKENESSES) + 1
