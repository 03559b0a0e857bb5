"""Writes what SWIG needs to know of the headers: which parameters have which shape, and which headers to read."""
from __future__ import annotations

import re

from headers import Interface
from rules import COLUMN_STRUCTS, INTERNAL, Call, calls, visible_members

_SCALAR_C = {"id": "pz_id", "int32": "int32_t", "int64": "int64_t", "uint64": "uint64_t", "real": "double", "time": "pz_time", "date": "pz_date"}
_CONVERT = {
    "python": {"id": "pzb_id_out", "int32": "PyLong_FromLong", "int64": "PyLong_FromLongLong", "uint64": "PyLong_FromUnsignedLongLong",
               "real": "pzb_real_out", "time": "pzb_time_out", "date": "pzb_date_out"},
    "php": {name: f"pzb_{name}_out" for name in _SCALAR_C},
}
_PARENT = {"python": "swig_obj[0]", "php": "&args[0]"}
_COLUMN_CODES = {"pz_id": "q", "int64_t": "q", "int32_t": "i", "double": "d", "pz_time": "t"}


def headers(interface: Interface) -> str:
    """The headers in the order of their dependence; those that are not there yet are left out."""
    seen = dict.fromkeys(f.header for f in interface.functions)
    return "".join(f'%include "personalize/{name}"\n' for name in seen)


def shapes(interface: Interface, language: str) -> str:
    """One line for each shape, in the order in which SWIG must see them: handles and records before what uses them."""
    lines: dict[str, None] = {}
    for handle in interface.handles:
        lines[f"%pz_handle({handle})"] = None
    for call in calls(interface):
        for line in _call_lines(call, language):
            lines[line] = None
    return "\n".join(lines) + "\n"


def _call_lines(call: Call, language: str) -> list[str]:
    lines = []
    arrays = []
    for argument in call.arguments:
        if argument.role == "text":
            lines.append(f"%pz_text({argument.name})")
        elif argument.role == "bool":
            lines.append(f"%pz_bool({argument.name})")
        elif argument.role == "record" and not any(r.role == "change" and r.name == argument.name for r in call.results):
            lines.append(f"%pz_record({argument.type})")
        elif argument.role == "records":
            lines.append(f"%pz_records({argument.type}, {argument.name})")
        elif argument.role == "columns":
            lines.append(f"%pz_columns({argument.type})")
        elif argument.role == "array":
            arrays.append(argument)
    if arrays:
        types = {p.name: p.type.removeprefix("const ").rstrip(" *") for p in call.function.parameters}
        inner = ", ".join(f"{types[a.name]}, {a.name}" for a in arrays)
        lines.append(f'%pz_arrays_{len(arrays)}({inner}, "{"".join(a.type for a in arrays)}")')
    for result in call.results:
        if result.role in _SCALAR_C:
            lines.append(f"%pz_out({_SCALAR_C[result.role]}, {result.name}, {_CONVERT[language][result.role]})")
        elif result.role == "rows":
            lines.append(f"%pz_out_rows({result.type})")
        elif result.role == "record":
            lines.append(f"%pz_out_record({result.type}, {result.name})")
        elif result.role == "fill":
            lines.append(f"%pz_fill_record({result.type}, {result.name})")
        elif result.role == "change":
            lines.append(f"%pz_change_record({result.type}, {result.name})")
        elif result.role == "columns":
            lines.append(f"%pz_out_columns({result.type}, {result.name})")
        elif result.role == "text" and result.name != "buffer":
            lines.append(f"%pz_out_text({result.name})")
        elif result.role == "handle" and result.type != "pz_store":
            parent = _PARENT[language] if call.owner else "NULL"
            lines.append(f"%pz_out_handle({result.type}, {result.name}, {parent})")
    return lines


def columns(interface: Interface) -> str:
    """Tables of the structs of columns, for the converter."""
    text = "/* Written from the headers at build time. */\n"
    for name in sorted(COLUMN_STRUCTS & set(interface.structs)):
        text += f"static const pzb_column {name}_columns[] = {{\n"
        for member in visible_members(interface.structs[name]):
            bare = re.fullmatch(r"const (\w+) \*", member.type)
            if bare:
                text += f'    {{"{member.name}", \'{_COLUMN_CODES[bare[1]]}\', offsetof({name}, {member.name})}},\n'
        text += "    {NULL, 0, 0},\n};\n"
    return text


def missing(interface: Interface, exported: set[str]) -> str:
    """Functions that the library does not have yet."""
    return "".join(f"%ignore {f.name};\n" for f in interface.functions if f.name not in exported and f.name not in INTERNAL)
