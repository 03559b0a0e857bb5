"""What the parameters of a function mean, by the names and types that the rules of the interface give them.

Each function becomes a Call: arguments that a caller gives, and results that come back. A function with a shape that is not
known here is an error, so that nothing is wrapped by guess."""
from __future__ import annotations

import fnmatch
import re
from dataclasses import dataclass, field

from headers import Function, Interface, Struct

# Functions that no caller of Python or PHP needs by itself, and why.
INTERNAL = {
    "pz_free": "the bindings release every list and document themselves",
    "pz_allocator_set": "its functions are called from any thread without the interpreter; a program in C sets it",
    "pz_last_error": "becomes message, field and hint of the exception",
    "pz_status_at": "makes the exception classes",
    "pz_status_describe": "makes the exception of a status",
    "pz_record_type_at": "lists the descriptions that the converters work from",
    "pz_record_type_find": "finds the description that a converter works from",
}

# Outside ids are known for these kinds of record; which kind a member or parameter names, by its name.
ID_KINDS = {
    "person": "PERSON", "learner": "PERSON", "guardian": "PERSON", "supporter": "PERSON", "other": "PERSON", "to_person": "PERSON", "shared_with": "CLASS",
    "org": "ORG", "session": "SESSION", "course": "COURSE", "class_id": "CLASS", "framework": "FRAMEWORK",
    "competency": "COMPETENCY", "under": "COMPETENCY", "origin": "COMPETENCY", "destination": "COMPETENCY",
    "item": "ITEM", "assessment": "ASSESSMENT", "form_a": "ASSESSMENT", "form_b": "ASSESSMENT", "earlier_a": "ASSESSMENT", "earlier_b": "ASSESSMENT",
}
ID_KINDS_OF = {
    ("pz_org", "id"): "ORG", ("pz_org", "parent"): "ORG",
    ("pz_academic_session", "id"): "SESSION", ("pz_academic_session", "parent"): "SESSION",
    ("pz_course", "id"): "COURSE", ("pz_class", "id"): "CLASS", ("pz_person", "id"): "PERSON",
    ("pz_enrollment", "id"): "ENROLLMENT", ("pz_framework", "id"): "FRAMEWORK", ("pz_competency", "id"): "COMPETENCY",
    ("pz_association", "id"): "ASSOCIATION", ("pz_assessment", "id"): "ASSESSMENT", ("pz_item", "id"): "ITEM",
}

