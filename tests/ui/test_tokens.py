import pytest

from kopdesk.ui.theme.tokens import SCHEMES, Scheme, contrast


@pytest.mark.parametrize("scheme", list(SCHEMES))
def test_every_text_can_be_read_on_every_ground_it_stands_on(scheme: Scheme) -> None:
    c = SCHEMES[scheme]
    grounds = (c.ground, c.surface, c.sunken)
    pairs = [(text, ground) for text in (c.text, c.quiet) for ground in grounds]
    pairs += [(c.on_accent, accent) for accent in (c.accent, c.accent_pressed)]
    for tone in (c.good, c.warning, c.bad, c.notice):
        pairs += [(tone.text, ground) for ground in (*grounds, tone.soft)]
    assert [pair for pair in pairs if contrast(*pair) < 4.5] == []


@pytest.mark.parametrize("scheme", list(SCHEMES))
def test_what_marks_a_control_can_be_seen(scheme: Scheme) -> None:
    c = SCHEMES[scheme]
    marks = [(mark, ground) for mark in (c.border, c.focus) for ground in (c.ground, c.surface)]
    assert [pair for pair in marks if contrast(*pair) < 3] == []


def test_contrast_is_computed_as_wcag_does() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)
    assert contrast("#FFFFFF", "#FFFFFF") == 1
