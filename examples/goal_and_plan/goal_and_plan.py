#!/usr/bin/env python3
"""A goal, in Python: a learner proposes it, negotiates it with a counselor, works on it by milestones, demonstrates, and reflects.

    goal_and_plan.py SAMPLE_SCHOOL_FOLDER RESULT_FOLDER

The store's clock is set to days of the school year. A host leaves it alone."""
import sys
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import personalize
from personalize import GoalMeasure, Role, Scope


class SchoolClock:
    def set(self, *day_and_hour):
        self.now = datetime(*day_and_hour, tzinfo=timezone.utc)

    def __call__(self):
        self.now += timedelta(milliseconds=1)  # time goes on between two calls
        return self.now


def say_state(learner, goal):
    print(f"  the goal is {learner.goal_get(goal).state.name.lower()}")


def negotiate(learner, counselor):
    print("A goal is proposed and negotiated")
    goal = learner.goal_propose(learner="learner-060", statement="Read more", reason="I like stories about trains", confidence=0.6)
    for advice in learner.goal_advice_list(goal):
        if advice.field in ("statement", "due_on"):
            print(f"  advice: {advice.words}")
    counselor.goal_revise(counselor.goal_get(goal), statement="Read four books about trains", measure=GoalMeasure.COUNT, measured="books read",
                          baseline=0, target=4, due_on=date(2026, 1, 30), why="So that we can see it grow")
    say_state(learner, goal)
    request = learner.goal_request_list(goal)[0]
    print(f"  the counselor asks for: {learner.goal_revision_get(request.id).statement}")
    learner.goal_answer(request.id, 1, "Good, four")
    counselor.goal_support(goal, "We talk about each book")
    say_state(learner, goal)
    learner.goal_start(goal, "I begin tonight")
    say_state(learner, goal)
    return goal


def work(learner, counselor, goal, clock):
    print("It is worked on")
    milestone = learner.goal_milestone_add(goal=goal, statement="The first book", due_on=date(2025, 11, 20))
    clock.set(2025, 11, 18, 16)
    learner.goal_milestone_reach(milestone, description="Told the counselor about it")
    learner.goal_measurement_add(goal=goal, value=2)
    print(f"  {learner.goal_progress_get(goal).words}")
    clock.set(2025, 12, 15, 16)
    learner.goal_measurement_add(goal=goal, value=4)
    shown = learner.demonstration_add(goal=goal, title="Four stories told to the class",
                                      media=[{"reference": "https://school.example/stories", "alternative": "I tell the four stories"}])
    counselor.demonstration_rate(shown, [{"criterion": "Tells it so that others follow", "level": 4, "levels": 4}])
    learner.demonstration_rate(shown, [{"criterion": "Tells it so that others follow", "level": 3, "levels": 4}])
    for rating in learner.demonstration_rating_list(shown):
        print(f"  {'own rating' if rating.is_self else 'rating'}: {rating.level} of {rating.levels}")


def finish(learner, counselor, goal):
    print("It is achieved")
    request = learner.goal_achieve(goal, None, "I read more than I thought I could")
    counselor.goal_answer(request, 1, "You did")
    say_state(learner, goal)
    learner.goal_reflect(goal, "Next time I choose longer books")
    counselor.goal_reflect(goal, "Choosing the books yourself made the difference")
    for reflection in learner.goal_reflection_list(goal):
        print(f"  {reflection.role.name.lower()}: {reflection.content}")


def main(folder, results):
    clock = SchoolClock()
    clock.set(2025, 11, 3, 9)
    with personalize.Store.create(results / "school.pz", name="Riverside School", clock=clock) as store:
        with store.service("nightly import", Scope.IMPORT, purpose="start of the school year") as importer:
            importer.import_oneroster(folder / "oneroster.zip", source="sample-school")
        with store.actor("learner-060", Role.LEARNER, purpose="example") as learner, \
                store.actor("counselor-001", Role.COUNSELOR, purpose="example") as counselor:
            goal = negotiate(learner, counselor)
            work(learner, counselor, goal, clock)
            finish(learner, counselor, goal)
    print(f"The store is {results}/school.pz")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(f"usage: {sys.argv[0]} SAMPLE_SCHOOL_FOLDER RESULT_FOLDER")
    main(Path(sys.argv[1]), Path(sys.argv[2]))
