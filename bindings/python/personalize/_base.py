"""What all of the binding stands on: records, ids, and the arguments of calls."""
from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Iterable, Iterator, Sequence, TypeVar, Union

from . import _native
from ._errors import Error, InvalidError, WrongTypeError

#: An id: the library's own (an int), an outside id (a str, or the name of its source and a str), or a record that has an id.
Id = Union[int, str, "tuple[str, str]", "Record"]
#: A moment: a datetime with a time zone, text such as "2026-11-24T08:30:00Z", or microseconds since 1970 in UTC.
Time = Union[datetime, str, int]
#: A day: a date, or text such as "2026-11-24".
Day = Union[date, str]
#: Numbers: a NumPy array, anything with the buffer protocol, or a sequence.
Numbers = Any


class Record:
    """A record of the library. Its members are attributes; what is not there is None."""

    __slots__: tuple[str, ...] = ()
    _c_name = ""
    _kinds: dict[str, Any] = {}
    _enums: dict[str, Any] = {}

    def __init__(self, **members: Any) -> None:
        for name, value in _native.record_initial(self._c_name).items():
            setattr(self, name, members.pop(name, value))
        for name in members:
            raise unknown_member(type(self), name)

    def to_dict(self) -> dict[str, Any]:
        """The members by name."""
        return {name: getattr(self, name) for name in self.__slots__}

    def replace(self, **members: Any) -> Any:
        """A copy with other values of some members."""
        copy = type(self).__new__(type(self))
        for name in self.__slots__:
            setattr(copy, name, members.pop(name) if name in members else getattr(self, name))
        for name in members:
            raise unknown_member(type(self), name)
        return copy

    def __eq__(self, other: object) -> bool:
        return self.to_dict() == other.to_dict() if type(other) is type(self) else NotImplemented  # type: ignore[attr-defined]

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        shown = ", ".join(f"{n}={v!r}" for n, v in self.to_dict().items() if v is not None)
        return f"{type(self).__name__}({shown})"

    def __reduce__(self) -> Any:
        return _rebuilt, (type(self), self.to_dict())

    def __iter__(self) -> Iterator[Any]:
        raise WrongTypeError(f"a {type(self).__name__} is one record, not a list")


def _rebuilt(class_: type, members: dict[str, Any]) -> Any:
    return class_(**members)


def unknown_member(class_: type, name: str) -> Exception:
    known = ", ".join(class_.__slots__)  # type: ignore[attr-defined]
    return InvalidError(f"{class_.__name__} has no member {name!r}", name, f"its members are {known}")


# ------------------------------------------------------------------------------------------------------ arguments ---

def id_in(owner: Any, value: Any, kind: Any, name: str) -> Any:
    """The id that an argument or member ``name`` gives, as an int. Outside ids are looked up for the kinds of record that have them."""
    if type(value) is int or value is None:
        return value
    if isinstance(value, Record):
        return own_id(value)
    if isinstance(value, (str, tuple)) and isinstance(kind, int) and kind and owner is not None:
        source, text = outside_id(value, name)
        try:
            if owner._c_type == "pz_store":
                return _native.pz_store_person(owner._handle, source, text)
            return _native.pz_id_resolve(owner._handle, kind, source, text)
        except Error as error:
            raise named(error, name)
    return value


def named(error: Error, name: str) -> Error:
    """An error of the look-up of an outside id, said of the argument that holds the id."""
    if error.field in ("text", "texts", "source"):
        said = name if error.field != "source" else f"the source of {name}"
        error.args = (re.sub(rf"^(The text )?{error.field}\b", said, error.args[0]), *error.args[1:])
        error.field = name
    return error


def own_id(record: Record) -> int:
    found = getattr(record, "id", None)
    if found is None:
        raise InvalidError(f"this {type(record).__name__} has no id")
    return found


def outside_id(value: Any, name: str = "id") -> tuple[str | None, str]:
    if isinstance(value, str):
        return None, value
    if len(value) != 2 or not isinstance(value[0], (str, type(None))) or not isinstance(value[1], str):
        raise WrongTypeError(f"{name} must be an id, an outside id (a str), or a tuple of its source and an outside id", name)
    return value


def enum_in(class_: Any, value: Any) -> Any:
    """The value of an enumeration from its name in any spelling: "not_yet", "NOT_YET", "isChildOf"."""
    if not isinstance(value, str):
        return value
    wanted = value.replace("_", "").replace("-", "").lower()
    for name, member in class_.__members__.items():
        if name.replace("_", "").lower() == wanted:
            return member
    names = ", ".join(n.lower() for n in class_.__members__)
    raise InvalidError(f"{class_.__name__} has no value {value!r}", class_.__name__, f"its values are {names}")


