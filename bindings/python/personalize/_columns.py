"""Columns of numbers: NumPy arrays, buffers and sequences in, NumPy arrays out where NumPy is there, memoryviews otherwise."""
from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timezone
from typing import Any, Iterator

from . import _native
from ._base import Record, enum_in, id_in, named, outside_id
from ._enums import EvidenceKind, Kind
from ._errors import Error, InvalidError, WrongTypeError

_IDS = {"learner": Kind.PERSON, "competency": Kind.COMPETENCY, "assessment": Kind.ASSESSMENT, "item": Kind.ITEM}
_CODES = {"learner": "q", "competency": "q", "score": "d", "at": "t", "weight": "d", "kind": "i", "assessment": "q", "item": "q",
          "option": "i", "sequence": "q", "change": "q", "prediction": "d"}


def _numpy() -> Any:
    try:
        import numpy  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        return None
    return numpy


def array(column: Any) -> Any:
    """The numbers of a column, without copying them."""
    if column is None:
        return None
    numpy = _numpy()
    view = memoryview(column)
    if numpy is None:
        return view
    result = numpy.asarray(view)
    return result.view("datetime64[us]") if column.is_time else result


def array_in(values: Any, code: str) -> Any:
    """An array in the form that the native code takes without copying, where there is one."""
    numpy = sys.modules.get("numpy")
    if numpy is None:
        return values
    if not isinstance(values, numpy.ndarray):
        if not hasattr(values, "to_numpy"):
            return values
        values = values.to_numpy()
    if values.ndim != 1:
        raise WrongTypeError(f"expected an array of one dimension, not of {values.ndim}")
    if isinstance(values, numpy.ma.MaskedArray):
        values = _unmasked(values, code, None)
    if values.dtype.kind == "M":
        if code != "t":
            raise WrongTypeError("times where numbers are expected")
        return values.astype("datetime64[us]").view("int64")
    wanted = {"d": "float64", "i": "int32"}.get(code, "int64")
    if values.dtype.kind in "iu" + ("f" if code == "d" else "") and numpy.can_cast(values.dtype, wanted, "safe"):
        return numpy.ascontiguousarray(values, dtype=wanted)
    return values.tolist()


def _unmasked(values: Any, code: str, missing: int | None) -> Any:
    """A masked array with what stands for no value where it is masked: NaN among real numbers, ``missing`` among whole ones."""
    numpy = sys.modules["numpy"]
    if not numpy.ma.is_masked(values):
        return values.data
    if code == "d" and values.dtype.kind in "iuf":
        return values.astype("float64").filled(numpy.nan)
    if code == "i" and missing is not None and values.dtype.kind in "iu":
        return values.astype("int64").filled(missing)
    place = int(numpy.argmax(numpy.ma.getmaskarray(values).ravel()))
    raise InvalidError(f"value {place} is masked, and none can be missing here: take such rows out, or fill() the array")


def matrix_in(values: Any, code: str) -> Any:
    """A matrix in the form that the native code takes without copying, where there is one."""
    numpy = sys.modules.get("numpy")
    if numpy is None:
        return values
    if hasattr(values, "to_numpy"):
        values = values.to_numpy()
    if not isinstance(values, numpy.ndarray):
        if isinstance(values, (list, tuple)) and any(isinstance(row, numpy.ma.MaskedArray) and row.ndim == 1 for row in values):
            return [_unmasked(row, code, -1).tolist() if isinstance(row, numpy.ma.MaskedArray) else row for row in values]
        return values
    if isinstance(values, numpy.ma.MaskedArray) and values.dtype.kind in "iuf":
        values = _unmasked(values, code, -1)
    if values.ndim != 2 or values.dtype.kind not in ("iuf" if code == "d" else "iu"):
        raise WrongTypeError(f"expected an array of two dimensions of numbers, not of {values.ndim} of {values.dtype}")
    if code == "i" and values.size and (values.max() > 2**31 - 1 or values.min() < -(2**31)):
        raise InvalidError("numbers are out of range: -2147483648 to 2147483647")
    return numpy.ascontiguousarray(values, dtype="float64" if code == "d" else "int32")


def rows_of(*arrays: Any) -> int:
    """How many rows arrays of equal length have."""
    return next((count for count in map(_length, arrays) if count is not None), 0)


def _length(column: Any) -> int | None:
    """How many values a column has; None: it is one value."""
    try:
        return len(column)
    except TypeError:  # an array of NumPy without dimensions has no length either
        return None