# Filters are optional where the header says that 0 stands for any; these few are said elsewhere.
DEFAULTS = {
    ("pz_changes_since", "cursor"): 0,
    ("pz_changes_since", "limit"): 1000,
    ("pz_profile_difference", "to_change"): 0,
    ("pz_read_list", "from"): None,
    ("pz_read_list", "until"): None,
    ("pz_mastery_rule_set", "scope"): None,
    ("pz_mastery_rule_set", "competency"): None,
    ("pz_growth_of", "covariance"): 0.0,
    ("pz_grouping_problem_new", "groups"): 0,
    ("pz_grouping_add_*", "direction"): "alike",
    ("pz_grouping_add_*", "weight"): 1.0,
    ("pz_comparison_add_engine", "iterations"): 0,
    ("pz_grouping_regroup", "moves_max"): 2,
    ("pz_elo_tune", "rounds"): 6,
    ("pz_review_due", "retention"): 0.9,
    ("pz_review_due", "most"): 36500,
    ("pz_irt_ability", "nodes"): 61,
    ("pz_irt_ability", "range"): 6.0,
    ("pz_irt_explain", "nodes"): 61,
    ("pz_irt_explain", "range"): 6.0,
    ("pz_irt_errors", "nodes"): 61,
    ("pz_irt_errors", "range"): 6.0,
    ("pz_misconception_rank", "prior"): 0.2,
    ("pz_misconception_rank", "choice"): 0.8,
    ("pz_adaptive_exposure", "sittings"): 1000,
    ("pz_adaptive_exposure", "rounds"): 20,
    ("pz_irt_*_fit_list", "nodes"): 61,
    ("pz_irt_*_fit_list", "range"): 6.0,
    ("pz_calibration", "bins"): 10,
    ("pz_fairness_of", "permutations"): 1000,
    ("pz_fairness_of", "seed"): 1,
    ("pz_folds_by_learner", "seed"): 1,
    ("pz_activity_assign", "learner"): None,
    ("pz_activity_assign", "class_id"): None,
    ("pz_activity_assign", "goal"): None,
    ("pz_activity_assign", "due_on"): None,
    ("pz_plan_begin", "template_id"): 0,
    ("pz_plan_begin", "framework"): None,
    ("pz_plan_sign", "note"): None,
    ("pz_plan_template_copy", "title"): None,
    ("pz_assignment_take", "goal"): None,
    ("pz_assignment_take", "due_on"): None,
    ("pz_assignment_submit", "work"): None,
    ("pz_assignment_submit", "link"): None,
    ("pz_assignment_return", "score"): None,
    ("pz_assignment_drop", "reason"): None,
    ("pz_week_list", "learner"): None,
    ("pz_week_list", "class_id"): None,
    ("pz_belief_list", "competency"): None,
    ("pz_class_distribution_list", "framework"): None,
    ("pz_item_analysis_list", "assessment"): None,
    ("pz_item_analysis_list", "competency"): None,
    ("pz_option_analysis_list", "assessment"): None,
    ("pz_option_analysis_list", "competency"): None,
    ("pz_item_fairness_list", "least"): 10,
    ("pz_cycle_schedule", "may_overlap"): False,
    ("pz_cycle_missing_list", "learner"): None,
    ("pz_cycle_unsettled_list", "learner"): None,
    ("pz_cycle_unsettled_list", "competency"): None,
    ("pz_forms_cross", "earlier_a"): None,
    ("pz_forms_cross", "earlier_b"): None,
    ("pz_forms_cross", "seed"): 1,
    ("pz_theme_list", "least_learners"): 0,
    ("pz_answer_confirm", "text"): None,
    ("pz_forecast_*", "by"): None,
    ("pz_forecast_*", "confidence"): 0.8,
    ("pz_goal_*", "why"): None,
    ("pz_goal_answer", "answer"): None,
    ("pz_answer_confirm", "visibility"): "school",
    ("pz_questionnaire_answer", "version"): 0,
    ("pz_checkin_hold", "next_on"): None,
    ("pz_checkin_move", "reason"): None,
    ("pz_voice_act", "done_kind"): None,
    ("pz_voice_act", "done"): None,
    ("pz_help_ask", "text"): None,
    ("pz_voice_withdraw", "reason"): None,
    ("pz_voice_reopen", "text"): None,
    ("pz_voice_file", "topic"): None,
}
ENUM_PARAMETERS = {
    ("pz_association_list", "kind"): "pz_association_kind",
}
ENUM_MEMBERS = {"role": "pz_role", "to_role": "pz_role", "author_role": "pz_role", "decision": "pz_mastery_decision", "section": "pz_profile_section", "acted_role": "pz_role", "proposed_role": "pz_role"}
# Structs with callbacks or columns have converters of their own; the rest are converted by their description.
OPTION_STRUCTS = {"pz_store_options", "pz_import_options"}
COLUMN_STRUCTS = {"pz_evidence"}
NOT_RECORDS = {"pz_status_info", "pz_error", "pz_allocator", "pz_field", "pz_record_type"}
# Whole numbers that come out and say yes or no.
TRUTHS = {"out_repeated", "out_same"}
# How many values come out of a function where that is not the number of rows that go in, in Python and in PHP.
LENGTHS = {
    "pz_dina_share": ("self.fit_of().skills", "$this->fitOf()->skills"),
    "pz_dina_profile": ("self.fit_of().skills * _columns.rows_of(responses)", "$this->fitOf()->skills * Binding::rows($responses, 'i')"),
    "pz_adaptive_exposure": ("len({step.item for step in self.step_list()})",
                             "count(array_unique(array_map(fn (IrtStep $step): int => $step->item, $this->stepList())))"),
    "pz_dina_trace": ("self.fit_of().iterations", "$this->fitOf()->iterations"),
    "pz_bkt_trace": ("sum(one.iterations for one in self.skill_list() if one.skill == skill)",
                     "array_sum(array_map(fn (BktSkill $one): int => $one->skill == $skill ? $one->iterations : 0, $this->skillList()))"),
    "pz_lr_trace": ("self.fit_of().iterations", "$this->fitOf()->iterations"),
    "pz_irt_trace": ("self.fit_of().iterations", "$this->fitOf()->iterations"),
    "pz_irt_errors": ("len(self.step_list())", "count($this->stepList())"),
    "pz_grouping_result_groups": ("self.describe().learners + self.describe().absent", "$this->describe()->learners + $this->describe()->absent"),
    "pz_grouping_move_cost": ("self.describe().groups", "$this->describe()->groups"),
    "pz_irt_probability": ("1 + sum(step.item == item for step in self.step_list())",
                           "1 + count(array_filter($this->stepList(), fn (IrtStep $step): bool => $step->item === $item))"),
}
OPTIONAL_ARRAYS = {"before", "after", "content", "share", "exposure", "guess", "weights", "item_class", "learn_class", "prior_class", "unit"}
OPTIONAL_CALLBACKS = {"progress", "change"}
OPTIONAL_TEXTS = {"author", "chart", "key", "source", "outside_id", "language", "note", "reflection", "kind", "thing"}

