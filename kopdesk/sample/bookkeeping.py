"""Bookkeeping checks on site and the statements, all from the same ledger, with the slips people make."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

from kopdesk.domain.book_check import (
    BankReconciliation,
    Book,
    BookCheck,
    BookCheckState,
    Conclusion,
    Condition,
    Quality,
    ReconcilingItem,
    ReconcilingKind,
    SavingSample,
    Side,
    StockItem,
    TrialBalanceLine,
)
from kopdesk.domain.book_tests.dozen import run_tests
from kopdesk.domain.book_tests.material import Material
from kopdesk.domain.book_tests.outcome import Case
from kopdesk.domain.book_tests.proposals import proposals
from kopdesk.domain.cash_count import CashCount, Direction, NotCash, OtherItem, Voucher
from kopdesk.domain.finding import Finding
from kopdesk.domain.signature import Signature
from kopdesk.rules.chart_of_accounts import chart_of_accounts
from kopdesk.sample.dice import Dice
from kopdesk.sample.ledger import Balances, Ledger, month_end
from kopdesk.sample.tale import Tale
from kopdesk.sample.texts_checks import CHECK_SUMMARIES, CHECK_TEXTS, STOCK_ARTICLES
from kopdesk.sample.visiting import Visited
from kopdesk.sample.voice import Voice, rupiah

CHECK_DATES = (date(2025, 11, 20), date(2026, 5, 18), date(2026, 9, 7))
BOOK_NAMES = ("anggota", "simpanan", "kas", "inventaris", "tamu", "notulen_pengurus", "pengurus", "agenda")
SLIPS = (-5_000, -12_500, -20_000, -45_000, -90_000, 3_500, 18_000, -150_000)


def tell_checks(tale: Tale, voice: Voice, ledger: Ledger, visited: Sequence[Visited], shop_id: UUID) -> None:
    """At the first visit after each date on which there is a shop whose books can be checked."""
    for number, day in enumerate(CHECK_DATES):
        visit = next((visit for visit in visited if visit.day.on >= day), None)
        if visit is None or not tale.has_trait("toko", visit.day.on - timedelta(days=40)):
            continue
        _tell_check(tale, voice, ledger, visit, shop_id, number)


def _tell_check(tale: Tale, voice: Voice, ledger: Ledger, visit: Visited, shop_id: UUID, number: int) -> None:
    dice, day = tale.dice_for(f"check {visit.day.on}"), visit.day.on
    end = day.replace(day=1) - timedelta(days=1)
    books, kept = ledger.at(end), not tale.has_trait("stop", day)
    slip = 0 if dice.chance(tale.plot.diligence) else dice.pick(SLIPS)
    cash = _cash_count(tale, voice, dice, visit, shop_id, books.cash, slip)
    lines = transposed(trial_balance(books, tale.has_trait("syariah", day)), dice) if kept else {}
    check = BookCheck(
        id=dice.uuid7(visit.ended_at + timedelta(minutes=20)),
        cooperative_id=tale.id,
        period=f"{end:%Y-%m}",
        checked_on=day,
        zone=tale.region.zone,
        visit_id=visit.visit.id,
        members_in_book=ledger.members_on(end),
        members_in_simkopdes=ledger.members_online(end),
        quorum_base=ledger.members_on(end),
        books=_books(tale, dice, day, kept),
        cash={"gerai": cash},
    )
    written = visit.ended_at + timedelta(minutes=20)
    tale.chronicle.write("book_check", check, visit.day.author, written)
    if kept:
        has_bank = tale.has_trait("rekening", end)
        check = replace(
            with_cash_book(check, ledger, end),
            lines=lines,
            stock=_stock(dice, shop_id),
            savings=_savings(tale, dice),
            saving_totals=_saving_totals(books, dice),
            loan_card_total=books.loans or None,
            reported_revenue=books.sales + books.fees,
            bank={"utama": _bank(tale, dice, books, end)} if has_bank else {},
        )
    findings = _findings(tale, voice, dice, check, day)
    due_on = day + timedelta(days=dice.number(10, 25))
    good = kept and not findings
    conclusion = Conclusion.ORDERLY if good else Conclusion.NEEDS_MENDING if kept else Conclusion.ABSENT
    summary, advice = CHECK_SUMMARIES[conclusion.value][number % len(CHECK_SUMMARIES[conclusion.value])]
    check = replace(
        check,
        findings=findings,
        conclusion=conclusion,
        summary=voice.say(summary, day),
        recommendation=voice.say(advice, day),
        due_on=due_on,
        concluded_at=written + timedelta(minutes=35),
        state=BookCheckState.CONCLUDED,
        signatures={
            "bendahara": Signature(name=tale.cast["bendahara"].name, position="Bendahara", signed_at=written)
        },
    )
    tale.chronicle.write("book_check", check, visit.day.author, written + timedelta(minutes=35))


def _cash_count(
    tale: Tale, voice: Voice, dice: Dice, visit: Visited, shop_id: UUID, balance: int, slip: int
) -> CashCount:
    day = visit.day.on
    book = max(60_000, min(balance, 2_400_000) // 500 * 500 + dice.amount(-80_000, 260_000, 500))
    slip = max(slip, 20_000 - book)
    notes, coins = pieces(book + slip, dice)
    unbooked = Voucher(
        number=f"K-{dice.number(31, 240):03}",
        dated_on=day - timedelta(days=dice.number(1, 6)),
        text=voice.say("Belanja {barang}", day),
        direction=Direction.OUT,
        amount=dice.amount(20_000, 90_000, 500),
    )
    owed = OtherItem(
        kind=NotCash.IOU, text=voice.say("Bon {warga}", day), amount=dice.amount(15_000, 120_000, 500)
    )
    return CashCount(
        name="Kas gerai",
        outlet_id=shop_id,
        custodian=tale.cast["pegawai"].name,
        counted_on=day,
        counted_time=visit.visit.start_time,
        place=visit.visit.place,
        unannounced=dice.chance(60),
        balance_on=day,
        book_balance=book,
        tolerance=0,
        limit=1_000_000,
        last_voucher_out=unbooked.number,
        cause=voice.say(dice.pick(CHECK_TEXTS["cause"]), day) if slip else None,
        returned=True,
        note=notes,
        coin=coins,
        others={"bon": owed} if dice.chance(50) else {},
        vouchers={"b1": unbooked} if slip < 0 and dice.chance(50) else {},
    )


def with_cash_book(check: BookCheck, ledger: Ledger, end: date) -> BookCheck:
    """The foot of the month's cash book: it adds up, and ends with what the books hold in cash."""
    opening, closing = ledger.at(end.replace(day=1) - timedelta(days=1)).cash, ledger.at(end).cash
    received = ledger.sales_of(end)
    return replace(
        check,
        cash_book_opening=opening,
        cash_book_received=received,
        cash_book_paid=opening + received - closing,
        cash_book_balance=closing,
    )


