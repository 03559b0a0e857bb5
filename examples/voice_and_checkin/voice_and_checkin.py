#!/usr/bin/env python3
"""A learner's voice and a check-in, in Python: a learner says by video what it needs, it is answered and acted on; then learner, guardian and
teacher meet, from the agenda to the next date.

    voice_and_checkin.py SAMPLE_SCHOOL_FOLDER RESULT_FOLDER

The store's clock is set to days of the school year. A host leaves it alone."""
import sys
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import personalize
from personalize import Kind, Role, Scope, VoiceAvenue, VoiceKind


class SchoolClock:
    def set(self, *day_and_hour):
        self.now = datetime(*day_and_hour, tzinfo=timezone.utc)

    def __call__(self):
        self.now += timedelta(milliseconds=1)  # time goes on between two calls
        return self.now


def show_owed(teacher):
    """What the teacher owes an answer, until it is dealt with."""
    owed = teacher.voice_list(owed_only=True)
    for entry in owed:
        media = teacher.voice_media_list(entry.id)
        print(f"  waits for the teacher until {entry.due_on}: {media[0].alternative if media else entry.content}")
    if not owed:
        print("  nothing waits for the teacher")


def voice(learner, teacher, clock):
    print("A need, said by video")
    # The host keeps the film; the store keeps where it is, what it is, and what it says in words.
    film = {"name": "What I need.webm", "reference": "voice/2025/7f3a.webm", "type": "video/webm", "size": 1048576,
            "hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "alternative": "I need more time when there is a lot to read"}
    entry = learner.voice_say(None, [film], learner="learner-060", kind=VoiceKind.NEED, avenue=VoiceAvenue.VIDEO, topic="reading",
                              key="film of 3 November")
    show_owed(teacher)
    teacher.voice_see(entry)
    teacher.voice_reply(entry, "Thank you. Shall we try it with the next test?")
    clock.set(2025, 11, 5, 10)
    teacher.voice_act(entry, "Ten minutes more from now on")
    for answer in learner.voice_answer_list(entry):
        print("  " + answer.state.name.lower().replace("_", " ") + (f": {answer.content}" if answer.content else ""))
    show_owed(teacher)


def check_in(learner, teacher, guardian, clock):
    goal = learner.goal_propose(learner="learner-060", statement="Read a book a month", due_on=date(2025, 11, 30))
    print("A check-in")
    checkin = teacher.checkin_plan(None, [{"person": "guardian-087", "role": Role.GUARDIAN}], learner="learner-060", due_on=date(2025, 12, 1))
    clock.set(2025, 12, 1, 15)
    for item in teacher.checkin_agenda_list(checkin):
        print(f"  agenda: {item.text}")
    learner.checkin_sign(checkin)
    guardian.checkin_sign(checkin)
    following = teacher.checkin_hold(checkin, teacher.checkin_get(checkin).version, "A book that the learner chooses, twenty minutes a day",
                                     [{"record_kind": Kind.GOAL, "record": goal, "note": "One more month"}], next_on=date(2026, 1, 12),
                                     key="check-in of 1 December")
    print(f"  held; the next one is on {guardian.checkin_get(following).due_on}")


def main(folder, results):
    clock = SchoolClock()
    clock.set(2025, 11, 3, 9)
    with personalize.Store.create(results / "school.pz", name="Riverside School", clock=clock) as store:
        with store.service("nightly import", Scope.IMPORT, purpose="start of the school year") as importer:
            importer.import_oneroster(folder / "oneroster.zip", source="sample-school")
        with store.actor("learner-060", Role.LEARNER, purpose="example") as learner, \
                store.actor("teacher-003", Role.TEACHER, purpose="example") as teacher, \
                store.actor("guardian-087", Role.GUARDIAN, purpose="example") as guardian:
            voice(learner, teacher, clock)
            check_in(learner, teacher, guardian, clock)
    print(f"The store is {results}/school.pz")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(f"usage: {sys.argv[0]} SAMPLE_SCHOOL_FOLDER RESULT_FOLDER")
    main(Path(sys.argv[1]), Path(sys.argv[2]))
