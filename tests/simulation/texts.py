"""Texts of words that occur only once in the world, so that every word can be followed."""

import re
from random import Random

from kopdesk.domain.values import Value

_TOKEN = re.compile(r"\bw[0-9a-f]{6}\b")


def tokens(text: Value) -> frozenset[str]:
    """The words of a text."""
    return frozenset(_TOKEN.findall(text)) if isinstance(text, str) else frozenset()


def has_a_word_twice(text: Value) -> bool:
    return isinstance(text, str) and len(_TOKEN.findall(text)) != len(tokens(text))


def typed_over(shown: Value, random: Random) -> str:
    """What somebody makes of the text he sees: a word more, a word other, now and then a word less."""
    words = shown.split(" ") if isinstance(shown, str) and shown else []
    new = f"w{random.getrandbits(24):06x}"
    at = random.randint(0, len(words))
    how = random.random()
    if not words:
        return f"{new} w{random.getrandbits(24):06x} w{random.getrandbits(24):06x}"
    if how < 0.55:
        words.insert(at, new)
    elif how < 0.9 or len(words) == 1:
        words[min(at, len(words) - 1)] = new
    else:
        del words[min(at, len(words) - 1)]
    return " ".join(words)
