"""Where the packed program begins; the installed one begins at the same `main`."""

import sys

from kopdesk.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
