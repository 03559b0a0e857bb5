"""Writes what SWIG needs to know of the headers: which parameters have which shape, and which headers to read."""
from __future__ import annotations

import re

from headers import Interface
from rules import COLUMN_STRUCTS, Argument, Call, calls, free_function, visible_members

_SCALAR_C = {"id": "pz_id", "int32": "int32_t", "int64": "int64_t", "uint64": "uint64_t", "real": "double", "time": "pz_time", "date": "pz_date"}
_CONVERT = {
    "python": {"id": "pzb_id_out", "int32": "PyLong_FromLong", "int64": "PyLong_FromLongLong", "uint64": "PyLong_FromUnsignedLongLong",
               "real": "pzb_real_out", "time": "pzb_time_out", "date": "pzb_date_out"},
    "php": {name: f"pzb_{name}_out" for name in _SCALAR_C},
}
_PARENT = {"python": "swig_obj[0]", "php": "&args[0]"}
_ELEMENTS = {"d": "double", "i": "int32_t", "q": "int64_t", "t": "pz_time"}
_COLUMN_CODES = {"pz_id": "q", "int64_t": "q", "int32_t": "i", "double": "d", "pz_time": "t"}


def headers(interface: Interface) -> str:
    """The headers in the order of their dependence; those that are not there yet are left out."""
    seen = dict.fromkeys(f.header for f in interface.functions)
    return "".join(f'%include "personalize/{name}"\n' for name in seen)


def shapes(interface: Interface, language: str) -> str:
    """One line for each shape, in the order in which SWIG must see them: handles and records before what uses them."""
    lines: dict[str, None] = {}
    for handle in interface.handles:
        free = free_function(interface, handle)
        lines[f"%pz_handle({handle})" + (f"\n%ignore {free.name};" if free else "")] = None
    for call in calls(interface):
        for line in _call_lines(interface, call, language):
            lines[line] = None
    return "\n".join(lines) + "\n"


def _call_lines(interface: Interface, call: Call, language: str) -> list[str]:
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
        elif argument.role == "matrix":
            lines.append(f"%pz_matrix({_ELEMENTS[argument.type]}, {argument.name}, {argument.kind}rows, {argument.kind}cols, '{argument.type}')")
        elif argument.role == "alone":
            lines.append(f"%pz_array_alone({_ELEMENTS[argument.type]}, {argument.name}, {argument.kind}, '{argument.type}')")
    if arrays:
        lines.append(_arrays(call, arrays, language))
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
            free = free_function(interface, result.type)
            lines.append(f"%pz_out_handle({result.type}, {result.name}, {free.name if free else ''}, {parent})")
        elif result.role == "array":
            lines.append(f"%pz_out_array({_ELEMENTS[result.type]}, {result.name}, '{result.type}')")
    return lines


def _arrays(call: Call, arrays: list[Argument], language: str) -> str:
    """Arrays that share their number of rows come as one argument, a tuple or list of arrays."""
    types = {p.name: p.type.removeprefix("const ").rstrip(" *") for p in call.function.parameters}
    pattern = "(" + ", ".join(f"const {types[a.name]} *{a.name}" for a in arrays) + ", size_t rows)"
    names = ", ".join(f'"{a.name}"' for a in arrays)
    codes = "".join(a.type for a in arrays)
    taken = "\n".join(f"    ${i + 1} = ({types[a.name]} *)data[{i}];" for i, a in enumerate(arrays))
    given = "$input" if language == "python" else "&$input"
    return f"""%typemap(in) {pattern} (pzb_arena arena = {{NULL}}) {{
    static const char *const names[] = {{{names}}};
    const void *data[{len(arrays)}];
    size_t count;
    if (pzb_arrays_in({given}, names, "{codes}", {len(arrays)}, &arena, data, &count) < 0) SWIG_fail;
{taken}
    ${len(arrays) + 1} = count;
}}
%typemap(argout) {pattern} ""
%typemap(freearg) {pattern} "pzb_arena_free(&arena$argnum);"
"""


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
