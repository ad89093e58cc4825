"""Stop early, and in words, on a Python that is too old."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - this runs before anything is installed
    sys.exit(f"Walktalk needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
