"""What deserves the attention of whoever runs the centre about somebody's laptop."""

from collections.abc import Sequence
from datetime import datetime

from kopdesk.domain.zones import Zone, business_date
from kopdesk.wording.catalogue import _
from kopdesk.wording.dates import short_date
from kopdesk.wording.figures import span
from kopdesk.wording.shortening import shortened

_MOST_NAMED = 5


def rewind_sentence(laptops: Sequence[tuple[str, str]], at: datetime) -> str:
    """That this server was put back to an older state; `laptops`: name and login of those that noticed."""
    named = ", ".join(
        f"{shortened(name, 30)} ({shortened(login, 20)})" for name, login in laptops[:_MOST_NAMED]
    )
    return _(
        "Data server ini pernah mundur ke keadaan lama, terakhir diketahui {date} oleh {laptops}. "
        "Laptop mengirim kembali yang ada padanya; minta semua pendamping menyinkronkan laptopnya."
    ).format(
        date=short_date(business_date(at, Zone.WIB)),
        laptops=named + (", …" if len(laptops) > _MOST_NAMED else ""),
    )


def copy_sentence(name: str, login: str, at: datetime) -> str:
    """That two laptops, or a laptop and its old backup, have worked as one; `at`: noticed last."""
    return _(
        "Laptop {name} ({login}) punya salinan, terakhir terlihat {date}. "
        "Tidak ada isian yang hilang; tanyakan siapa yang menyalin laptop itu atau memulihkan data lamanya."
    ).format(**_whose(name, login), date=short_date(business_date(at, Zone.WIB)))


def clock_sentence(name: str, login: str, off_seconds: int) -> str:
    """That a laptop's clock was wrong, and by how much."""
    return _(
        "Jam laptop {name} ({login}) meleset {span} saat terakhir terhubung. "
        "Minta pemakainya membetulkan tanggal dan jamnya."
    ).format(**_whose(name, login), span=span(abs(off_seconds)))


def _whose(name: str, login: str) -> dict[str, str]:
    return {"name": shortened(name, 40), "login": shortened(login, 40)}
