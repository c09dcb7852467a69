"""What happens to the ten cooperatives of Kutai Timur."""

from datetime import date as d

from kopdesk.sample.setting import Application, Plot, Request, Span

PLOTS = (
    Plot(  # the cash book stops in June
        village="Tanjung Manis",
        diligence=35,
        members=71,
        growth=2,
        principal=50_000,
        mandatory=10_000,
        shop_opened=d(2025, 11, 17),
        monthly_sales=12_000_000,
        sales_growth=0,
        account_opened=d(2025, 11, 5),
        nib_issued=d(2025, 10, 20),
        annual_meeting=d(2026, 3, 14),
        spans=(Span("stop", d(2026, 6, 10)), Span("konven", d(2025, 7, 1))),
        applications=(
            Application(
                "lpg_3kg", "lpg", "Pertamina Patra Niaga", d(2026, 4, 24), "rejected", d(2026, 5, 22)
            ),
            Application(
                "kerosene", "minyak_tanah", "Pertamina Patra Niaga", d(2026, 7, 3), "rejected", d(2026, 8, 7)
            ),
            Application("pln_agent", "pln", "PLN Sangatta", d(2026, 9, 4), "processed", d(2026, 9, 28)),
        ),
    ),
    Plot(  # thrives: groceries, LPG, water
        village="Peridan",
        diligence=88,
        rhythm=14,
        members=118,
        growth=6,
        principal=100_000,
        mandatory=20_000,
        shop_opened=d(2025, 10, 20),
        monthly_sales=24_000_000,
        sales_growth=4,
        account_opened=d(2025, 9, 8),
        nib_issued=d(2025, 9, 1),
        annual_meeting=d(2026, 1, 28),
        building=(d(2026, 2, 9), 100),
        plan="grows",
        spans=(
            Span("konven", d(2025, 7, 1)),
            Span("air", d(2026, 7, 1)),
            Span("usp", d(2026, 5, 11)),
            Span("rencana", d(2026, 5, 20)),
        ),
        applications=(
            Application("lpg_3kg", "lpg", "Pertamina Patra Niaga", d(2025, 12, 4), "approved", d(2026, 5, 4)),
            Application("rpk_agent", "rpk", "Bulog Sangatta", d(2025, 11, 12), "approved", d(2025, 12, 12)),
            Application("brilink_agent", "brilink", "BRI", d(2026, 5, 18), "approved", d(2026, 6, 15)),
        ),
        requests=(Request("lpdb", None, 300_000_000, 36, d(2026, 6, 29), "requested", 1, d(2026, 7, 10)),),
        second_assistant=True,
    ),
    Plot(  # chair and treasurer quarrel
        village="Benua Baru Ilir",
        diligence=52,
        rhythm=15,
        members=96,
        growth=3,
        principal=100_000,
        mandatory=15_000,
        shop_opened=d(2025, 11, 10),
        monthly_sales=21_000_000,
        sales_growth=1,
        account_opened=d(2025, 9, 22),
        nib_issued=d(2025, 9, 16),
        annual_meeting=d(2026, 2, 21),
        spans=(
            Span("konven", d(2025, 7, 1)),
            Span("ribut", d(2026, 5, 20), d(2026, 10, 28)),
            Span("usp", d(2026, 4, 20)),
        ),
        applications=(
            Application("brilink_agent", "brilink", "BRI", d(2025, 12, 1), "approved", d(2026, 4, 20)),
            Application("post_agent", "pos", "Pos Indonesia", d(2026, 6, 5), "rejected", d(2026, 7, 1)),
        ),
        requests=(
            Request("himbara", "bri", 500_000_000, 72, d(2025, 10, 13), "draft", 4, d(2025, 12, 2)),
            Request("lpdb", None, 150_000_000, 36, d(2026, 8, 24), "draft", 0),
        ),
    ),
    Plot(  # floods
        village="Tepian Terap",
        diligence=60,
        rhythm=19,
        members=58,
        growth=2,
        principal=50_000,
        mandatory=10_000,
        shop_opened=d(2026, 4, 27),
        monthly_sales=8_500_000,
        account_opened=d(2026, 4, 21),
        nib_issued=d(2025, 12, 8),
        annual_meeting=d(2026, 4, 18),
        spans=(
            Span("konven", d(2025, 7, 1)),
            Span("banjir", d(2025, 12, 10), d(2026, 1, 15)),
            Span("banjir", d(2026, 5, 25), d(2026, 8, 10)),
            Span("banjir", d(2026, 11, 5)),
        ),
        gaps=(
            (d(2025, 12, 8), d(2025, 12, 31)),
            (d(2026, 5, 6), d(2026, 6, 4)),
            (d(2026, 11, 2), d(2026, 11, 14)),
        ),
        applications=(
            Application("rpk_agent", "rpk", "Bulog Sangatta", d(2026, 6, 12), "rejected", d(2026, 7, 6)),
            Application("pln_agent", "pln", "PLN Sangatta", d(2026, 8, 14), "approved", d(2026, 9, 10)),
        ),
        requests=(Request("lpdb", None, 60_000_000, 12, d(2026, 9, 17), "draft", 5),),
    ),
    Plot(  # hardly ever visited
        village="Pulau Miang",
        diligence=30,
        rhythm=66,
        members=43,
        growth=1,
        principal=50_000,
        mandatory=10_000,
        spans=(Span("konven", d(2025, 7, 1)),),
        gaps=((d(2025, 11, 20), d(2025, 12, 31)), (d(2026, 6, 20), d(2026, 8, 5))),
        applications=(
            Application(
                "kerosene", "minyak_tanah", "Pertamina Patra Niaga", d(2026, 6, 15), "rejected", d(2026, 8, 3)
            ),
        ),
    ),
    Plot(  # quarrel about land, building stands still
        village="Manubar",
        diligence=58,
        members=83,
        growth=3,
        principal=75_000,
        mandatory=15_000,
        shop_opened=d(2026, 7, 13),
        monthly_sales=9_500_000,
        sales_growth=3,
        account_opened=d(2025, 11, 24),
        nib_issued=d(2025, 11, 3),
        annual_meeting=d(2026, 3, 28),
        building=(d(2026, 1, 19), 60),
        spans=(Span("konven", d(2025, 7, 1)), Span("tanah", d(2026, 4, 20), d(2026, 9, 30))),
        gaps=((d(2025, 12, 10), d(2025, 12, 31)),),
        applications=(
            Application(
                "lpg_3kg", "lpg", "Pertamina Patra Niaga", d(2026, 7, 27), "processed", d(2026, 8, 31)
            ),
            Application("bni46_agent", "bni", "BNI Sangatta", d(2026, 5, 8), "rejected", d(2026, 6, 2)),
        ),
        requests=(
            Request("himbara", "bri", 250_000_000, 60, d(2026, 5, 26), "requested", 2, d(2026, 6, 18)),
        ),
    ),
    Plot(  # officers moved away, no signal
        village="Tadoan",
        diligence=42,
        rhythm=27,
        members=47,
        growth=1,
        principal=50_000,
        mandatory=10_000,
        shop_opened=d(2026, 8, 10),
        monthly_sales=6_200_000,
        nib_issued=d(2026, 9, 1),
        spans=(Span("konven", d(2025, 7, 1)), Span("pindah", d(2026, 4, 1))),
        gaps=((d(2025, 11, 25), d(2025, 12, 31)), (d(2026, 11, 4), d(2026, 11, 18))),
        applications=(
            Application("rpk_agent", "rpk", "Bulog Sangatta", d(2026, 9, 21), "rejected", d(2026, 10, 19)),
        ),
    ),
    Plot(  # the key of the safe is stolen
        village="Susuk Dalam",
        diligence=63,
        rhythm=18,
        members=66,
        growth=2,
        principal=50_000,
        mandatory=10_000,
        shop_opened=d(2025, 12, 1),
        monthly_sales=11_500_000,
        account_opened=d(2025, 11, 13),
        nib_issued=d(2025, 11, 11),
        annual_meeting=d(2026, 2, 7),
        spans=(Span("konven", d(2025, 7, 1)), Span("kunci", d(2026, 8, 19))),
        gaps=((d(2025, 12, 12), d(2025, 12, 31)),),
        applications=(
            Application(
                "lpg_3kg", "lpg", "Pertamina Patra Niaga", d(2026, 4, 30), "rejected", d(2026, 5, 29)
            ),
            Application("brilink_agent", "brilink", "BRI", d(2026, 7, 6), "approved", d(2026, 8, 3)),
        ),
        requests=(Request("lpdb", None, 75_000_000, 12, d(2026, 7, 20), "requested", 6, d(2026, 8, 5)),),
    ),
    Plot(  # fertiliser goes well; the plan's instalment is larger than the profit
        village="Sika Makmur",
        diligence=77,
        rhythm=15,
        members=134,
        growth=5,
        principal=100_000,
        mandatory=25_000,
        shop_opened=d(2025, 11, 3),
        monthly_sales=28_000_000,
        sales_growth=2,
        account_opened=d(2025, 9, 15),
        nib_issued=d(2025, 9, 9),
        annual_meeting=d(2026, 1, 31),
        building=(d(2026, 3, 2), 85),
        plan="too_heavy",
        spans=(Span("konven", d(2025, 7, 1)), Span("usp", d(2026, 6, 1)), Span("rencana", d(2026, 7, 6))),
        applications=(
            Application(
                "fertiliser_kiosk", "pupuk", "Pupuk Indonesia", d(2025, 12, 9), "approved", d(2026, 5, 12)
            ),
            Application("bni46_agent", "bni", "BNI", d(2026, 6, 8), "rejected", d(2026, 7, 2)),
            Application("rpk_agent", "rpk", "Bulog Samarinda", d(2026, 4, 17), "approved", d(2026, 5, 26)),
        ),
        requests=(
            Request("himbara", "bri", 1_200_000_000, 72, d(2026, 7, 28), "draft", 3),
            Request("himbara", "bri", 2_500_000_000, 72, d(2025, 10, 8), "draft", 4, d(2025, 12, 1)),
        ),
        second_assistant=True,
    ),
    Plot(  # members in book, on cards and online never agree
        village="Mukti Utama",
        diligence=57,
        members=142,
        growth=4,
        muddled_members=True,
        principal=75_000,
        mandatory=15_000,
        shop_opened=d(2026, 5, 18),
        monthly_sales=10_000_000,
        sales_growth=3,
        account_opened=d(2025, 10, 6),
        nib_issued=d(2025, 9, 30),
        annual_meeting=d(2026, 3, 7),
        spans=(Span("konven", d(2025, 7, 1)),),
        gaps=((d(2025, 12, 15), d(2025, 12, 31)),),
        applications=(
            Application(
                "lpg_3kg", "lpg", "Pertamina Patra Niaga", d(2026, 5, 25), "rejected", d(2026, 6, 22)
            ),
            Application("post_agent", "pos", "Pos Indonesia", d(2026, 6, 3), "rejected", d(2026, 7, 8)),
            Application(
                "fertiliser_kiosk", "pupuk", "Pupuk Indonesia", d(2026, 8, 20), "processed", d(2026, 9, 25)
            ),
        ),
        requests=(Request("himbara", "bri", 100_000_000, 48, d(2026, 9, 2), "requested", 2, d(2026, 9, 30)),),
    ),
)
