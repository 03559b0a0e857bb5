"""The pages of the sample school, as files: the school of examples/main_job with what its learners said, by a clock that always shows the same
days, so that the pages are the same wherever they are made."""
import contextlib
import importlib.util
import io
import json
from datetime import date
from pathlib import Path

import personalize
from personalize import GoalMeasure, Kind, PageAudience, Role, VoiceKind


def main_job(root):
    spec = importlib.util.spec_from_file_location("main_job", root / "examples" / "main_job" / "main_job.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def add_voices(store, clock):
    """What makes pages worth looking at beside the main job: a question that was answered, a need that waits, a goal that can be measured."""
    with store.actor("learner-060", Role.LEARNER, purpose="my own page") as learner, \
            store.actor("teacher-003", Role.TEACHER, purpose="class page") as teacher:
        question = learner.voice_say(learner="learner-060", kind=VoiceKind.QUESTION, content="Why do we turn the second fraction around?")
        teacher.voice_reply(question, "Good question. We will look at it with paper strips on Monday.")
        clock.set(2026, 2, 23, 9)
        learner.voice_say(learner="learner-060", kind=VoiceKind.NEED, content="I need more time when there is a lot to read.")
        competency = next(row.id for row in learner.competency_list(code="5.DE.2"))
        learner.goal_propose(learner="learner-060", statement="Add prices in my head at the market", measure=GoalMeasure.ESTIMATE,
                             competency=competency, target=0.9, due_on=date(2026, 4, 17))
    with store.actor("learner-051", Role.LEARNER, purpose="my own page") as learner:
        learner.voice_say(learner="learner-051", kind=VoiceKind.IDEA, content="Could we have a quiet corner on Fridays?")


def make(root, school, folder):
    """Writes NAME.html, NAME.json and NAME-charts.json for each page and gives their names."""
    job = main_job(root)
    clock = job.SchoolClock()
    with contextlib.redirect_stdout(io.StringIO()):
        job.main(Path(school), folder)
    clock.set(2026, 2, 20, 19)
    with personalize.Store.open(folder / "school.pz", clock=clock) as store:
        add_voices(store, clock)
        clock.set(2026, 2, 24, 9)
        with store.actor("learner-060", Role.LEARNER, purpose="my own page") as learner, \
                store.actor("teacher-003", Role.TEACHER, purpose="class page") as teacher, \
                store.actor("leader-001", Role.LEADER, purpose="school page") as leader:
            me = learner.id_resolve(Kind.PERSON, "sample-school", "learner-060")
            klass = teacher.id_resolve(Kind.CLASS, "sample-school", "math-05a")
            org = leader.id_resolve(Kind.ORG, "sample-school", "riverside")
            pages = {
                "class": (teacher, PageAudience.TEACHER, klass, teacher.class_page, teacher.class_page_data, {}),
                "learner": (learner, PageAudience.LEARNER, me, learner.learner_page, learner.learner_page_data,
                            {"challenge_link": "https://school.example/challenge?of={kind}&id={id}", "goal_link": "https://school.example/goals/{id}"}),
                "family": (learner, PageAudience.GUARDIAN, me, learner.guardian_page, learner.guardian_page_data, {"language": "es"}),
                "school": (leader, PageAudience.LEADER, org, leader.school_page, leader.school_page_data, {}),
            }
            for name, (actor, audience, whose, page, data, options) in pages.items():
                (folder / f"{name}.html").write_text(page(whose, **options), encoding="utf-8")
                (folder / f"{name}.json").write_text(json.dumps(data(whose, **options), default=str), encoding="utf-8")
                charts = actor.page_charts(audience, whose, **options)
                (folder / f"{name}-charts.json").write_text(json.dumps(charts, default=str), encoding="utf-8")
    return list(pages)
