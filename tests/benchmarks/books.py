"""The bookkeeping check, measured: python -m tests.benchmarks.books."""

from tests.benchmarks.checks import milliseconds
from tests.benchmarks.grid import ROWS, longest_stretch_ms

if __name__ == "__main__":
    print(f"twelve tests of a check: {milliseconds():.2f} ms")
    print(f"{ROWS} rows pasted: longest stretch {longest_stretch_ms():.0f} ms")