class Evidence:
    """A batch of evidence as columns of equal length.

    Columns that are None hold their default in every row, and one value instead of a column stands in every row. Columns that come from a store are NumPy arrays, with times as
    datetime64 in UTC; without NumPy they are memoryviews, with times in microseconds since 1970.

    learner, competency: ids
    score: share of what could be reached, 0 to 1
    at: when it was shown; None: now
    weight: above 0, up to 1; None: 1
    kind: EvidenceKind; None: RESPONSE
    assessment, item: ids; 0: none
    option: number of the chosen option; 0: none
    sequence, change: out: arrival order in the store, and the change that brought the row
    prediction: out of evidence_add_predicted() alone: the score that was to be expected before the answer was known
    """

    __slots__: tuple[str, ...] = tuple(_CODES)

    def __init__(self, columns: Mapping[str, Any] | None = None, /, **more: Any) -> None:
        if columns is not None and not isinstance(columns, Mapping):
            raise WrongTypeError(f"evidence must be columns by name, not {type(columns).__name__}")
        given = {**(columns or {}), **more}
        for name in self.__slots__:
            value = given.pop(name, None)
            setattr(self, name, array(value) if isinstance(value, _native.Column) else value)
        for name in given:
            raise InvalidError(f"there is no column {name!r}", name, "columns are " + ", ".join(_CODES))

    def to_dict(self) -> dict[str, Any]:
        """The columns by name, as a data frame takes them."""
        return {name: getattr(self, name) for name in self.__slots__ if getattr(self, name) is not None}

    def __len__(self) -> int:
        return _rows_of_columns(self.to_dict())

    def __iter__(self) -> Iterator[dict[str, Any]]:
        """The rows, each a dict."""
        columns = self.to_dict()
        rows = len(self)
        for values in zip(*(_repeated(column, rows) for column in columns.values())):
            yield dict(zip(columns, values))

    def __repr__(self) -> str:
        return f"<personalize.Evidence of {len(self)} rows: {', '.join(self.to_dict())}>"


def columns_in(owner: Any, value: Any, members: dict[str, Any] | None) -> dict[str, Any] | None:
    """Evidence, a dict or a data frame of columns as arrays of numbers; a single value holds for every row."""
    if value is None and not members:
        return None
    if isinstance(value, Evidence):
        columns = value.to_dict()
    elif value is None:
        columns = {}
    elif hasattr(value, "keys") and hasattr(value, "__getitem__"):
        columns = {name: value[name] for name in value.keys()}
    else:
        raise WrongTypeError(f"evidence must be columns by name, not {type(value).__name__}")
    columns.update(members or {})
    columns.pop("sequence", None)
    columns.pop("change", None)
    columns.pop("prediction", None)
    rows = _rows_of_columns(columns)
    return {name: _column_in(owner, name, column, rows) for name, column in columns.items() if column is not None}


def _rows_of_columns(columns: Mapping[str, Any]) -> int:
    """How many rows columns make; single values alone make one."""
    lengths = (_length(column) for column in columns.values() if not isinstance(column, str))
    return next((count for count in lengths if count is not None), 1 if columns else 0)


def _repeated(column: Any, rows: int) -> Any:
    """A single value as a column that holds it in every row."""
    if isinstance(column, (str, Record)) or _length(column) is None and not hasattr(column, "__buffer__"):
        return [column] * rows
    return column


def _column_in(owner: Any, name: str, column: Any, rows: int) -> Any:
    column = _repeated(column, rows)
    column = array_in(column, _CODES.get(name, "q"))
    if not isinstance(column, (list, tuple)):
        return column
    if name in _IDS and any(isinstance(one, (str, tuple, Record)) for one in column):
        return _ids_in(owner, column, _IDS[name], name)
    if name == "kind":
        return [enum_in(EvidenceKind, one) for one in column]
    return column


def _ids_in(owner: Any, column: Sequence[Any], kind: Kind, name: str) -> Any:
    """Looks up a column of outside ids, all of one source at once."""
    found = [one if not isinstance(one, (str, tuple)) else None for one in column]
    by_source: dict[str | None, list[int]] = {}
    for row, one in enumerate(column):
        if isinstance(one, (str, tuple)):
            by_source.setdefault(outside_id(one, name)[0], []).append(row)
        else:
            found[row] = id_in(owner, one, 0, name)
    for source, places in by_source.items():
        texts = [outside_id(column[row])[1] for row in places]
        try:
            for row, text, number in zip(places, texts, memoryview(_native.pz_id_resolve_many(owner._handle, kind, source, texts))):
                if not number:
                    _native.pz_id_resolve(owner._handle, kind, source, text)  # says what is wrong with it
                    raise InvalidError(f"row {row}: there is no {kind.name.lower()} with this outside id")
                found[row] = number
        except Error as error:
            raise named(error, name)
    return found


def columns(rows: Sequence[Record]) -> dict[str, Any]:
    """The members of a list of records as one array each, as a data frame takes them: ``pandas.DataFrame(columns(goals))``."""
    if isinstance(rows, (str, bytes)) or not isinstance(rows, Sequence) or not all(isinstance(row, Record) for row in rows):
        raise WrongTypeError("expected a list of records")
    if len({type(row) for row in rows}) > 1:
        raise WrongTypeError("expected a list of records of one type")
    names: tuple[str, ...] = type(rows[0]).__slots__ if rows else ()
    return {name: _as_array([getattr(row, name) for row in rows]) for name in names}


def _as_array(values: list[Any]) -> Any:
    numpy = _numpy()
    kinds = {type(value) for value in values if value is not None}
    if numpy is None or len(kinds) != 1:
        return values
    kind = kinds.pop()
    if kind is datetime:
        naive = [None if value is None else value.astimezone(timezone.utc).replace(tzinfo=None) for value in values]
        return numpy.array(naive, dtype="datetime64[us]")
    if kind is date:
        return numpy.array(values, dtype="datetime64[D]")
    if kind is float:
        return numpy.array(values, dtype="float64")  # None becomes NaN
    if None in values or kind not in (int, bool):
        return numpy.array(values, dtype=object)
    return numpy.array(values)