def record_in(owner: Any, class_: Any, value: Any, members: dict[str, Any] | None) -> dict[str, Any] | None:
    """A record as a dict of its members under their names in C, with ids looked up."""
    if value is None:
        if not members:
            return None
        result = {}
    elif isinstance(value, class_):
        result = value.to_dict()
    elif isinstance(value, Mapping):
        result = dict(value)
    else:
        raise WrongTypeError(f"expected a {class_.__name__} or a dict of its members, not {type(value).__name__}")
    if members:
        result.update(members)
    if "from_" in result:
        result["from"] = result.pop("from_")
    for name, member in result.items():
        kind = class_._kinds.get(name)
        if kind is not None or isinstance(member, Record):
            result[name] = id_in(owner, member, kind, name)
        elif isinstance(member, str) and name in class_._enums:
            result[name] = int(enum_in(class_._enums[name], member))
    return result


def records_in(owner: Any, class_: Any, values: Any) -> list[Any] | None:
    if values is None:
        return None
    if isinstance(values, (str, bytes, Mapping, Record)) or not isinstance(values, Iterable):
        raise WrongTypeError(f"expected a list of {class_.__name__}, not {type(values).__name__}")
    try:
        rows = list(values)
    except TypeError:  # an array of NumPy without dimensions
        raise WrongTypeError(f"expected a list of {class_.__name__}, not {type(values).__name__}") from None
    return [record_in(owner, class_, value, None) if value is not None else None for value in rows]


def described(rows: Sequence[Any]) -> tuple[str, list[Any]]:
    """The name of the type of some records, and the records."""
    if isinstance(rows, (str, bytes, Mapping)) or not isinstance(rows, Sequence) or not all(isinstance(r, Record) for r in rows):
        raise WrongTypeError("expected a list of records")
    classes = {type(row) for row in rows}
    if len(classes) > 1:
        raise WrongTypeError("the records are of several types")
    class_ = classes.pop() if classes else None
    return (class_._c_name if class_ else "pz_mastery_state"), [record_in(None, class_, row, None) for row in rows]


def options_in(**options: Any) -> dict[str, Any]:
    """Options that were given; the rest keep the library's defaults."""
    return {name: value for name, value in options.items() if value is not None}


def json_in(document: Any) -> Any:
    """A JSON document as text, from text or from what it says."""
    if not isinstance(document, (Mapping, list)):
        return document
    try:
        return json.dumps(document, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise InvalidError(f"the document cannot be written as JSON: {error}") from None


def path_in(path: Any, name: str) -> Any:
    if isinstance(path, str):
        return path
    try:
        found = os.fspath(path)
    except TypeError:
        raise WrongTypeError(f"{name} must be a path, as a str or a path object, not {type(path).__name__}", name) from None
    return os.fsdecode(found)


# -------------------------------------------------------------------------------------------------------- handles ---

_Self = TypeVar("_Self")
_wrappers: dict[str, type] = {}


class Handled:
    """An object that holds a handle of the library. Closing it twice is harmless; using it afterwards is a ClosedError."""

    _handle: Any = None
    _c_type = ""

    def __init_subclass__(cls, **arguments: Any) -> None:
        super().__init_subclass__(**arguments)
        if cls._c_type:
            _wrappers.setdefault(cls._c_type, cls)

    def close(self) -> None:
        """Releases the handle. Leaving a ``with`` block does so as well."""
        _native.handle_close(self._handle)

    @property
    def closed(self) -> bool:
        return not _native.handle_is_open(self._handle)

    def __enter__(self: _Self) -> _Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<personalize.{type(self).__name__}{' closed' if self.closed else ''}>"

    def __reduce__(self) -> Any:
        raise WrongTypeError(f"a {type(self).__name__} can be neither copied nor pickled: open one where it is needed")


def wrap(c_type: str, handle: Any) -> Any:
    """The object for a handle that a call returned."""
    class_: Any = _wrappers[c_type]
    made = class_.__new__(class_)
    made._handle = handle
    return made


def handle_of(value: Any) -> Any:
    if isinstance(value, Handled):
        return value._handle
    if value is None:
        return None
    raise WrongTypeError(f"expected a handle of the library, not {type(value).__name__}")
