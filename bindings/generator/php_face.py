"""Writes the PHP files that follow from the headers: enumerations, records, and one method or function for each function."""
from __future__ import annotations

import textwrap

from headers import Interface, Struct
from rules import LENGTHS, TRUTHS, Argument, Call, Result, calls, id_kind, member_enum, record_structs, visible_members
from words import class_name, is_flags, lower_camel, php_case, split_doc, spoken, value_names
from python_face import HAND_WRITTEN, JSON_TEXTS, is_bool, members_of, option_members, plain

_BANNER = "<?php\n// Written from the headers of libpersonalize when the binding is built.\ndeclare(strict_types=1);\n\nnamespace Personalize;\n"
_IN = {"id": "int|string|array|Record", "int32": "int", "int64": "int", "uint64": "int", "real": "int|float", "time": "\\DateTimeInterface|string|int",
       "date": "\\DateTimeInterface|string", "bool": "bool", "text": "string", "string": "string", "strings": "list<string>",
       "array": "list<int|float>|string", "matrix": "list<list<int|float>>", "alone": "list<int|float>|string", "size": "int", "length": "int", "recordlist": "list<Record>"}
_OUT = {"id": "?int", "int32": "bool", "int64": "int", "uint64": "int", "real": "?float", "time": "?\\DateTimeImmutable",
        "date": "?\\DateTimeImmutable", "json": "array", "text": "string", "ids": "array"}
_MEMBER = {"pz_id": "?int", "int32_t": "?int", "int64_t": "?int", "uint64_t": "?int", "double": "?float", "pz_time": "?\\DateTimeImmutable",
           "pz_date": "?\\DateTimeImmutable", "const char *": "?string"}


def files(interface: Interface) -> dict[str, str]:
    all_calls = calls(interface)
    result = {"Enums.php": _enums(interface), "Records.php": _records(interface), "functions.php": _functions(interface, all_calls)}
    result["Handles.php"] = _BANNER
    for handle in interface.handles:
        owned = [c for c in all_calls if c.owner == handle]
        if handle not in HAND_WRITTEN:
            made = [_function(interface, c, "    ", "public static function ") for c in all_calls if c.makes == handle]
            made += [_function(interface, c, "    ", "public function ") for c in owned]
            result["Handles.php"] += "\n" + _comment(spoken(interface.handles[handle], interface, "php"), "")
            result["Handles.php"] += f"final class {class_name(handle)} extends Handled\n{{\n    private function __construct()\n    {{\n    }}\n\n"
            result["Handles.php"] += "\n".join(made) + "}\n"
            continue
        text = _BANNER + f"\n/** One method for each function of {handle}. */\ntrait {class_name(handle)}Methods\n{{\n"
        text += "\n".join(_function(interface, c, "    ", "public function ") for c in owned)
        result[f"{class_name(handle)}Methods.php"] = text + "}\n"
    return result


# ------------------------------------------------------------------------------------------------------- enums ---

def _enums(interface: Interface) -> str:
    text = _BANNER
    for enum in interface.enums.values():
        text += "\n" + _comment(spoken(enum.doc, interface, "php") or f"Values of {enum.name}.", "")
        text += f"enum {class_name(enum.name)}: int\n{{\n"
        short = value_names(enum)
        if is_flags(enum):
            text += "    /** A list of cases stands for all of them. */\n    public const COMBINE = true;\n\n"
        for value in enum.values:
            text += _comment(spoken(value.doc, interface, "php"), "    ") if value.doc else ""
            text += f"    case {php_case(short[value.name])} = {value.value};\n"
        text += "}\n"
    return text


# ----------------------------------------------------------------------------------------------------- records ---

def _records(interface: Interface) -> str:
    text = _BANNER
    for struct in record_structs(interface):
        members = visible_members(struct)
        text += "\n" + _comment(spoken(struct.doc, interface, "php"), "")
        text += f"final class {class_name(struct.name)} extends Record\n{{\n"
        text += f"    public const TYPE = '{struct.name}';\n"
        kinds = {m.name: id_kind(struct.name, m.name) for m in members if m.type == "pz_id" and id_kind(struct.name, m.name)}
        text += "    public const KINDS = [" + ", ".join(f"'{n}' => Kind::{php_case(k)}" for n, k in kinds.items()) + "];\n"
        enums = {m.name: member_enum(interface, m.doc, m.name) for m in members if m.type == "int32_t" and member_enum(interface, m.doc, m.name)}
        text += "    public const ENUMS = [" + ", ".join(f"'{n}' => {class_name(e)}::class" for n, e in enums.items()) + "];\n\n"
        for member in members:
            text += f"    /** {_one_line(spoken(member.doc, interface, 'php') or plain(member.type))} */\n"
            text += f"    public readonly {_member_type(member, enums, kinds)} ${member.name};\n"
        text += "\n    /** @param mixed ...$members by name; those left out have the library's initial values */\n"
        text += "    public function __construct(mixed ...$members)\n    {\n        $members = Binding::complete(self::class, $members);\n        try {\n"
        for member in members:
            value = f"$members['{member.name}']"
            if member.name in enums:
                value = f"Binding::case({class_name(enums[member.name])}::class, {value})"
            elif member.type == "pz_time":
                value = f"Binding::moment({value})"
            elif member.type == "pz_date":
                value = f"Binding::day({value})"
            text += f"            $this->{member.name} = {value};\n"
        text += "        } catch (\\TypeError $error) {\n            Binding::wrongMember(self::class, $error);\n        }\n    }\n}\n"
    return text


