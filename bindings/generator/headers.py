"""Reads the public headers. They are written to one pattern (see the rules in personalize/base.h), so that a few expressions
read all of it; whatever does not fit the pattern is an error with its place, never skipped in silence."""
from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Parameter:
    type: str
    name: str


@dataclass
class Function:
    name: str
    returns: str
    parameters: list[Parameter]
    doc: str
    header: str


@dataclass
class EnumValue:
    name: str
    value: int
    doc: str


@dataclass
class Enum:
    name: str
    values: list[EnumValue]
    doc: str


@dataclass
class Member:
    type: str
    name: str
    doc: str


@dataclass
class Struct:
    name: str
    members: list[Member]
    doc: str


@dataclass
class Callback:
    name: str
    returns: str
    parameters: list[Parameter]
    doc: str


@dataclass
class Interface:
    functions: list[Function] = field(default_factory=list)
    enums: dict[str, Enum] = field(default_factory=dict)
    structs: dict[str, Struct] = field(default_factory=dict)
    handles: dict[str, str] = field(default_factory=dict)  # C type -> its comment
    callbacks: dict[str, Callback] = field(default_factory=dict)


class HeaderError(Exception):
    """A header does not keep to the pattern."""


_COMMENT = r"(?:/\*\*(?P<doc>(?:(?!\*/).)*)\*/\s*)?"
_DECLARATION = re.compile(
    _COMMENT
    + r"(?:"
    + r"(?P<function>PZ_API\s+[^;{]+;)"
    + r"|typedef\s+enum\s+\w+\s*\{(?P<enum>[^}]*)\}\s*(?P<enum_name>\w+)\s*;"
    + r"|typedef\s+struct\s+\w+\s*\{(?P<struct>.*?)\}\s*(?P<struct_name>\w+)\s*;"
    + r"|typedef\s+struct\s+(?P<handle>\w+)\s+\w+\s*;"
    + r"|typedef\s+(?P<callback>[^;{}]*\(\s*\*\s*\w+\s*\)[^;{}]*);"
    + r")",
    re.S,
)


def clean(comment: str | None) -> str:
    """The words of a comment without its stars."""
    lines = [re.sub(r"^\s*\*? ?", "", line) for line in (comment or "").split("\n")]
    return "\n".join(lines).strip("< \n\t")


def _parameter(text: str, place: str) -> Parameter:
    text = re.sub(r"\s+", " ", text).strip()
    found = re.fullmatch(r"(.+?)\s*(\**)\s*(\w+)", text)
    if not found:
        raise HeaderError(f"{place}: cannot read the parameter \"{text}\"")
    kind = found[1].strip() + (" " + found[2] if found[2] else "")
    kind = re.sub(r"\s*\*\s*", "*", kind).replace("*const", "*const ").strip()
    kind = re.sub(r"(\w)\*", r"\1 *", kind).replace("*const *", "*const *")
    return Parameter(kind, found[3])


def _parameters(text: str, place: str) -> list[Parameter]:
    text = text.strip()
    return [] if text in ("", "void") else [_parameter(one, place) for one in text.split(",")]


def _strip_comments(text: str) -> str:
    return re.sub(r"/\*.*?\*/", " ", text, flags=re.S)


def _enum(name: str, body: str, doc: str, place: str) -> Enum:
    values = []
    for value in re.finditer(r"(\w+)\s*=\s*(-?\w+)\s*,?\s*(?:/\*\*<(.*?)\*/)?", body, re.S):
        values.append(EnumValue(value[1], int(value[2], 0), " ".join(clean(value[3]).split())))
    if not values:
        raise HeaderError(f"{place}: the enumeration {name} has no values of the form NAME = number")
    return Enum(name, values, doc)


def _struct(name: str, body: str, doc: str, place: str) -> Struct:
    members = []
    rest = body
    pattern = re.compile(r"\s*([^;/]+);[ \t]*(?:/\*\*<(.*?)\*/)?", re.S)
    while rest.strip():
        comment = re.match(r"\s*/\*.*?\*/", rest, re.S)
        if comment:
            rest = rest[comment.end():]
            continue
        found = pattern.match(rest)
        if not found:
            raise HeaderError(f"{place}: cannot read the members of {name} from \"{rest.strip()[:60]}\"")
        member_doc = " ".join(clean(found[2]).split())
        pointer = re.fullmatch(r"\s*(.+?)\(\s*\*\s*(\w+)\s*\)\s*\(.*\)\s*", found[1], re.S)
        if pointer:
            members.append(Member("function", pointer[2], member_doc))
        else:
            one = _parameter(found[1], place)
            members.append(Member(one.type, one.name, member_doc))
        rest = rest[found.end():]
    return Struct(name, members, doc)


def read(folder: Path) -> Interface:
    """All headers of `folder`, in the order in which the umbrella header beside it includes them."""
    interface = Interface()
    umbrella = (folder.parent / "personalize.h").read_text(encoding="utf-8")
    names = re.findall(r'#include "personalize/(\w+\.h)"', umbrella)
    for name in names:
        if (folder / name).exists():
            _read_header(interface, name, (folder / name).read_text(encoding="utf-8"))
    return interface


def _read_header(interface: Interface, header: str, text: str) -> None:
    promised = len(re.findall(r"^PZ_API\s", text, re.M))
    before = len(interface.functions)
    text = re.sub(r"^[ \t]*#(?:[^\n\\]|\\\n|\\.)*$", "", text, flags=re.M)
    for found in _DECLARATION.finditer(text):
        doc = clean(found["doc"])
        if found["function"]:
            declaration = re.sub(r"\s+", " ", _strip_comments(found["function"]))
            parts = re.fullmatch(r"PZ_API (.+?)\s*(\**)(pz_\w+)\s*\((.*)\)\s*;", declaration)
            if not parts:
                raise HeaderError(f"{header}: cannot read \"{declaration}\"")
            returns = (parts[1].strip() + " " + parts[2]).strip()
            interface.functions.append(Function(parts[3], returns, _parameters(parts[4], parts[3]), doc, header))
        elif found["enum_name"]:
            interface.enums[found["enum_name"]] = _enum(found["enum_name"], found["enum"], doc, header)
        elif found["struct_name"]:
            interface.structs[found["struct_name"]] = _struct(found["struct_name"], found["struct"], doc, header)
        elif found["handle"]:
            interface.handles[found["handle"]] = doc
        else:
            declaration = re.sub(r"\s+", " ", _strip_comments(found["callback"]))
            parts = re.fullmatch(r"(.+?)\(\s*\*\s*(\w+)\s*\)\s*\((.*)\)\s*", declaration)
            if not parts:
                raise HeaderError(f"{header}: cannot read \"{declaration}\"")
            interface.callbacks[parts[2]] = Callback(parts[2], parts[1].strip(), _parameters(parts[3], parts[2]), doc)
    if len(interface.functions) - before != promised:
        raise HeaderError(f"{header}: {promised} functions are marked PZ_API, {len(interface.functions) - before} could be read")
