#!/usr/bin/env python3
"""The main job in Python: a school's files go in; who has mastered what, what changed, who needs what next, groups with their
reasons, goals and a page for the teacher come out.

    main_job.py SAMPLE_SCHOOL_FOLDER RESULT_FOLDER

The store's clock is set to the days of the school year, so that at the end an earlier day can be asked again. A host leaves the
clock alone."""
import sys
from collections import Counter
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import personalize
from personalize import AssessmentKind, GoalMeasure, GoalState, Kind, MasteryDecision, Role, Scope


class SchoolClock:
    def set(self, *day_and_hour):
        self.now = datetime(*day_and_hour, tzinfo=timezone.utc)

    def __call__(self):
        self.now += timedelta(milliseconds=1)  # time goes on between two calls
        return self.now


def import_csv(importer, folder, name, mapping):
    importer.import_csv(folder / name, (folder / "mappings" / mapping).read_text(), source="sample-school")
    print(f"  imported {name}")


def import_start(store, folder):
    with store.service("nightly import", Scope.IMPORT, purpose="start of the school year") as importer:
        importer.import_case(folder / "framework.json", source="sample-school")
        importer.import_oneroster(folder / "oneroster.zip", source="sample-school")
        print("  imported framework.json and oneroster.zip")
        for name in ("interests", "needs", "supports", "test-scores"):
            import_csv(importer, folder, f"{name}.csv", f"{name}.json")


def import_answers(store, folder, name):
    with store.service("nightly import", Scope.IMPORT, purpose="answers of the cycle") as importer:
        import_csv(importer, folder, name, "answers.json")


def show_mastery(teacher, class_id):
    rows = teacher.mastery(class_id=class_id)
    decided = Counter(row.decision for row in rows)
    print(f"  {len(rows)} estimates: {decided[MasteryDecision.MASTERED]} mastered, {decided[MasteryDecision.NOT_YET]} not yet, "
          f"{decided[MasteryDecision.NOT_ENOUGH_EVIDENCE]} not enough evidence")
    if rows:
        first = rows[0]
        print(f"  the first: {first.estimate:.2f} with a standard error of {first.standard_error:.2f} from {first.evidence_count} answers")


def show_cycle(teacher, cycle, class_id):
    rows = teacher.cycle_result_list(cycle=cycle, class_id=class_id)
    grown = sum(row.growth is not None and row.growth > 1.96 * row.growth_standard_error for row in rows)
    needs = sum(bool(row.is_need) for row in rows)
    steps = sum(row.step == 1 for row in rows)
    print(f"  {len(rows)} results: growth beyond its error in {grown}, {needs} needs, {steps} next steps whose prerequisites are mastered")


def recommend(teacher, class_id, cycle):
    made = teacher.recommend_groups(class_id, cycle=cycle, title="Next two weeks")
    for group in teacher.group_list(made, "en"):
        print(f"  group {group.group_no}: {group.rationale}")
    same = teacher.recommendation_replay(made)
    print(f"  made again from the seed: {'the same groups' if same else 'OTHER GROUPS'}")
    teacher.recommendation_accept(made, teacher.recommendation_get(made).version, note="Fits with the seating")


def propose_goal(store):
    with store.actor("learner-060", Role.LEARNER, purpose="my goals") as learner, \
            store.actor("counselor-001", Role.COUNSELOR, purpose="talk about goals") as counselor:
        competency, = learner.competency_list(code="5.FR.1")
        goal = learner.goal_propose(learner="learner-060", statement="I want to explain to my brother how to add fractions.",
                                    measure=GoalMeasure.MASTERY, competency=competency, due_on=date(2026, 3, 27))
        learner.goal_ask(goal, "counselor-001", Role.COUNSELOR)
        counselor.goal_support(goal, note="We look at it every second Friday.")
        learner.goal_start(goal, "I begin today.")
        print(f"  the goal is {'active' if learner.goal_get(goal).state == GoalState.ACTIVE else 'NOT ACTIVE'}")


def main(folder, results):
    clock = SchoolClock()
    clock.set(2025, 9, 1, 6)
    with personalize.Store.create(results / "school.pz", name="Riverside School", time_zone="UTC", clock=clock) as store:
        print("Files in")
        import_start(store, folder)
        leader = store.actor("leader-001", Role.LEADER, purpose="assessment cycles")
        teacher = store.actor("teacher-003", Role.TEACHER, purpose="class page")
        class_id = teacher.id_resolve(Kind.CLASS, "sample-school", "math-05a")

        print("Cycle one")
        fall = leader.cycle_open(org="riverside", title="Fall", kind=AssessmentKind.DIAGNOSTIC, opens_on=date(2025, 9, 1),
                                 closes_on=date(2025, 10, 3))
        leader.cycle_collect(fall)
        clock.set(2025, 10, 3, 18)
        import_answers(store, folder, "answers-fall.csv")
        leader.cycle_close(fall)
        show_mastery(teacher, class_id)

        print("Cycle two")
        clock.set(2026, 1, 19, 6)
        winter = leader.cycle_hand_over(fall, title="Winter", kind=AssessmentKind.INTERIM, org="riverside", opens_on=date(2026, 1, 19),
                                        closes_on=date(2026, 2, 20))
        leader.cycle_collect(winter)
        clock.set(2026, 2, 20, 18)
        import_answers(store, folder, "answers-winter.csv")
        leader.cycle_close(winter)
        show_mastery(teacher, class_id)
        show_cycle(teacher, winter, class_id)

        print("Groups for the class")
        recommend(teacher, class_id, winter)

        print("A goal")
        propose_goal(store)

        print("The same class, asked as of 1 December")
        with teacher.as_of(datetime(2025, 12, 1, 12, tzinfo=timezone.utc)) as past:
            show_mastery(past, class_id)

        print("The class page")
        page = results / "class-page.html"
        page.write_text(teacher.class_page(class_id), encoding="utf-8")
        print(f"  wrote {page}")
        teacher.close()
        leader.close()
    print(f"The store is {results / 'school.pz'}")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(f"usage: {sys.argv[0]} SAMPLE_SCHOOL_FOLDER RESULT_FOLDER")
    main(Path(sys.argv[1]), Path(sys.argv[2]))
