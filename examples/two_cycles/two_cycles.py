#!/usr/bin/env python3
"""Two whole cycles in Python: a diagnostic with two parallel forms, groups from what it found, a second cycle with the forms crossed over, growth, what the groups achieved, and new groups.

    two_cycles.py

The school is made here, of twelve learners, so that each step can be read. The store's clock is set to days of the school year. A host leaves it alone."""
import tempfile
from datetime import datetime, timedelta, timezone
from pathlib import Path

import personalize
from personalize import MasteryDecision, Role, Scope

LEARNERS, ITEMS = 12, 4
SKILLS = ("comparing fractions", "adding fractions")  # the first comes before the second


class SchoolClock:
    def set(self, *day_and_hour):
        self.now = datetime(*day_and_hour, tzinfo=timezone.utc)

    def __call__(self):
        self.now += timedelta(milliseconds=1)  # time goes on between two calls
        return self.now


def make_school(office):
    """One class with its teacher, two skills, and a bank of items for each skill: as an import would bring them."""
    org = office.org_save(name="School")
    class_id = office.class_save(org=org, title="5A")
    teacher = office.person_save(given_name="Teacher", family_name="One")
    office.enrollment_save(class_id=class_id, person=teacher, role=Role.TEACHER)
    learners = [office.person_save(given_name=f"Learner {i}", family_name="Two") for i in range(LEARNERS)]
    for learner in learners:
        office.enrollment_save(class_id=class_id, person=learner, role=Role.LEARNER)
    framework = office.framework_save(title="Fractions")
    skills = [office.competency_save(framework=framework, code=skill, statement=skill, position=n) for n, skill in enumerate(SKILLS)]
    office.association_save(framework=framework, kind="precedes", origin=skills[0], destination=skills[1])
    items = []
    for n, skill in enumerate(skills):
        items.append([office.item_save(code=f"{n}.{i}") for i in range(4 * ITEMS)])  # for four forms
        for item in items[n]:
            office.bearings_set("item", item, [{"of": item, "competency": skill, "weight": 1.0}])
    return class_id, teacher, learners, skills, items


