"""Writes the Python modules that follow from the headers: enumerations, records, and one method or function for each function."""
from __future__ import annotations

import textwrap

from headers import Interface, Struct
from rules import LENGTHS, OPTION_STRUCTS, TRUTHS, Argument, Call, Result, calls, id_kind, member_enum, record_structs, visible_members
from words import class_name, error_name, is_flags, python_name, split_doc, spoken, value_names

_BANNER = '"""Written from the headers of libpersonalize when the binding is built."""\n'
_IN = {"id": "Id", "int32": "int", "int64": "int", "uint64": "int", "real": "float", "time": "Time", "date": "Day", "bool": "bool",
       "text": "str", "string": "str", "strings": "Sequence[str]", "array": "Numbers", "matrix": "Numbers", "alone": "Numbers", "size": "int", "length": "int", "recordlist": "Sequence[Record]"}
_OUT = {"id": "int", "int32": "bool", "int64": "int", "uint64": "int", "real": "float", "time": "datetime", "date": "date", "json": "Any",
        "text": "str", "ids": "Any"}
_MEMBER_OUT = {"pz_id": "int | None", "int32_t": "int", "int64_t": "int", "uint64_t": "int", "double": "float | None", "pz_time": "datetime | None",
               "pz_date": "date | None", "const char *": "str | None"}
_MEMBER_IN = {"pz_id": "Id | None", "int32_t": "int", "int64_t": "int", "uint64_t": "int", "double": "float | None", "pz_time": "Time | None",
              "pz_date": "Day | None", "const char *": "str | None"}
# Handles whose classes are written by hand, over generated methods.
HAND_WRITTEN = {"pz_store", "pz_actor"}
# Texts that are JSON documents: what they say may be given instead.
JSON_TEXTS = {"json", "settings", "mapping"}
# Members of option structs under other names, and those that no script sets.
OPTION_NAMES = {"key": "host_key"}
_OPTION_TYPES = {"host_key": "Callable[[KeyUse], bytes]", "clock": "Callable[[], Time]", "progress": "Callable[[float], object]",
                 "read_only": "bool", "dry_run": "bool", "demographics": "bool"}


def files(interface: Interface) -> dict[str, str]:
    return {
        "_enums.py": _enums(interface),
        "_exceptions.pyi": _exceptions(interface),
        "_records.py": _records(interface, stub=False),
        "_records.pyi": _records(interface, stub=True),
        "_methods.py": _methods(interface, stub=False),
        "_methods.pyi": _methods(interface, stub=True),
    }


# ------------------------------------------------------------------------------------------------------- enums ---

def _enums(interface: Interface) -> str:
    text = _BANNER + "from enum import IntEnum, IntFlag\n"
    names = []
    for enum in interface.enums.values():
        flags = is_flags(enum)
        names.append(class_name(enum.name))
        text += f"\n\nclass {names[-1]}({'IntFlag' if flags else 'IntEnum'}):\n"
        text += _docstring(spoken(enum.doc, interface, "python") or f"Values of ``{enum.name}``.", 4)
        short = value_names(enum)
        for value in enum.values:
            text += f"\n    {short[value.name]} = {value.value}"
            text += f"\n    {_quote(spoken(value.doc, interface, 'python'))}" if value.doc else ""
        text += "\n"
    return text + "\n\n__all__ = " + repr(names) + "\n"


def _exceptions(interface: Interface) -> str:
    """For type checkers: the classes that the library's own table of statuses makes."""
    also = {"PZ_E_NOT_FOUND": "LookupError", "PZ_E_IO": "OSError", "PZ_E_NOMEM": "MemoryError"}
    also.update(dict.fromkeys(("PZ_E_INVALID", "PZ_E_CLOSED", "PZ_E_TEXT", "PZ_E_TOO_LONG"), "ValueError"))
    text = _BANNER + "from ._errors import Error\n\n"
    names = []
    for value in interface.enums["pz_status"].values:
        if value.value:
            names.append(error_name(value.name, "Error"))
            text += f"class {names[-1]}(Error{', ' + also[value.name] if value.name in also else ''}): ...\n"
    return text + f"\n__all__ = {names!r}\n"


# ----------------------------------------------------------------------------------------------------- records ---

def _member_type(interface: Interface, struct: Struct, member, types: dict[str, str]) -> str:
    enum = member_enum(interface, member.doc, member.name) if member.type == "int32_t" else ""
    if enum:
        return f"{class_name(enum)} | None" if types is _MEMBER_OUT else f"{class_name(enum)} | str | None"
    if is_bool(member):
        return "bool"
    return types[member.type]


