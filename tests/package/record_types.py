"""Holds the descriptions of records against the structs of the public headers: each struct that a caller sees is described, with every
member, in order, of the right type, and its initial value has its size.

record_types.py LIBRARY HEADER..."""

import ctypes
import re
import sys

TYPES = {"pz_id": {1}, "int32_t": {2, 5, 9}, "int64_t": {3}, "uint64_t": {3}, "double": {4}, "const char *": {6}, "pz_time": {7}, "pz_date": {8}}
# What holds functions or other people's pointers is no record: bindings make it by hand.
PLUMBING = {"pz_allocator", "pz_error", "pz_field", "pz_record_type", "pz_status_info"}


class Field(ctypes.Structure):
    _fields_ = [("struct_size", ctypes.c_uint32), ("name", ctypes.c_char_p), ("type", ctypes.c_int32), ("offset", ctypes.c_uint32),
                ("length_offset", ctypes.c_uint32), ("names", ctypes.POINTER(ctypes.c_char_p)), ("unit", ctypes.c_char_p)]


class RecordType(ctypes.Structure):
    _fields_ = [("struct_size", ctypes.c_uint32), ("name", ctypes.c_char_p), ("record_size", ctypes.c_uint32),
                ("field_count", ctypes.c_uint32), ("fields", ctypes.POINTER(Field)), ("initial", ctypes.c_void_p)]


def structs(paths):
    """(name, [(C type, member)]) of each struct that begins with struct_size."""
    for path in paths:
        with open(path, encoding="utf-8") as file:
            text = re.sub(r"/\*.*?\*/", "", file.read(), flags=re.S)
        for body, name in re.findall(r"typedef struct \w+ \{(.*?)\} (pz_\w+);", text, re.S):
            members = re.findall(r"([a-z_0-9]+(?: [a-z_0-9]+)*[ *]+)\s*(\w+);", body)
            members = [(re.sub(r" *\*", " *", kind).strip(), member) for kind, member in members]
            if members and members[0] == ("uint32_t", "struct_size") and name not in PLUMBING:
                yield name, members[1:], "(*" in body


def check(found, members, faults, name):
    fields = [found.fields[i] for i in range(found.field_count)]
    offsets = [field.offset for field in fields]
    lengths = {member[:-4] for kind, member in members if kind == "size_t" and member.endswith("_len")}
    wanted = [(kind, member) for kind, member in members if not (kind == "size_t" and member[:-4] in lengths)]
    if [field.name.decode() for field in fields] != [member for _, member in wanted]:
        faults.append("%s: members are %s" % (name, ", ".join(field.name.decode() for field in fields)))
        return
    if offsets != sorted(offsets) or offsets[0] < 4:
        faults.append("%s: members are not in the order of the struct" % name)
    for (kind, member), field in zip(wanted, fields):
        if field.type not in TYPES.get(kind, set()):
            faults.append("%s.%s: a %s described as type %d" % (name, member, kind, field.type))
        if (member in lengths) != (field.length_offset != 0):
            faults.append("%s.%s: its length is not described" % (name, member))
        if (field.type == 9) != bool(field.names):
            faults.append("%s.%s: names of an enumeration are missing" % (name, member))
    if not found.initial or ctypes.cast(found.initial, ctypes.POINTER(ctypes.c_uint32))[0] != found.record_size:
        faults.append("%s: its initial value has another struct_size" % name)


def main():
    library = ctypes.CDLL(sys.argv[1])
    library.pz_record_type_at.restype = library.pz_record_type_find.restype = ctypes.POINTER(RecordType)
    library.pz_record_type_at.argtypes = [ctypes.c_size_t]
    library.pz_record_type_find.argtypes = [ctypes.c_char_p]
    faults, described = [], []
    while library.pz_record_type_at(len(described)):
        found = library.pz_record_type_at(len(described)).contents
        described.append(found.name.decode())
        if ctypes.addressof(library.pz_record_type_find(found.name).contents) != ctypes.addressof(found):
            faults.append("%s is described twice" % found.name.decode())
    if library.pz_record_type_find(b"pz_nothing") or library.pz_record_type_find(None):
        faults.append("what does not exist is described")
    seen = []
    for name, members, holds_functions in structs(sys.argv[2:]):
        found = library.pz_record_type_find(name.encode())
        seen.append(name)
        if found:
            check(found.contents, members, faults, name)
        elif not holds_functions and all(kind in TYPES or kind == "size_t" for kind, _ in members):
            faults.append("%s is not described" % name)
    faults += ["%s is in no header" % name for name in described if name not in seen]
    print("%d structs, %d described" % (len(seen), len(described)))
    print("\n".join(faults))
    return 1 if faults or len(seen) < 30 else 0


if __name__ == "__main__":
    sys.exit(main())
