"""What an editor was shown of a record, leaf by leaf: the "rev" that `get` prints and `put` takes back.

Written as marks with the leaves they hold for: "c12:name,phone;e5:email". Leaves not named were not there.
"""

from collections.abc import Mapping

from kopdesk.domain.errors import InvalidField
from kopdesk.domain.layers import LeafLayers
from kopdesk.domain.marks import Mark

Seen = Mapping[str, Mark]


def seen_now(layers: Mapping[str, LeafLayers]) -> dict[str, Mark]:
    """What somebody who is shown the record now sees."""
    return {path: leaf.mark for path, leaf in layers.items()}


def seen_text(seen: Seen) -> str:
    """`seen` as text."""
    by_mark: dict[Mark, list[str]] = {}
    for path in sorted(seen):
        by_mark.setdefault(seen[path], []).append(path)
    return ";".join(f"{mark}:{','.join(by_mark[mark])}" for mark in sorted(by_mark))


def parse_seen(text: str) -> dict[str, Mark]:
    """The reverse of `seen_text`; raises InvalidField."""
    seen: dict[str, Mark] = {}
    for part in text.split(";") if text else ():
        mark, colon, paths = part.partition(":")
        if not colon:
            raise InvalidField("rev", "bad_mark", part)
        seen |= dict.fromkeys(paths.split(","), Mark.parse(mark))
    return seen