def answers_right(learner, skill, item, extra):
    """Of four items in a skill a learner gets none, two or four right, the later ones; teaching adds to it."""
    return item >= 4 - (0, 2, 4)[(learner if skill == 0 else learner // 4) % 3] - extra


def sit(teacher, form, seats, skills, items, first_item, extra):
    """The answers of those who have a seat in a form, in one batch: columns of equal length."""
    rows = [(learner, skill, items[skill][first_item + item], float(answers_right(learner, skill, item, extra(learner, skill))))
            for learner, _ in seats for skill in range(len(skills)) for item in range(ITEMS)]
    people = dict(seats)
    stored = teacher.evidence_add_predicted(learner=[people[row[0]] for row in rows], competency=[skills[row[1]] for row in rows],
                                            item=[row[2] for row in rows], score=[row[3] for row in rows], assessment=[form] * len(rows))
    return list(stored.prediction), [row[3] for row in rows]


def hold_forms(teacher, cycle, forms, earlier, learners, skills, items, first_item, days, extra):
    """Two parallel forms on the same days, each for one half of the class; then what is missing is looked at, and all sit theirs."""
    for form in forms:
        teacher.cycle_schedule(cycle, form, *days, may_overlap=True)
    teacher.forms_cross(*forms, *earlier, seed=3)
    teacher.assessment_seats_set([{"assessment": form, "learner": learners[11], "state": "exempt", "reason": "Away"} for form in forms])
    teacher.cycle_collect(cycle)
    print(f"  missing before: {len(teacher.cycle_missing_list(cycle))}")
    predictions, scores = [], []
    for n, form in enumerate(forms):
        seats = [(learners.index(seat.learner), seat.learner) for seat in teacher.assessment_seat_list(form) if seat.is_missing]
        print(f"  form {'AB'[n]}: {', '.join(str(place) for place, _ in seats)}")
        found, given = sit(teacher, form, seats, skills, items, first_item + n * ITEMS, extra)
        predictions += found
        scores += given
    print(f"  missing after: {len(teacher.cycle_missing_list(cycle))}")
    accuracy = personalize.accuracy_of(predictions, scores)
    print(f"  the model foresaw the answers with an AUC of {accuracy.auc:.2f}")


def show_results(teacher, cycle, skills):
    for n, skill in enumerate(skills):
        results = teacher.cycle_result_list(cycle=cycle, competency=skill)
        counts = [sum(result.decision == decision for result in results) for decision in MasteryDecision]
        grown = [result.growth for result in results if result.growth is not None]
        print(f"  {SKILLS[n]}: {counts[0]} mastered, {counts[1]} not yet, {counts[2]} not enough evidence"
              + (f"; mean growth {sum(grown) / len(grown):.2f} of {len(grown)} learners" if grown else ""))
    unsettled = teacher.cycle_unsettled_list(cycle)
    print(f"  undecided: {len({(row.learner, row.competency) for row in unsettled})} times, settled at best by {len(unsettled)} more answers")


def form_groups(teacher, class_id, cycle, learners, skills):
    """Groups by need from what the cycle found, with the reason of each; accepted as they are."""
    chosen = teacher.grouping_recommend(class_id=class_id, cycle=cycle, size_min=3, size_max=4, seed=5)
    focus = {group.group_no: group.competency for group in teacher.group_list(chosen)}
    seats = [(learners.index(member.learner), member.group_no) for member in teacher.group_member_list(chosen)]
    for number, competency in focus.items():
        members = sorted(place for place, group in seats if group == number)
        print(f"  group {number} works on {SKILLS[skills.index(competency)] if competency else 'what each needs'}: {', '.join(map(str, members))}")
    teacher.recommendation_accept(chosen, teacher.recommendation_get(chosen).version)
    return {place: focus[group] for place, group in seats}


def run(store, clock):
    with store.actor_open_service("office", Scope.IMPORT, "start of the year") as office:
        class_id, person, learners, skills, items = make_school(office)
    with store.actor_open(person, Role.TEACHER, "two cycles") as teacher:
        forms = [teacher.assessment_save(class_id=class_id, title=f"Form {name}", kind="diagnostic" if name in "AB" else "interim") for name in "ABCD"]
        print("The first cycle: a diagnostic")
        first = teacher.cycle_open(class_id=class_id, title="Autumn", kind="diagnostic", opens_on="2025-09-01", closes_on="2025-10-10")
        clock.set(2025, 9, 15, 9)
        hold_forms(teacher, first, forms[:2], (None, None), learners, skills, items, 0, ("2025-09-15", "2025-09-19"), lambda learner, skill: 0)
        clock.set(2025, 10, 13, 9)
        teacher.cycle_close(first)
        show_results(teacher, first, skills)
        print("Groups for the next weeks")
        groups = form_groups(teacher, class_id, first, learners, skills)
        print("The second cycle: forms crossed over")
        second = teacher.cycle_hand_over(first, title="Winter", kind="interim", opens_on="2025-10-13", closes_on="2025-11-28")
        clock.set(2025, 11, 17, 9)
        hold_forms(teacher, second, forms[2:], forms[:2], learners, skills, items, 2 * ITEMS, ("2025-11-17", "2025-11-21"),
                   lambda learner, skill: 3 if groups.get(learner) == skills[skill] else learner % 2)
        clock.set(2025, 12, 1, 9)
        teacher.cycle_close(second)
        show_results(teacher, second, skills)
        print("What the groups achieved, against the others of the class")
        for effect in teacher.cycle_effect_list(second):
            interval = "too few to say how sure" if effect.lower is None else f"95 % from {effect.lower:.2f} to {effect.upper:.2f}"
            value = "nobody" if effect.value is None else f"{effect.value:.2f}"
            others = "nobody" if effect.others_value is None else f"{effect.others_value:.2f}"
            print(f"  group {effect.group_no}, {effect.measure.name.lower().replace('_', ' ')}: {value} of {effect.learners} against {others} of {effect.others}, {interval}")
        print("New groups")
        form_groups(teacher, class_id, second, learners, skills)


def main():
    clock = SchoolClock()
    clock.set(2025, 9, 1, 8)
    with tempfile.TemporaryDirectory() as folder:
        with personalize.Store.create(Path(folder) / "school.pz", clock=clock) as store:
            run(store, clock)


main()