_SCALARS = {"int32_t": "int32", "int64_t": "int64", "uint64_t": "uint64", "double": "real", "pz_id": "id", "pz_time": "time",
            "pz_date": "date", "size_t": "size"}


# Functions with a shape that no rule knows. The build goes on without them and says so; the tests of the bindings fail.
unknown: dict[str, str] = {}


def default_of(function: str, parameter: str) -> object:
    """The default of a parameter, or RuleError where there is none."""
    for (pattern, name), value in DEFAULTS.items():
        if name == parameter and fnmatch.fnmatchcase(function, pattern):
            return value
    return RuleError


class RuleError(Exception):
    """A function has a shape that no rule knows."""


def _array_code(kind: str) -> str:
    """The code of an array's elements, as the columns of the native code name them, or ""."""
    return {"const double *": "d", "const int32_t *": "i", "const int64_t *": "q", "const pz_id *": "q", "const pz_time *": "t"}.get(kind, "")


@dataclass
class Argument:
    role: str            # handle, id, int32, ..., enum, string, text, record, records, columns, array, matrix, length, options, callback
    name: str
    type: str = ""       # of the C struct, enum or handle; of an array its code
    required: bool = True
    nullable: bool = False  # may be None although it must be given
    default: object = None
    kind: str = ""       # for ids: the kind of record, or the name of the argument that holds it; for arrays alone: their length

    @property
    def late(self) -> bool:
        """Whether it stands behind all others, to be given by name: keys, options and callbacks that may be left out."""
        options = self.role == "record" and self.type.endswith("_options") or (self.role, self.name) == ("alone", "weights")
        return self.name == "key" or self.role in ("callback", "options") or options


@dataclass
class Result:
    role: str            # id, int32, ..., array, rows, record, fill and change (records that were lent), json, text, handle, columns
    name: str
    type: str = ""


@dataclass
class Call:
    function: Function
    arguments: list[Argument] = field(default_factory=list)
    results: list[Result] = field(default_factory=list)
    owner: str = ""      # handle type whose method it is, or ""
    prefix: str = ""     # what the functions of that type begin with, or of the type that the call makes

    @property
    def name(self) -> str:
        """The name of the method or function: the C name without its prefix, and without the owner's where it begins with it."""
        bare = self.function.name.removeprefix("pz_")
        return bare.removeprefix(self.prefix) if self.prefix else bare

    def is_owner(self, argument: Argument) -> bool:
        """Whether it is the object whose method the call is: another one of its type is an argument like others."""
        return bool(self.owner) and argument is self.arguments[0]

    @property
    def makes(self) -> str:
        """The handle type that the call makes without having one, or ""."""
        made = [r.type for r in self.results if r.role == "handle"]
        return made[0] if made and not self.owner else ""


def free_function(interface: Interface, handle: str) -> Function | None:
    """What releases a handle of this type."""
    for function in interface.functions:
        if function.name.endswith("_free") and [p.type for p in function.parameters] == [handle + " *"]:
            return function
    return None


def shared_prefix(function: str, handle: str) -> str:
    """What the name of a function has in common with its handle's: "grouping_" of pz_grouping_solve and pz_grouping_problem."""
    shared = ""
    for one, other in zip(function.removeprefix("pz_").split("_")[:-1], handle.removeprefix("pz_").split("_")):
        if one != other:
            break
        shared += one + "_"
    return shared


def is_internal(interface: Interface, function: Function) -> bool:
    return function.name in INTERNAL or any(free_function(interface, h) is function for h in interface.handles)


def record_structs(interface: Interface) -> list[Struct]:
    return [s for s in interface.structs.values() if s.name not in NOT_RECORDS | OPTION_STRUCTS | COLUMN_STRUCTS]