def _member_type(member, enums: dict[str, str], kinds: dict[str, str]) -> str:
    if member.name in enums:
        return "?" + class_name(enums[member.name])
    if member.name in kinds:
        return "int|string|array|null"
    return "?bool" if is_bool(member) else _MEMBER[member.type]


# ----------------------------------------------------------------------------------------------------- methods ---

def _functions(interface: Interface, all_calls: list[Call]) -> str:
    return _BANNER + "".join("\n" + _function(interface, c, "", "function ") for c in all_calls if not c.owner and c.makes in ("", "pz_store"))


def _function(interface: Interface, call: Call, indent: str, keyword: str) -> str:
    expanded = members_of(call)
    needed, optional, last = [], [], []
    for argument in call.arguments:
        if call.is_owner(argument) or argument is expanded and argument.role == "options":
            continue
        if argument.required:
            needed.append(f"mixed ${argument.name}")
        else:
            default = {None: "null", False: "false"}.get(argument.default, repr(argument.default)) if not isinstance(argument.default, (int, float)) \
                or isinstance(argument.default, bool) else repr(argument.default)
            (last if argument.late else optional).append(f"mixed ${argument.name} = {default}")
    optional += last
    if expanded is not None:
        if expanded.role == "options":
            optional += [f"mixed ${n} = null" for n, _ in option_members(interface, expanded.type)]
        else:
            optional.append("mixed ...$members")
    returns = _returns(call)
    body = _body(interface, call)
    text = _comment(_doc(interface, call, expanded), indent)
    text += f"{indent}{keyword}{lower_camel(call.name)}({', '.join(needed + optional)}): {returns}\n{indent}{{\n"
    return text + textwrap.indent(body, indent + "    ") + f"{indent}}}\n"


def _result_type(result: Result) -> str:
    if result.role == "int32":
        return "bool" if result.name in TRUTHS else "int"
    if result.role in ("rows", "array"):
        return "array"
    if result.role in ("record", "fill", "change", "columns", "handle"):
        return class_name(result.type)
    return _OUT[result.role]


def _returns(call: Call) -> str:
    if call.function.returns != "pz_status":
        return {"const char *": "string", "int32_t": "int", "int64_t": "int", "double": "?float"}.get(call.function.returns, "mixed")
    if call.makes == "pz_store":
        return "object"
    if len(call.results) > 1:
        return "array"
    return _result_type(call.results[0]) if call.results else "void"


