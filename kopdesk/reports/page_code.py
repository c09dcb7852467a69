"""A short code of what stands on a page: a page whose figures were changed has another one."""

import json
from collections.abc import Mapping
from hashlib import blake2b

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: nothing that is mistaken for something else when it is read aloud."""


def with_code(facts: Mapping[str, object]) -> dict[str, object]:
    """The facts of a page and, as `code`, eight letters that follow from all of them: "7QF2-M9DK".

    Whoever has the record prints it again and compares; 40 bits are enough to catch a changed figure, and no
    signature.
    """
    plain = {name: value for name, value in facts.items() if name != "code"}
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    number = int.from_bytes(blake2b(text.encode(), digest_size=5).digest(), "big")
    letters = "".join(_ALPHABET[number >> 5 * place & 31] for place in range(7, -1, -1))
    return {**plain, "code": f"{letters[:4]}-{letters[4:]}"}