def visible_members(struct: Struct) -> list:
    """Members that a caller sees: without struct_size and the lengths of texts."""
    names = {m.name for m in struct.members}
    return [m for m in struct.members if m.name != "struct_size" and not (m.name.endswith("_len") and m.name[:-4] in names)]


def member_enum(interface: Interface, doc: str, name: str = "") -> str:
    """The enumeration that a member's comment names, such as "a ::pz_goal_state"."""
    for found in re.findall(r"::(pz_\w+)", doc):
        if found in interface.enums:
            return found
    return ENUM_MEMBERS.get(name, "")


def id_kind(struct: str, member: str) -> str:
    return ID_KINDS_OF.get((struct, member)) or ID_KINDS.get(member, "")


def call_of(interface: Interface, function: Function) -> Call:
    call = Call(function)
    doc = re.sub(r"\s+", " ", function.doc)
    lenient = function.name.endswith("_list") and re.search(r"\b0:? (any|all|of all)|may be 0", doc)
    parameters = list(function.parameters)
    index = 0

    def following(count: int) -> list[tuple[str, str]]:
        return [(p.type, p.name) for p in parameters[index + 1:index + 1 + count]]

    while index < len(parameters):
        kind, name = parameters[index].type, parameters[index].name
        after = following(1)[0] if following(1) else ("", "")
        bare = kind.removeprefix("const ").rstrip("* ").replace("*const", "").rstrip("* ")
        out = name.startswith("out_")
        step = 1
        if kind == "const pz_record_type *" and following(2) == [("const void *const *", "rows"), ("size_t", "count")]:
            call.arguments.append(Argument("recordlist", "rows"))
            step = 3
        elif not out and kind.endswith("*") and not kind.startswith("const ") and bare in interface.handles and kind.count("*") == 1:
            call.arguments.append(Argument("handle", name, bare))
        elif kind == "const " + bare + " *" and bare in interface.handles:
            call.arguments.append(Argument("handle", name, bare))
        elif kind in interface.callbacks and after in (("void *", "user_data"), ("void *", name + "_data")):
            call.arguments.append(Argument("callback", name, kind, required=name not in OPTIONAL_CALLBACKS))
            step = 2
        elif kind in interface.enums:
            default = default_of(function.name, name)
            required = default is RuleError
            call.arguments.append(Argument("enum", name, kind, required=required, default=None if required else default))
        elif kind == "const char *" and after == ("size_t", name + "_len"):
            required = name not in OPTIONAL_TEXTS and default_of(function.name, name) is RuleError
            call.arguments.append(Argument("text", name, required=required))
            step = 2
        elif kind == "const char *":
            call.arguments.append(Argument("string", name, required=name not in OPTIONAL_TEXTS))
        elif kind == "const char *const *" and after == ("size_t", "rows"):
            call.arguments.append(Argument("strings", name))
            step = 2
            if following(2)[1:] == [("pz_id *", "out_ids")]:
                call.results.append(Result("ids", "out_ids"))
                step = 3
        elif kind.startswith("const ") and kind.endswith("*const *") and bare in interface.structs and after == ("size_t", "rows"):
            call.arguments.append(Argument("records", name, bare, required=name not in ("rules", "evidence", "media", "people", "touched")))
            step = 2
        elif kind == f"const {bare} *" and bare in interface.structs:
            role = "options" if bare in OPTION_STRUCTS else "columns" if bare in COLUMN_STRUCTS else "record"
            call.arguments.append(Argument(role, name, bare, required=False))
        elif out and re.fullmatch(r"(double|int32_t|int64_t) \*", kind) and after == ("size_t", name + "_len"):
            call.results.append(Result("array", name, _array_code("const " + kind)))
            counted = any(a.role in ("array", "matrix", "length") for a in call.arguments)
            if not counted and function.name not in LENGTHS:
                call.arguments.append(Argument("length", "length"))
            step = 2
        elif kind in _SCALARS and not out:
            call.arguments.append(_scalar(interface, function, kind, name, bool(lenient), doc))
        elif out and kind == f"{bare} *" and bare in _SCALARS and bare != "size_t":
            call.results.append(Result(_SCALARS[bare], name))
        elif kind.endswith("***") and name == "out_rows" and after == ("size_t *", "out_count"):
            call.results.append(Result("rows", name, bare))
            step = 2
        elif kind == "char **" and out:
            call.results.append(Result("json" if name == "out_json" else "text", name))
        elif out and kind == f"{bare} *" and bare in interface.structs:
            call.results.append(Result("fill", name, bare))
        elif not out and kind == f"{bare} *" and bare in interface.structs:
            call.arguments.append(Argument("record", name, bare))
            call.results.append(Result("change", name, bare))
        elif kind in ("const double *", "const int32_t *") and following(2) in ([("size_t", "rows"), ("size_t", "cols")],
                                                                               [("size_t", name + "_rows"), ("size_t", name + "_cols")]):
            call.arguments.append(Argument("matrix", name, _array_code(kind), kind=after[1].removesuffix("rows")))
            step = 3
        elif _array_code(kind) and after in (("size_t", name + "_rows"), ("size_t", name + "_len")):
            said = re.search(rf"@param {name}\b((?:(?!@).)*)", doc)
            call.arguments.append(Argument("alone", name, _array_code(kind), required=not (name in OPTIONAL_ARRAYS or said and "NULL" in said[1]),
                                           kind=after[1]))
            step = 2
        elif _array_code(kind):
            arrays = [parameters[index]]
            while _array_code(parameters[index + len(arrays)].type):
                arrays.append(parameters[index + len(arrays)])
            if parameters[index + len(arrays)].name != "rows":
                raise RuleError(f"{function.name}(): the arrays from {name} on are not followed by \"size_t rows\"")
            for array in arrays:
                said = re.search(rf"@param {array.name}\b((?:(?!@).)*)", doc)
                optional = array.name in OPTIONAL_ARRAYS or bool(said and "NULL" in said[1])
                call.arguments.append(Argument("array", array.name, _array_code(array.type), required=not optional))
            step = len(arrays) + 1
        elif out and kind == f"{bare} **" and bare in interface.handles:
            call.results.append(Result("handle", name, bare))
        elif out and kind == f"{bare} **" and bare in interface.structs:
            call.results.append(Result("columns" if bare in COLUMN_STRUCTS else "record", name, bare))
        elif kind == "char *" and name == "buffer" and after == ("size_t", "size"):
            call.results.append(Result("text", name))
            step = 2
        else:
            raise RuleError(f"{function.header}: no rule for \"{kind} {name}\" of {function.name}(); add one to bindings/generator/rules.py")
        index += step
    records = [a for a in call.arguments if a.role == "record"]
    for place, argument in enumerate(call.arguments):
        # Arguments keep the order that they have in C: what stands before a needed one must be given, if only as None.
        if not argument.late and any(a.required for a in call.arguments[place + 1:]) or argument in records and len(records) > 1:
            argument.nullable = argument.nullable or not argument.required
            argument.required = True
    for argument in records:
        if not argument.required and argument.name in {m.name for m in interface.structs[argument.type].members}:
            argument.name = "record"  # a member has the name that the parameter has in C
    if call.arguments and call.arguments[0].role == "handle":
        call.owner = call.arguments[0].type
    made = [r.type for r in call.results if r.role == "handle"]
    owner = call.owner or (made[0] if made and made[0] != "pz_store" else "")
    call.prefix = shared_prefix(function.name, owner) if owner else ""
    return call


