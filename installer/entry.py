"""Where the packed program begins; the installed one begins at the same `main`."""

import sys
from multiprocessing import freeze_support

from kopdesk.__main__ import main

if __name__ == "__main__":
    freeze_support()  # the packed program is started again for work in a process of its own
    sys.exit(main())
