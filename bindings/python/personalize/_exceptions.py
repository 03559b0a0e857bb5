"""The exceptions by name."""
from ._errors import CLASSES

globals().update({c.__name__: c for c in CLASSES.values()})

__all__ = sorted(c.__name__ for c in CLASSES.values())