def is_bool(member) -> bool:
    return member.type == "int32_t" and member.name != "is_correct" and (member.name.startswith(("is_", "with_", "has_")) or member.name.endswith("_only")
                                         or member.name in ("ended", "enabled", "learner_agreed", "awaits_answer", "by_hand", "fragment", "holds",
                                                            "keep_best", "proven", "stopped"))


def _records(interface: Interface, stub: bool) -> str:
    text = _BANNER + "from __future__ import annotations\n\n"
    if stub:
        text += "from datetime import date, datetime\nfrom typing import Any\n\n"
        text += "from ._base import Day, Id, Record as Record, Time\n"
    else:
        text += "from . import _native\nfrom ._base import Record\n"
    text += "from ._enums import *\n"
    names = []
    for struct in record_structs(interface):
        name = class_name(struct.name)
        names.append(name)
        members = visible_members(struct)
        text += f"\n\nclass {name}(Record):\n"
        if stub:
            for member in members:
                text += f"    {python_name(member.name)}: {_member_type(interface, struct, member, _MEMBER_OUT)}\n"
            arguments = "".join(f", {python_name(m.name)}: {_member_type(interface, struct, m, _MEMBER_IN)} = ..." for m in members)
            text += f"    def __init__(self, *{arguments}) -> None: ...\n"
            text += f"    def replace(self, *{arguments}) -> {name}: ...  # type: ignore[override]\n"
            continue
        doc = spoken(struct.doc, interface, "python") + "\n\n"
        for member in members:
            doc += f"{python_name(member.name)}: {spoken(member.doc, interface, 'python') or plain(member.type)}\n"
        text += _docstring(doc, 4)
        text += f"    __slots__ = {tuple(python_name(m.name) for m in members)!r}\n"
        text += f"    _c_name = {struct.name!r}\n"
        kinds = {m.name: id_kind(struct.name, m.name) for m in members if m.type == "pz_id" and id_kind(struct.name, m.name)}
        text += "    _kinds = {" + ", ".join(f"{n!r}: Kind.{k}" for n, k in kinds.items()) + "}\n"
        enums = {m.name: member_enum(interface, m.doc, m.name) for m in members if m.type == "int32_t" and member_enum(interface, m.doc, m.name)}
        text += "    _enums = {" + ", ".join(f"{n!r}: {class_name(e)}" for n, e in enums.items()) + "}\n"
    if not stub:
        text += "\n\nfor _class in Record.__subclasses__():\n"
        text += "    _native.set_record_class(_class._c_name, _class, {n: {int(v): v for v in e} for n, e in _class._enums.items()})\n"
    text += f"\n\n__all__ = {names!r}\n"
    return text


def plain(kind: str) -> str:
    return {"pz_id": "id", "pz_time": "time", "pz_date": "day", "const char *": "text", "double": "number"}.get(kind, "number")


# ----------------------------------------------------------------------------------------------------- methods ---

def _methods(interface: Interface, stub: bool) -> str:
    all_calls = calls(interface)
    text = _BANNER + "from __future__ import annotations\n\n"
    if stub:
        text += "from datetime import date, datetime\nfrom os import PathLike\nfrom typing import Any, Callable, Mapping, Sequence\n\n"
        text += "from ._base import Day, Handled, Id, Numbers, Record, Time\nfrom ._columns import Evidence\n"
        text += "from ._enums import *\nfrom ._records import *\nfrom ._store import Actor, Store\n"
    else:
        text += "from . import _base, _columns, _native, _records\nfrom ._base import Handled, enum_in, id_in, path_in, record_in, records_in\n"
        text += "from ._enums import *\n"
    functions = [c for c in all_calls if not c.owner and c.makes in ("", "pz_store")]
    names = []
    for call in functions:
        text += "\n\n" + _function(interface, call, stub, "")
        names.append(call.name)
    for handle in interface.handles:
        owned = [c for c in all_calls if c.owner == handle]
        if handle in HAND_WRITTEN:
            text += f"\n\nclass {class_name(handle)}Methods:\n"
            text += "" if stub else f'    """One method for each function of ``{handle}``."""\n\n    _handle = None\n'
        else:
            names.append(class_name(handle))
            text += f"\n\nclass {class_name(handle)}(Handled):\n"
            if not stub:
                text += _docstring(spoken(interface.handles[handle], interface, "python"), 4) + f"\n    _c_type = {handle!r}\n"
            for call in all_calls:
                if call.makes == handle:
                    text += "\n    @staticmethod\n" + _function(interface, call, stub, "    ")
        text += "    ...\n" if stub and not owned else ""
        for call in owned:
            text += "\n" + _function(interface, call, stub, "    ")
    return text + f"\n\n__all__ = {[n for n in names if not n.startswith('store_')]!r}\n"


def members_of(call: Call) -> Argument | None:
    """The one record or struct of options whose members may be given by name."""
    found = [a for a in call.arguments if a.role in ("record", "columns", "options")]
    return found[0] if len(found) == 1 and not found[0].required else None


