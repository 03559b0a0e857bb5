"""Who is at the sample school: learners in classes with their guardians, teachers, a counselor and a leader."""
from dataclasses import dataclass, field

import words

SCHOOL = "riverside"
DISTRICT = "northvale"
YEAR = "year-2526"
TERMS = (("term-fall", "Fall term", "2025-08-25", "2026-01-16"), ("term-spring", "Spring term", "2026-01-19", "2026-06-12"))
GRADES = ("04", "05", "06")
SIZES = {"04": (26, 25), "05": (24, 26), "06": (25, 24)}


@dataclass
class Person:
    id: str
    role: str  # the OneRoster role
    given: str
    family: str
    grade: str = ""
    preferred: str = ""
    guardians: list = field(default_factory=list)


@dataclass
class Class:
    id: str
    grade: str
    letter: str
    teacher: Person
    learners: list


@dataclass
class School:
    learners: list
    guardians: list
    staff: list
    classes: list


def make(chance):
    learners, guardians, staff, classes = [], [], [], []

    def adult(kind, number, role, family=None):
        return Person(f"{kind}-{number:03d}", role, chance.one_of(words.GIVEN), family or chance.one_of(words.FAMILY))

    staff.append(adult("leader", 1, "principal"))
    staff.append(adult("counselor", 1, "counselor"))
    taken = set()
    for grade in GRADES:
        for letter, size in zip("AB", SIZES[grade]):
            teacher = adult("teacher", len(classes) + 1, "teacher")
            staff.append(teacher)
            members = []
            for _ in range(size):
                # One learner in nine has an older brother or sister at the school, and then the same guardians.
                sibling = chance.one_of(learners) if learners and chance.happens(1 / 9) else None
                family = sibling.family if sibling else chance.one_of(words.FAMILY)
                given = chance.one_of(words.GIVEN)
                while (given, family) in taken:
                    given = chance.one_of(words.GIVEN)
                taken.add((given, family))
                learner = Person(f"learner-{len(learners) + 1:03d}", "student", given, family, grade)
                if chance.happens(0.06):
                    learner.preferred = given[:3]
                if sibling:
                    learner.guardians = list(sibling.guardians)
                else:
                    for _ in range(2 if chance.happens(0.6) else 1):
                        guardians.append(adult("guardian", len(guardians) + 1, "parent", family if chance.happens(0.8) else None))
                        learner.guardians.append(guardians[-1])
                learners.append(learner)
                members.append(learner)
            classes.append(Class(f"math-{grade}{letter.lower()}", grade, letter, teacher, members))
    return School(learners, guardians, staff, classes)