def _saving_totals(books: Balances, dice: Dice) -> dict[str, int]:
    """All cards by kind; now and then some mandatory savings are on the cards and not in the books."""
    late = dice.pick((0, 0, 50_000, 120_000))
    totals = {"pokok": books.principal, "wajib": books.mandatory + late, "sukarela": books.voluntary}
    return {kind: amount for kind, amount in totals.items() if amount}


def pieces(total: int, dice: Dice) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """Notes and coins that make the sum exactly, worn small money included, as a shop's drawer has it."""
    notes: dict[str, int] = {}
    rest = total
    for value in (100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000):
        most = rest // value
        count = most if value == 1_000 else most * dice.number(55, 85) // 100
        notes[str(value)], rest = count, rest - count * value
    coins = {"500": rest // 500, "200": rest % 500 // 200, "100": rest % 500 % 200 // 100}
    return _positive(notes), _positive(coins)


def _positive(counts: Mapping[str, int]) -> dict[str, int]:
    return {key: count for key, count in counts.items() if count}


def of_members(amount: int) -> int:
    """Members buy a little less than two thirds."""
    return amount * 62 // 100


def trial_balance(books: Balances, syariah: bool) -> dict[str, TrialBalanceLine]:
    """Kopdesk's chart of accounts; a syariah unit has its own words."""
    debit = {
        "1101": ("Kas", books.cash),
        "1111": ("Bank", books.bank),
        "1121": ("Piutang murabahah" if syariah else "Piutang pinjaman anggota", books.loans),
        "1122": ("Piutang usaha", books.credit_sales),
        "1131": ("Persediaan sembako", books.stock),
        "1206": ("Peralatan", books.equipment),
        "5101-1": ("Beban pokok penjualan sembako", of_members(books.cost_of_sales)),
        "5102-1": (
            "Beban pokok penjualan non-anggota sembako",
            books.cost_of_sales - of_members(books.cost_of_sales),
        ),
        "5201": ("Gaji", books.wages),
        "5204": ("Penyusutan", books.depreciation),
        "5205": ("Listrik dan air", books.power),
        "5206": ("Transport", books.transport),
        "5207": ("ATK", books.stationery),
    }
    credit = {
        "1207": ("Akumulasi penyusutan peralatan", books.depreciated),
        "2101": ("Utang usaha", books.payables),
        "2102": ("Simpanan wadiah" if syariah else "Simpanan sukarela", books.voluntary),
        "3101": ("Simpanan pokok", books.principal),
        "3102": ("Simpanan wajib", books.mandatory),
        "3108": ("SHU belum dibagi", books.earlier_results),
        "4101-1": ("Partisipasi bruto anggota sembako", of_members(books.sales)),
        "4102-1": ("Penjualan non-anggota sembako", books.sales - of_members(books.sales)),
        "4103": ("Pendapatan margin" if syariah else "Pendapatan jasa pinjaman", books.fees),
    }
    if books.earlier_results < 0:
        debit["3108"] = ("Rugi tahun lalu", -books.earlier_results)
        del credit["3108"]
    lines = {
        key: TrialBalanceLine(name=name, debit=amount) for key, (name, amount) in debit.items() if amount
    }
    lines |= {
        key: TrialBalanceLine(name=name, credit=amount) for key, (name, amount) in credit.items() if amount
    }
    return dict(sorted(lines.items()))


def swapped(amount: int) -> int:
    """450.000 written as 540.000: the first two digits in the wrong order."""
    digits = str(amount)
    return int(digits[1] + digits[0] + digits[2:])


def transposed(lines: dict[str, TrialBalanceLine], dice: Dice) -> dict[str, TrialBalanceLine]:
    """Every third trial balance has one small amount with two digits the wrong way round."""
    small = [key for key in ("5205", "5206", "5207", "1122") if key in lines]
    small = [key for key in small if swapped(lines[key].debit or 0) != lines[key].debit]
    if not small or not dice.chance(36):
        return lines
    key = dice.pick(small)
    return lines | {key: replace(lines[key], debit=swapped(lines[key].debit or 0))}


def _books(tale: Tale, dice: Dice, day: date, kept: bool) -> dict[str, Book]:
    books = {}
    for name in BOOK_NAMES:
        exists = name in ("anggota", "simpanan", "kas") or dice.chance(45 + tale.plot.diligence // 2)
        fresh = exists and dice.chance(tale.plot.diligence) and (kept or name not in ("kas", "simpanan"))
        last = day - timedelta(days=dice.number(0, 6) if fresh else dice.number(25, 90))
        grades = (Quality.GOOD, Quality.FAIR) if fresh else (Quality.FAIR, Quality.POOR)
        quality = dice.pick(grades) if exists else None
        books[name] = Book(
            exists=exists, up_to_date=fresh if exists else None, last_entry_on=last if exists else None,
            quality=quality,
        )  # fmt: skip
    return books


def _stock(dice: Dice, shop_id: UUID) -> dict[str, StockItem]:
    items = {}
    for name, unit, cost in dice.some(STOCK_ARTICLES, dice.number(4, 6)):
        held = dice.number(3, 46)
        lost = dice.pick((0, 0, 0, 0, 1, 2))
        items[dice.key()] = StockItem(
            name=name,
            unit=unit,
            outlet_id=shop_id,
            book_thousandths=held * 1000,
            counted_thousandths=(held - lost) * 1000,
            unit_cost=cost,
            condition=Condition.GOOD,
        )
    return items


def _savings(tale: Tale, dice: Dice) -> dict[str, SavingSample]:
    samples = {}
    for number, member in zip(dice.some(range(1, tale.plot.members), 4), tale.members, strict=False):
        months = dice.number(2, 14)
        card = {"pokok": tale.plot.principal, "wajib": months * tale.plot.mandatory}
        missed = tale.plot.mandatory * dice.pick((0, 0, 0, 1, 2)) if months > 2 else 0
        samples[f"a{number:03}"] = SavingSample(
            member_number=f"{number:04}",
            member_name=member.name,
            confirmed=True if dice.chance(70) else None,
            card=card,
            book={"pokok": card["pokok"], "wajib": card["wajib"] - missed},
        )
    return samples


def _bank(tale: Tale, dice: Dice, books: Balances, end: date) -> BankReconciliation:
    fee = dice.pick((0, 5_000, 7_500, 12_000))
    syariah = tale.has_trait("syariah", end)
    item = ReconcilingItem(
        side=Side.BOOK,
        kind=ReconcilingKind.FEE,
        dated_on=month_end(end),
        text="Biaya administrasi bank",
        amount=-fee,
    )
    return BankReconciliation(
        bank_name=tale.village.bank_branch,
        balance_on=end,
        bank_balance=books.bank - fee,
        book_balance=books.bank,
        items={"adm": item} if fee and not syariah else {},
    )


def _findings(tale: Tale, voice: Voice, dice: Dice, check: BookCheck, day: date) -> dict[str, Finding]:
    """What the program's own rules find and the assistant took over, in the assistant's words."""
    material = Material(check=check, chart=chart_of_accounts(), today=day)
    rules = {
        "cash_count/till": ("cash", _cash_told),
        "trial_balance/trial_balance": ("trial", _trial_told),
        "savings/saver": ("savings", _saver_told),
    }
    found = {}
    for proposal in proposals(material, run_tests(material)):
        if proposal.rule not in rules or proposal.case is None:
            continue
        kind, told = rules[proposal.rule]
        found[proposal.key] = Finding(
            text=told(check, proposal.case),
            aspect=proposal.aspect,
            weight=proposal.weight,
            recommendation=voice.say(dice.pick(CHECK_TEXTS[kind]), day),
            responsible=f"{tale.cast['bendahara'].name} (bendahara)",
            due_on=day + timedelta(days=dice.number(7, 21)),
            rule=proposal.rule,
        )
    return found


def _cash_told(check: BookCheck, case: Case) -> str:
    word = "kurang" if (case.difference or 0) < 0 else "lebih"
    till = check.cash[case.subject.split("/")[1]].name
    counted = rupiah(case.figures[0].amount)
    return f"{till} dihitung Rp{counted}, {word} Rp{rupiah(abs(case.difference or 0))} dari buku."


def _trial_told(check: BookCheck, case: Case) -> str:
    debit, credit = (rupiah(figure.amount) for figure in case.figures)
    return f"Neraca saldo tidak seimbang: debit Rp{debit}, kredit Rp{credit}."


def _saver_told(check: BookCheck, case: Case) -> str:
    name = check.savings[case.subject.split("/")[1]].member_name
    return f"Kartu dan buku simpanan {name} tidak sama."
