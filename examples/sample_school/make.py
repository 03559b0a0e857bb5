#!/usr/bin/env python3
"""Makes the files of a sample school: a OneRoster archive, a CASE framework and CSV files, the same bytes for the same seed.

    make.py FOLDER [--seed N]

One school, three grades, six classes and 150 learners with their guardians, teachers, a counselor and a leader, over two assessment
cycles. Everybody and everything in it is made up. Nothing but the standard library of Python is needed."""
import argparse
import csv
import json
import os
import shutil
from dataclasses import dataclass

import answers
import framework_file
import mathematics
import people
import roster_files
import words
from chance import Chance


@dataclass
class Quiz:
    id: str
    title: str
    day: str
    group: people.Class
    competency: str
    scores: list  # learner id, points of 10


def make_quizzes(school, known, chance):
    """One graded quiz a class in November, on a competency of its grade."""
    quizzes = []
    for group in school.classes:
        competency = chance.one_of([row[0] for row in mathematics.COMPETENCIES if row[1] == group.grade])
        scores = []
        for learner in group.learners:
            if chance.happens(0.95):
                points = sum(chance.happens(0.9 if competency in known[learner.id] else 0.35) for _ in range(10))
                scores.append((learner.id, str(points)))
        short = next(row[4] for row in mathematics.COMPETENCIES if row[0] == competency)
        quizzes.append(Quiz(f"quiz-{group.id}", f"Quiz: {short}", "2025-11-12", group, competency, scores))
    return quizzes


def write_csv(folder, name, header, rows):
    with open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def write_answers(folder, cycle, found):
    rows = []
    for answer in found:
        item = answer.item
        trapped = answer.choice == item.trap
        rows.append([answer.learner, item.code, item.competency, item.stem, answer.choice, item.correct,
                     int(answer.choice == item.correct), answer.at, item.misconception if trapped else "",
                     mathematics.MISCONCEPTIONS[item.competency][1] if trapped else ""])
    write_csv(folder, f"answers-{cycle}.csv", ["student_id", "item", "competency", "question", "choice", "correct_choice", "score",
                                               "answered_at", "misconception", "misconception_statement"], rows)


def write_profiles(folder, school, chance):
    interests, needs, experiences, successes, supports, attendance, tests, goals = ([] for _ in range(8))
    for learner in school.learners:
        for tag, sentence in chance.some_of(words.INTERESTS, 1 + chance.below(3)):
            interests.append([learner.id, tag, sentence, "2025-09-05"])
        if chance.happens(0.5):
            tag, sentence = chance.one_of(words.NEEDS)
            needs.append([learner.id, tag, sentence, "2025-09-05"])
        if chance.happens(0.25):
            experiences.append([learner.id, chance.one_of(words.EXPERIENCES), "2025-09-05"])
        if chance.happens(0.25):
            successes.append([learner.id, chance.one_of(words.SUCCESSES), "2025-09-05"])
        if chance.happens(0.06):
            term, sentence = chance.one_of(words.SUPPORTS)
            supports.append([learner.id, term, sentence, "2025-08-25", "2026-06-12"])
        days, away = 92, min(30, int(abs(chance.bell()) * 4))
        attendance.append([learner.id, "2025-08-25", "2026-01-16", days, days - away])
        if learner.grade != "04":
            tests.append([learner.id, "State mathematics scale", 2400 + int(60 * int(learner.grade) + 35 * chance.bell()), 24, "2025-05-14"])
        if chance.happens(0.2):
            area, sentence, reason = chance.one_of(words.GOALS)
            goals.append([learner.id, area, sentence, reason, "2026-06-05"])
    write_csv(folder, "interests.csv", ["student_id", "topic", "in_own_words", "noted_on"], interests)
    write_csv(folder, "needs.csv", ["student_id", "topic", "in_own_words", "noted_on"], needs)
    write_csv(folder, "experiences.csv", ["student_id", "in_own_words", "noted_on"], experiences)
    write_csv(folder, "prior-successes.csv", ["student_id", "in_own_words", "noted_on"], successes)
    write_csv(folder, "supports.csv", ["student_id", "support", "description", "from", "until"], supports)
    write_csv(folder, "attendance.csv", ["student_id", "from", "until", "days", "days_present"], attendance)
    write_csv(folder, "test-scores.csv", ["student_id", "scale", "scale_score", "standard_error", "tested_on"], tests)
    write_csv(folder, "goals.csv", ["student_id", "area", "goal", "why", "due"], goals)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--seed", type=int, default=2025)
    arguments = parser.parse_args()
    os.makedirs(arguments.folder, exist_ok=True)
    chance = Chance(arguments.seed)
    school = people.make(chance)
    cycles = answers.make(school, chance)
    quizzes = make_quizzes(school, cycles[0][3], chance)
    ids = framework_file.competency_ids()

    framework_file.write(os.path.join(arguments.folder, "framework.json"))
    roster_files.write(os.path.join(arguments.folder, "oneroster.zip"), school, ids, quizzes)
    for cycle, _, found, _ in cycles:
        write_answers(arguments.folder, cycle, found)
    write_profiles(arguments.folder, school, chance)
    shutil.copytree(os.path.join(os.path.dirname(os.path.abspath(__file__)), "mappings"), os.path.join(arguments.folder, "mappings"),
                    dirs_exist_ok=True)
    with open(os.path.join(arguments.folder, "truth.json"), "w", encoding="utf-8") as file:
        json.dump({name: {learner: sorted(known[learner]) for learner in sorted(known)} for name, _, _, known in cycles}, file, indent=1)
        file.write("\n")
    print(f"{len(school.learners)} learners, {len(school.guardians)} guardians, {len(school.staff)} staff, {len(school.classes)} classes, "
          f"{sum(len(found) for _, _, found, _ in cycles)} answers in {arguments.folder}")


if __name__ == "__main__":
    main()