def option_members(interface: Interface, struct: str) -> list[tuple[str, str]]:
    """Names and annotations of a struct of options."""
    result = []
    for member in visible_members(interface.structs[struct]):
        if member.name.endswith("_data"):
            continue
        name = OPTION_NAMES.get(member.name, member.name)
        enum = member_enum(interface, member.doc, member.name) if member.type == "int32_t" else ""
        kind = _OPTION_TYPES.get(name) or (f"{class_name(enum)} | str" if enum else {"const char *": "str"}.get(member.type, "int"))
        result.append((name, kind))
    return result


def _function(interface: Interface, call: Call, stub: bool, indent: str) -> str:
    name = python_name(call.name)
    signature = _signature(interface, call, stub)
    if stub:
        return f"{indent}def {name}({signature}) -> {_returns(call)}: ...\n"
    text = f"{indent}def {name}({signature}):\n"
    text += _docstring(_doc(interface, call), len(indent) + 4)
    return text + textwrap.indent(_body(interface, call), indent + "    ")


def _signature(interface: Interface, call: Call, stub: bool) -> str:
    positional, by_name = (["self"] if call.owner else []), []
    expanded = members_of(call)
    equals = " = " if stub else "="
    for argument in call.arguments:
        if call.is_owner(argument):
            continue
        kind = ""
        if stub:
            kind = _annotation(argument)
            if argument.nullable or not argument.required and argument.default is None:
                kind += " | None"
            kind = ": " + kind
        name = python_name(argument.name)
        if argument is expanded and argument.role == "options":
            continue
        if argument.late and not argument.required:
            by_name.append(f"{name}{kind}{equals}None")
        elif argument.required:
            positional.append(f"{name}{kind}")
        else:
            positional.append(f"{name}{kind}{equals}{argument.default!r}")
    members = ""
    if expanded is not None:
        if expanded.role == "options":
            by_name += [f"{n}: {k} | None = None" if stub else f"{n}=None" for n, k in option_members(interface, expanded.type)]
        elif stub:
            struct = interface.structs[expanded.type]
            taken = {a.name for a in call.arguments} | ({"rows", "sequence", "change", "prediction"} if expanded.role == "columns" else set())
            for member in visible_members(struct):
                if member.name not in taken:
                    kind = "Any" if expanded.role == "columns" else _member_type(interface, struct, member, _MEMBER_IN)
                    by_name.append(f"{python_name(member.name)}: {kind} = ...")
        else:
            members = "**members"
    return ", ".join(positional + (["*"] + by_name if by_name else []) + ([members] if members else []))


def _annotation(argument: Argument) -> str:
    if argument.role == "enum":
        return f"{class_name(argument.type)} | str"
    if argument.role == "options":
        return ""
    if argument.role == "record":
        return f"{class_name(argument.type)} | Mapping[str, Any]"
    if argument.role == "records":
        return f"Sequence[{class_name(argument.type)} | Mapping[str, Any]]"
    if argument.role == "columns":
        return f"{class_name(argument.type)} | Mapping[str, Any]"
    if argument.role == "callback":
        return "Callable[..., object]"
    if argument.role == "handle":
        return class_name(argument.type)
    if argument.role == "text" and argument.name in JSON_TEXTS:
        return "str | Mapping[str, Any]"
    if argument.name in ("path", "backup"):
        return "str | PathLike[str]"
    return _IN[argument.role]


def _result_type(result: Result) -> str:
    if result.role == "int32":
        return "bool" if result.name in TRUTHS else "int"
    if result.role == "array":
        return "Any"
    if result.role == "rows":
        return f"list[{class_name(result.type)}]"
    if result.role in ("record", "fill", "change", "columns", "handle"):
        return class_name(result.type)
    return _OUT[result.role]


def _returns(call: Call) -> str:
    if call.function.returns != "pz_status":
        return {"const char *": "str", "int32_t": "int", "int64_t": "int", "double": "float | None"}.get(call.function.returns, "None")
    kinds = [_result_type(r) for r in call.results]
    if call.makes == "pz_store":
        return "object"
    return "None" if not kinds else kinds[0] if len(kinds) == 1 else f"tuple[{', '.join(kinds)}]"


