"""Writes the table of what the names of C are called in the language, for what the library says in its messages and hints."""
from __future__ import annotations

from headers import Interface
from rules import NOT_RECORDS, OPTION_STRUCTS, Call, calls, free_function
from words import class_name, error_name, lower_camel, php_case, python_name, value_names

# Functions that are offered under shorter names.
_OFFERED = {"pz_store_create": "create", "pz_store_open": "open", "pz_store_restore": "restore", "pz_actor_open": "actor",
            "pz_actor_open_service": "service"}


def _function(call: Call, language: str) -> str:
    dot = "." if language == "python" else "::"
    if call.function.name in _OFFERED:
        return "Store" + dot + _OFFERED[call.function.name]
    name = python_name(call.name) if language == "python" else lower_camel(call.name)
    owner = call.owner or call.makes
    return class_name(owner) + dot + name if owner else name


def names(interface: Interface, language: str) -> dict[str, str]:
    """What each name of C is called."""
    dot, nothing = (".", "None") if language == "python" else ("::", "null")
    said = {name: nothing for name in ("NULL", "NaN", "PZ_TIME_NONE", "PZ_DATE_NONE", "PZ_REAL_NONE")}
    for enum in interface.enums.values():
        said[enum.name] = said[enum.name.upper()] = class_name(enum.name)
        for c_name, short in value_names(enum).items():
            said[c_name] = class_name(enum.name) + dot + (short if language == "python" else php_case(short))
            if c_name.startswith("PZ_E_"):
                said[c_name] = error_name(c_name, "Error" if language == "python" else "Exception")
    for struct in set(interface.structs) - NOT_RECORDS - OPTION_STRUCTS:
        said[struct] = class_name(struct)
    for handle in interface.handles:
        said[handle] = class_name(handle)
        free = free_function(interface, handle)
        if free:
            said[free.name] = class_name(handle) + dot + "close"
    for call in calls(interface):
        said[call.function.name] = _function(call, language)
    return said


def table(interface: Interface, language: str) -> str:
    rows = sorted(names(interface, language).items())
    text = "/* Written from the headers at build time. Sorted by the bytes of the names. */\nstatic const said_name names[] = {\n"
    return text + "".join(f'    {{"{name}", "{said}"}},\n' for name, said in rows) + "};\n"
