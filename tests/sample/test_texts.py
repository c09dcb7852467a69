import re
from collections import Counter
from collections.abc import Iterator, Mapping

import pytest

from kopdesk.domain.fields import Kind, pattern_of, patterns
from kopdesk.domain.record_types import type_named
from kopdesk.domain.values import Value
from kopdesk.sample import SampleCooperative
from kopdesk.sample.texts_agreements import AGREEMENTS
from kopdesk.sample.texts_notes import ARRIVALS, BY_PHONE, CLOSINGS, SCENES
from kopdesk.sample.texts_problems import PROBLEMS
from kopdesk.sample.visiting import ALL_FINDINGS
from tests.sample.told import NAMES, told

ENGLISH = set(
    re.findall(
        r"\w+",
        """
        the and with was were has have had this that these those from into about after before because not yet
        already still only every each some no yes to on at by for is are be been will would should can unknown
        visit visited finding found note notes member members officer treasurer chair secretary village cash
        money stock shop book books loan loans saving savings report meeting problem promise done open draft
        dropped sealed closed today yesterday tomorrow week month year water road rain other none null true
        false todo test sample example lorem ipsum dolor cooperative people partnership outlet item agreement
        """,
    )
)


def texts(leaves: Mapping[str, Value], record_type: str) -> Iterator[tuple[str, str]]:
    """Free texts of a record, with their pattern."""
    known = patterns(type_named(record_type).form)
    for path, value in leaves.items():
        pattern = pattern_of(path)
        spec = known[pattern]
        if isinstance(value, str) and spec.kind in (Kind.TEXT, Kind.LINE) and not spec.format:
            yield pattern, value


def sentences(coop: SampleCooperative) -> Iterator[str]:
    wanted = (
        "notes",
        "agreement",
        "findings/*/text",
        "findings/*/recommendation",
        "promise",
        "text",
        "solution",
    )
    for key, leaves in coop.current().items():
        for pattern, text in texts(leaves, key.type):
            if pattern in wanted:
                yield from re.split(r"(?<=\.) (?=[A-Z])", text)


def test_the_banks_are_rich_enough() -> None:
    assert len(ALL_FINDINGS) >= 120
    assert len(ARRIVALS + SCENES + CLOSINGS + BY_PHONE) >= 80
    assert len(AGREEMENTS) >= 60
    assert len(PROBLEMS) >= 40
    found = Counter(pattern.found for pattern in ALL_FINDINGS)
    assert found.most_common(1)[0][1] == 1


@pytest.mark.parametrize("name", NAMES)
def test_hardly_a_sentence_is_heard_twice_in_one_cooperative(name: str) -> None:
    for coop in told(name).cooperatives:
        heard = Counter(sentence for sentence in sentences(coop) if len(sentence) > 20)
        repeated = {sentence: count for sentence, count in heard.items() if count > 1}
        assert max(repeated.values(), default=1) <= 3, repeated
        assert sum(repeated.values()) <= len(heard) * 6 // 100 + 4, (coop.name, repeated)


@pytest.mark.parametrize("name", NAMES)
def test_texts_are_indonesian(name: str) -> None:
    skipped = (
        "about_type",
        "about_path",
        "origin_type",
        "origin_path",
        "subdomain",
        "corrections/*/path",
        "findings/*/rule",
    )
    for coop in told(name).cooperatives:
        for key, leaves in coop.current().items():
            for pattern, text in texts(leaves, key.type):
                if pattern in skipped or pattern.startswith("units/*/type"):
                    continue
                words = set(re.findall(r"[a-z]+", text.lower())) & ENGLISH
                assert not words, (key.type, pattern, text)


@pytest.mark.parametrize("name", NAMES)
def test_no_gap_is_left_open_and_no_word_doubled(name: str) -> None:
    for coop in told(name).cooperatives:
        for key, leaves in coop.current().items():
            for pattern, text in texts(leaves, key.type):
                assert not re.search(r"[{}]|  |\.\.|Bu Bu|Pak Pak| ,", text), (key.type, pattern, text)
                assert not re.search(r"\b(\w{3,}) \1\b", text), (key.type, pattern, text)


def test_a_syariah_cooperative_has_no_interest() -> None:
    (coop,) = [coop for coop in told("malang").cooperatives if coop.name.endswith("Tlogomas")]
    written = [text for key, leaves in coop.current().items() for _, text in texts(leaves, key.type)]
    assert any("margin" in text for text in written)
    for text in written:
        text = re.sub(r"[Bb]uku tabungan|[Tt]anpa bunga|[Kk]ata bunga", "", text)
        assert "bunga" not in text.lower(), text
    kinds = [leaves.get("pattern") for key, leaves in coop.current().items() if key.type == "cooperative"]
    assert kinds == ["syariah"]
    others = [
        leaves["pattern"]
        for other in told("malang").cooperatives + told("kutai-timur").cooperatives
        for key, leaves in other.current().items()
        if key.type == "cooperative" and other is not coop
    ]
    assert set(others) == {"conventional"}