def _scalar(interface: Interface, function: Function, kind: str, name: str, lenient: bool, doc: str) -> Argument:
    role = _SCALARS[kind]
    argument = Argument(role, name)
    default = default_of(function.name, name)
    if default is not RuleError:
        argument.required, argument.default = False, default
    if role == "id":
        argument.kind = ID_KINDS.get(name, "")
        siblings = [p.name for p in function.parameters if p.type == "pz_kind"]
        if name in ("id", "of") and siblings:
            argument.kind = "=" + siblings[0]
        if lenient:
            argument.required = False
    elif role == "int32":
        enum = ENUM_PARAMETERS.get((function.name, name)) or _named_enum(interface, doc, name)
        if enum:
            argument.role, argument.type = "enum", enum
            argument.required = not lenient and default is RuleError
        elif name.startswith(("with_", "may_")) or re.search(rf"@param {name} 1: ", doc):
            argument.role, argument.required, argument.default = "bool", False, False
    return argument


def _named_enum(interface: Interface, doc: str, name: str) -> str:
    found = re.search(rf"@param {name}\b((?:(?!@).)*)", doc)
    return member_enum(interface, found[1]) if found else ""


def calls(interface: Interface) -> list[Call]:
    """Every function that a face offers."""
    found = []
    for function in interface.functions:
        if not is_internal(interface, function):
            try:
                found.append(call_of(interface, function))
            except RuleError as error:
                unknown.setdefault(function.name, str(error))
    return found
