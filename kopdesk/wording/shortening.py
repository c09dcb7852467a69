"""Text from elsewhere, made fit to stand in a sentence."""


def shortened(text: str, most: int, *, keep_end: bool = False) -> str:
    """One line of at most `most` characters, with … where something was left out."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    return "…" + line[1 - most :] if keep_end else line[: most - 1].rstrip() + "…"