def _body(interface: Interface, call: Call) -> str:
    lines, arguments, arrays = [], [], []
    expanded = members_of(call)
    actor = "self" if call.owner == "pz_actor" else "None"
    if call.owner == "pz_store":
        actor = "self"
    for argument in call.arguments:
        name = python_name(argument.name)
        members = "members" if argument is expanded else "None"
        if argument.role == "handle":
            arguments.append("self._handle" if call.is_owner(argument) else f"_base.handle_of({name})")
        elif argument.role == "id":
            kind = argument.kind
            shown = f"Kind.{kind}" if kind and not kind.startswith("=") else kind[1:] or "0"
            if kind.startswith("="):
                shown = f"enum_in(Kind, {kind[1:]})"
            arguments.append(f"id_in({actor}, {name}, {shown}, {name!r})")
        elif argument.role == "enum":
            arguments.append(f"enum_in({class_name(argument.type)}, {name})")
        elif argument.role == "record":
            given = f"{{}} if {name} is None else {name}" if argument.type.endswith("_options") else name
            arguments.append(f"record_in({actor}, _records.{class_name(argument.type)}, {given}, {members})")
        elif argument.role == "records":
            arguments.append(f"records_in({actor}, _records.{class_name(argument.type)}, {name})")
        elif argument.role == "recordlist":
            arguments.append(f"_base.described({name})")
        elif argument.role == "columns":
            arguments.append(f"_columns.columns_in({actor}, {name}, {members})")
        elif argument.role == "length":
            continue  # it goes with the array that comes out
        elif argument.role == "matrix":
            arguments.append(f"_columns.matrix_in({name}, {argument.type!r})")
        elif argument.role == "alone":
            arguments.append(f"_columns.array_in({name}, {argument.type!r})")
        elif argument.role == "array":
            arrays.append(f"_columns.array_in({name}, {argument.type!r})")
            if len(arrays) == sum(1 for a in call.arguments if a.role == "array"):
                arguments.append(f"({', '.join(arrays)},)")
        elif argument.role == "options":
            inner = ", ".join(_option(interface, argument.type, n) for n, _ in option_members(interface, argument.type))
            arguments.append(f"_base.options_in({inner})")
        elif argument.role == "text" and argument.name in JSON_TEXTS:
            arguments.append(f"_base.json_in({name})")
        elif argument.name in ("path", "backup"):
            arguments.append(f"path_in({name}, {name!r})")
        else:
            arguments.append(name)
    sized = [a.name for a in call.arguments if a.role in ("array", "matrix")]
    for one in (r for r in call.results if r.role == "array"):
        if call.function.name in LENGTHS:
            arguments.append(LENGTHS[call.function.name][0])
        elif not sized:
            arguments.append("length")
        else:
            arguments.append(f"_columns.rows_of({', '.join(python_name(n) for n in sized)})")
    result = f"_native.{call.function.name}({', '.join(arguments)})"
    for index, one in enumerate(call.results):
        only = len(call.results) == 1
        if only and one.role == "handle" and call.makes != "pz_store":
            result = f"_base.wrap({one.type!r}, {result})"
        elif only and one.role == "columns":
            result = f"_columns.{class_name(one.type)}({result})"
        elif only and one.role in ("ids", "array"):
            result = f"_columns.array({result})"
        elif only and one.name in TRUTHS:
            result = f"bool({result})"
    if len(call.results) > 1 and all(r.role == "array" for r in call.results):
        result = f"tuple(map(_columns.array, {result}))"
    lines.append(f"return {result}")
    return "\n".join(lines) + "\n"


def _option(interface: Interface, struct: str, name: str) -> str:
    for member in visible_members(interface.structs[struct]):
        enum = member_enum(interface, member.doc, member.name) if member.type == "int32_t" else ""
        if member.name == name and enum:
            return f"{name}=enum_in({class_name(enum)}, {name})"
    return f"{name}={name}"


def _doc(interface: Interface, call: Call) -> str:
    text, parameters, returns = split_doc(call.function.doc)
    doc = spoken(text, interface, "python")
    expanded = members_of(call)
    if expanded is not None and expanded.role in ("record", "columns"):
        doc += f"\n\nMembers of :class:`{class_name(expanded.type)}` may be given by name, in place of ``{python_name(expanded.name)}`` or to change it."
    if any(a.role == "length" for a in call.arguments):
        doc += "\n\nlength: how many values come out"
    named = [f"{python_name(n)}: {spoken(d, interface, 'python')}" for n, d in parameters.items() if any(a.name == n for a in call.arguments)]
    if named:
        doc += "\n\n" + "\n".join(named)
    raised = spoken(returns, interface, "python").removeprefix("success; ").removeprefix("success").strip("; ")
    if raised:
        doc += "\n\nRaises: " + raised
    return doc


def _docstring(text: str, indent: int) -> str:
    pad = " " * indent
    text = text.replace("\\", "\\\\").replace('"""', "'''").strip()
    if "\n" not in text and len(text) < 110:
        return f'{pad}"""{text}"""\n'
    return f'{pad}"""' + textwrap.indent(text, pad).strip() + f'\n{pad}"""\n'


def _quote(text: str) -> str:
    return '"""' + text.replace("\\", "\\\\").replace('"', "'") + '"""'
