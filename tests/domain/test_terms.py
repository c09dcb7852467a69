"""Terms: until when an officer serves and a paper is valid."""

from datetime import date, timedelta
from uuid import UUID

from kopdesk.domain.legal_document import LegalDocument
from kopdesk.domain.officer import Officer

ID = UUID("01890000-0000-7000-8000-000000000001")
FIRST, LAST, DAY = date(2025, 6, 20), date(2030, 6, 19), timedelta(days=1)


def test_an_officer_serves_from_the_first_to_the_last_day() -> None:
    officer = Officer(id=ID, starts_on=FIRST, ends_on=LAST)
    assert [officer.serves_on(day) for day in (FIRST - DAY, FIRST, LAST, LAST + DAY)] == [
        False,
        True,
        True,
        False,
    ]


def test_an_unknown_term_is_open() -> None:
    assert Officer(id=ID).serves_on(FIRST)


def test_a_paper_is_valid_through_its_last_day() -> None:
    paper = LegalDocument(id=ID, expires_on=LAST)
    assert paper.valid_on(LAST)
    assert not paper.valid_on(LAST + DAY)
    assert LegalDocument(id=ID).valid_on(LAST)