def _body(interface: Interface, call: Call) -> str:
    owner = "$this" if call.owner in ("pz_actor", "pz_store") else "null"
    expanded = members_of(call)
    given, arrays = [], []
    for argument in call.arguments:
        value = f"${argument.name}"
        if argument.role == "length":
            continue  # it goes with the array that comes out
        if argument.role == "handle":
            given.append("$this->handle" if call.is_owner(argument) else f"Binding::handle({value})")
        elif argument.role == "id":
            kind = argument.kind
            shown = f"Kind::{php_case(kind)}" if kind and not kind.startswith("=") else "null"
            if kind.startswith("="):
                shown = f"Binding::case(Kind::class, ${kind[1:]})"
            given.append(f"Binding::id({owner}, {value}, {shown}, '{argument.name}')")
        elif argument.role == "enum":
            given.append(f"Binding::number({class_name(argument.type)}::class, {value})")
        elif argument.role == "record":
            members = "$members" if argument is expanded else "[]"
            shown = f"{value} ?? []" if argument.type.endswith("_options") else value
            given.append(f"Binding::record({owner}, {class_name(argument.type)}::class, {shown}, {members})")
        elif argument.role == "records":
            given.append(f"Binding::records({owner}, {class_name(argument.type)}::class, {value})")
        elif argument.role == "recordlist":
            given.append(f"Binding::described({value})")
        elif argument.role == "columns":
            given.append(f"Evidence::columns({owner}, {value}, {'$members' if argument is expanded else '[]'})")
        elif argument.role == "array":
            arrays.append(value)
            if len(arrays) == sum(1 for a in call.arguments if a.role == "array"):
                given.append(f"[{', '.join(arrays)}]")
        elif argument.role == "options":
            inner = []
            for name, kind in option_members(interface, argument.type):
                enum = kind.split(" | ")[0]
                is_enum = any(class_name(e) == enum for e in interface.enums)
                inner.append(f"'{name}' => " + (f"Binding::number({enum}::class, ${name})" if is_enum else f"${name}"))
            given.append(f"Binding::options([{', '.join(inner)}])")
        elif argument.role == "text" and argument.name in JSON_TEXTS:
            given.append(f"Binding::json({value})")
        else:
            given.append(value)
    sized = next((f"${a.name}" for a in call.arguments if a.role in ("array", "matrix")), "")
    for one in (r for r in call.results if r.role == "array"):
        if call.function.name in LENGTHS:
            given.append(LENGTHS[call.function.name][1])
        elif not sized:
            given.append("$length")
        else:
            given.append(f"Binding::rows({sized}, '{_first_code(call)}')")
    result = f"Native\\{call.function.name}({', '.join(given)})"
    if call.function.returns == "pz_status" and not call.results:
        return f"{result};\n"
    if len(call.results) == 1:
        return f"return {_converted(call, call.results[0], result)};\n"
    if call.results:
        lines = f"$results = {result};\n"
        parts = [_converted(call, r, f"$results[{i}]") for i, r in enumerate(call.results)]
        return lines + f"return [{', '.join(parts)}];\n"
    return f"return {result};\n"


def _first_code(call: Call) -> str:
    return next(a.type for a in call.arguments if a.role in ("array", "matrix"))


def _converted(call: Call, result: Result, value: str) -> str:
    if result.role == "rows":
        return f"Binding::objects({class_name(result.type)}::class, {value})"
    if result.role in ("record", "fill", "change"):
        return f"new {class_name(result.type)}(...{value})"
    if result.role == "columns":
        return f"new {class_name(result.type)}({value})"
    if result.role == "handle" and call.makes != "pz_store":
        return f"{class_name(result.type)}::over({value})"
    if result.name in TRUTHS:
        return f"(bool) {value}"
    return value


def _doc(interface: Interface, call: Call, expanded: Argument | None) -> str:
    text, parameters, returns = split_doc(call.function.doc)
    lines = [spoken(text, interface, "php"), ""]
    for argument in call.arguments:
        if call.is_owner(argument) or argument is expanded and argument.role == "options":
            continue
        kind = _annotation(argument) + ("|null" if argument.nullable or not argument.required and argument.default is None else "")
        said = spoken(parameters.get(argument.name, ""), interface, "php")
        lines.append(f"@param {kind} ${argument.name} {said}".rstrip())
    if expanded is not None and expanded.role == "options":
        for name, kind in option_members(interface, expanded.type):
            shown = "callable" if kind.startswith("Callable") else kind.replace(" | ", "|").replace("str", "string")
            lines.append(f"@param {shown}|null ${name}")
    elif expanded is not None:
        lines.append(f"@param mixed ...$members members of {class_name(expanded.type)} by name, in place of ${expanded.name} or to change it")
    if len(call.results) == 1 and call.results[0].role == "rows":
        lines.append(f"@return list<{class_name(call.results[0].type)}>")
    elif len(call.results) > 1:
        kinds = [f"list<{class_name(r.type)}>" if r.role == "rows" else _result_type(r) for r in call.results]
        lines.append(f"@return array{{{', '.join(kinds)}}}")
    raised = spoken(returns, interface, "php").removeprefix("success; ").removeprefix("success").strip("; ")
    lines.append("@throws Exception" + (f" {raised}" if raised else ""))
    return "\n".join(lines)


def _annotation(argument: Argument) -> str:
    if argument.role == "enum":
        return f"{class_name(argument.type)}|string|int"
    if argument.role in ("record", "columns"):
        return f"{class_name(argument.type)}|array<string, mixed>"
    if argument.role == "records":
        return f"list<{class_name(argument.type)}|array<string, mixed>>"
    if argument.role == "text" and argument.name in JSON_TEXTS:
        return "string|array<string, mixed>"
    if argument.role == "callback":
        return "callable"
    if argument.role == "handle":
        return class_name(argument.type)
    return _IN[argument.role]


def _one_line(text: str) -> str:
    return " ".join(text.replace("*/", "* /").split())


def _comment(text: str, indent: str) -> str:
    text = text.replace("*/", "* /").strip()
    if "\n" not in text:
        return f"{indent}/** {text} */\n"
    return f"{indent}/**\n" + "".join(f"{indent} * {line}".rstrip() + "\n" for line in text.split("\n")) + f"{indent} */\n"
