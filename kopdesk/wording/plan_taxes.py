"""What a plan counts as tax, and what does not fit there."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from kopdesk.domain.plan_taxes import TaxRules, TaxYear
from kopdesk.domain.plan_warnings import PlanWarning, Warned
from kopdesk.wording.catalogue import N_, _
from kopdesk.wording.figures import percent, rupiah

_LINES: Mapping[PlanWarning, str] = MappingProxyType(
    {
        PlanWarning.TAX_NOT_COUNTED: N_("Pajak tidak dihitung di rencana ini: hasilnya terlihat lebih baik."),
        PlanWarning.TAX_OPTION_UNKNOWN: N_(
            "Pilihan pajak “{option}” tidak dikenal; yang dihitung PPh final atas omzet."
        ),
        PlanWarning.REGISTRATION_UNKNOWN: N_(
            "Tahun NPWP terdaftar belum diketahui; tahun pajak dihitung sejak {year}."
        ),
        PlanWarning.TURNOVER_ABOVE_FINAL: N_(
            "Omzet tahun {year} {given}, di atas {most}: sejak tahun berikutnya dihitung PPh badan."
        ),
        PlanWarning.FINAL_TAX_ENDS: N_(
            "PPh final hanya sampai tahun pajak {last}; sejak {year} dihitung PPh badan."
        ),
    }
)


def tax_warning_line(one: Warned) -> str:
    """Of a warning of `plan_tax_warnings`."""
    if one.warning is PlanWarning.VILLAGE_SHARE_LOW:
        return _village_line(one)
    text = _(_LINES[one.warning]).format(
        option=one.scheme,
        year=one.year,
        given=rupiah(one.given or 0),
        most=rupiah(one.most or 0),
        last=one.given,
    )
    if one.warning is PlanWarning.FINAL_TAX_ENDS and one.most is not None:
        text += " " + _("Perpanjangan sampai {year} diumumkan, penetapannya belum ditemukan.").format(
            year=one.most
        )
    return text


def _village_line(one: Warned) -> str:
    text = _("Bagian untuk desa {given}; {rule} meminta paling sedikit {least} dari hasil setahun.").format(
        given=percent(one.given or 0), rule=one.scheme, least=percent(one.least or 0)
    )
    return (
        f"{text} {_('Sumber tidak sepakat apakah masih berlaku: tanyakan dahulu.')}"
        if one.is_contested
        else text
    )


def tax_line(rules: TaxRules | None, years: Sequence[TaxYear]) -> str:
    """What is counted in which years: a short sentence."""
    if rules is None or not years:
        return _("Pajak tidak dihitung.")
    return _("Pajak yang dihitung: {parts}.").format(parts="; ".join(_parts(rules, years)))


def _parts(rules: TaxRules, years: Sequence[TaxYear]) -> Iterator[str]:
    final = [one.year for one in years if one.is_final]
    by_income = [one.year for one in years if not one.is_final]
    if final:
        yield _("PPh final {rate} dari omzet, {years}").format(
            rate=percent(rules.final_rate), years=_span(final)
        )
    if by_income:
        yield _("PPh badan {rate} dari hasil setahun dengan potongan pasal 31E, {years}").format(
            rate=percent(rules.income_rate), years=_span(by_income)
        )


def _span(years: Sequence[int]) -> str:
    return f"{years[0]}–{years[-1]}" if len(years) > 1 else f"{years[0]}"
