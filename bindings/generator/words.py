"""Names and sentences of the headers, as the two languages say them."""
from __future__ import annotations

import keyword
import re

from headers import Enum, Interface

CLASS_NAMES = {"pz_class": "SchoolClass"}  # "class" cannot be a class in PHP
ERROR_NAMES = {"PZ_E_NOMEM": "OutOfMemory"}


def camel(name: str) -> str:
    return "".join(part.capitalize() for part in name.lower().split("_"))


def class_name(c_name: str) -> str:
    return CLASS_NAMES.get(c_name) or camel(c_name.removeprefix("pz_"))


def php_case(name: str) -> str:
    """The case of an enumeration; "class" cannot be one."""
    return "SchoolClass" if name.lower() == "class" else camel(name)


def lower_camel(name: str) -> str:
    whole = camel(name)
    return whole[:1].lower() + whole[1:]


def python_name(name: str) -> str:
    return name + "_" if keyword.iskeyword(name) else name


def error_name(status: str, ending: str) -> str:
    return ERROR_NAMES.get(status, camel(status.removeprefix("PZ_E_"))) + ending


def value_names(enum: Enum) -> dict[str, str]:
    """C name of each value -> its name without what all share."""
    names = [v.name for v in enum.values]
    parts = [n.split("_") for n in names]
    shared = 0
    while all(len(p) > shared + 1 for p in parts) and len({p[shared] for p in parts}) == 1:
        shared += 1
    return {n: "_".join(p[shared:]) for n, p in zip(names, parts)}


def is_flags(enum: Enum) -> bool:
    return "Combine with |" in enum.doc


def summary(doc: str) -> str:
    """The comment without what concerns a C program alone."""
    doc = re.sub(r"\s*Memory:.*?(?=(Thread:|Since:|$))", " ", doc, flags=re.S)
    doc = re.sub(r"\s*Thread:.*?(?=(Since:|$))", " ", doc, flags=re.S)
    doc = re.sub(r"\s*Since: [\d.]+", "", doc)
    return re.sub(r"[ \t]+", " ", doc).strip()


def split_doc(doc: str) -> tuple[str, dict[str, str], str]:
    """What it says, what it says of each parameter, and what it says of the result."""
    text = summary(doc)
    pieces = re.split(r"@(param\s+\w+|return)\s", text)
    parameters, returns = {}, ""
    for head, body in zip(pieces[1::2], pieces[2::2]):
        body = " ".join(body.split()).strip()
        if head == "return":
            returns = body
        else:
            parameters[head.split()[1]] = body
    return pieces[0].strip(), parameters, returns


def spoken(text: str, interface: Interface, language: str) -> str:
    """A sentence with the names of the language in place of those of C."""
    constants = {}
    for enum in interface.enums.values():
        for c_name, short in value_names(enum).items():
            constants[c_name] = (enum.name, short)
    ending = "Error" if language == "python" else "Exception"

    def constant(found: re.Match) -> str:
        name = found[1]
        if name == "PZ_OK":
            return "success"
        if name.startswith("PZ_E_"):
            return error_name(name, ending)
        if name in constants:
            enum, short = constants[name]
            return f"{class_name(enum)}.{short}" if language == "python" else f"{class_name(enum)}::{php_case(short)}"
        if name.endswith("_NONE"):
            return "None" if language == "python" else "null"
        return name

    def called(found: re.Match) -> str:
        bare = found[1].removeprefix("pz_")
        return (bare if language == "python" else lower_camel(bare)) + "()"

    text = re.sub(r"(?:::)?\b(PZ_[A-Z0-9_]+)\b", constant, text)
    text = re.sub(r"\b(pz_\w+)\(\)", called, text)
    text = re.sub(r"(?:::)?\b(pz_\w+)\b(?!\()", lambda m: class_name(m[1]) if m[1] in interface.enums or m[1] in interface.structs else m[1], text)
    for c_words, said in (("`rows` pointers", "a list of records"), (" with length 0 ", " "), ("PZ_REVIEW_WEIGHTS", "21"),
                          ("PZ_ELO_NO_ITEM", "the smallest int of 64 bits for none")):
        text = text.replace(c_words, said)
    nothing = "None" if language == "python" else "null"
    text = re.sub(r"\bNULL\b|\bNaN\b", nothing, text)
    text = re.sub(r"\b1: ", "true: " if language == "php" else "True: ", text) if re.match(r"1: ", text) else text
    return text
