"""What the tests of the Python binding share: a folder for each test, and blocks of memory counted."""
import gc
import os
import tempfile
import unittest
from datetime import datetime, timedelta, timezone
from pathlib import Path

import personalize

SOURCE = Path(os.environ.get("PERSONALIZE_SOURCE", Path(__file__).parents[3]))
START = datetime(2026, 9, 1, 8, 0, tzinfo=timezone.utc)


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self, now=START):
        self.now = now

    def __call__(self):
        return self.now

    def move(self, **span):
        self.now += timedelta(**span)


class Case(unittest.TestCase):
    """A test with a folder of its own. At its end the library holds as many blocks of memory as before."""

    def setUp(self):
        gc.collect()
        self._blocks = personalize.memory_blocks()
        self._folder = tempfile.TemporaryDirectory()
        self.folder = Path(self._folder.name)

    def run(self, result=None):
        before = len(result.failures) + len(result.errors) if result else 0
        super().run(result)
        if result and before == len(result.failures) + len(result.errors) and hasattr(self, "_blocks"):
            gc.collect()
            left = personalize.memory_blocks() - self._blocks
            if left:
                result.addFailure(self, (AssertionError, AssertionError(f"{left} blocks of memory are left"), None))

    def doCleanups(self):
        super().doCleanups()
        if hasattr(self, "_folder"):
            self._folder.cleanup()
        return True

    def refused(self, error, call, *arguments, **named):
        """The exception of a call that must fail with exactly this class."""
        with self.assertRaises(error) as caught:
            call(*arguments, **named)
        self.assertIs(type(caught.exception), error, repr(caught.exception))
        return caught.exception


def main():
    unittest.main(verbosity=1)
