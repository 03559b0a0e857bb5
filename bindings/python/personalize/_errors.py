"""Exceptions. There is one for each status of the library, made from its own table."""
from __future__ import annotations

from typing import Any

from . import _native


class Error(Exception):
    """Anything that libpersonalize refuses or fails at. The message says what was wrong, where, and what the limit is."""

    status: int = 0  #: number of the status
    name: str = ""  #: name of the status in C, such as "PZ_E_NOT_FOUND"
    kind: str = ""  #: "call", "rights", "state", "input", "computation" or "store"

    def __init__(self, message: str = "", field: str = "", hint: str = "", document: Any = None) -> None:
        super().__init__(message)
        self.field = field  #: the argument or member at fault, or ""
        self.hint = hint  #: what to do next, or ""
        self.document = document  #: the report that came with the failure, such as the faults of an import, or None

    def __str__(self) -> str:
        message = str(self.args[0]) if self.args else ""
        return f"{message} ({self.hint})" if self.hint else message

    def __reduce__(self):
        return type(self), (self.args[0] if self.args else "", self.field, self.hint, self.document)


# What the exceptions are in Python's own terms, so that ordinary code catches them as well.
_ALSO = {
    "PZ_E_INVALID": ValueError, "PZ_E_CLOSED": ValueError, "PZ_E_TEXT": ValueError, "PZ_E_TOO_LONG": ValueError,
    "PZ_E_NOT_FOUND": LookupError, "PZ_E_IO": OSError, "PZ_E_NOMEM": MemoryError,
}


def _make() -> dict[int, type[Error]]:
    classes: dict[int, type[Error]] = {}
    for status, name, kind, meaning, python_class in _native.status_rows():
        if status == 0:
            continue
        bases = (Error, _ALSO[name]) if name in _ALSO else (Error,)
        members = {"status": status, "name": name, "kind": kind, "__doc__": meaning, "__module__": "personalize"}
        classes[status] = type(python_class, bases, members)
    return classes


CLASSES = _make()
BY_NAME = {c.name: c for c in CLASSES.values()}
InvalidError = BY_NAME["PZ_E_INVALID"]
ClosedError = BY_NAME["PZ_E_CLOSED"]


class WrongTypeError(InvalidError, TypeError):  # type: ignore[valid-type,misc]
    """An argument is of a type that cannot be meant."""


WrongTypeError.__module__ = "personalize"
Error.__module__ = "personalize"
_native.set_errors(CLASSES, WrongTypeError)
