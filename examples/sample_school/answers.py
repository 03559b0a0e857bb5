"""What the learners of the sample school know, and so what they answer, in two assessment cycles half a year apart."""
import math
from dataclasses import dataclass

import mathematics

# first and last day of each cycle, the day of its test in each grade
CYCLES = (
    ("fall", "2025-09-01", "2025-10-03", {"04": "2025-09-16", "05": "2025-09-17", "06": "2025-09-18"}),
    ("winter", "2026-01-19", "2026-02-20", {"04": "2026-02-03", "05": "2026-02-04", "06": "2026-02-05"}),
)
ITEMS_PER_COMPETENCY = 4
LETTERS = "ABCD"


@dataclass
class Item:
    code: str
    competency: str
    stem: str
    options: list  # by letter
    correct: str
    misconception: str  # code
    trap: str  # the letter of the option that shows it


@dataclass
class Answer:
    learner: str
    item: Item
    choice: str
    at: str


def tested_in(grade):
    """A class is tested on what it learns this year and on what that builds on directly."""
    own = [row for row in mathematics.COMPETENCIES if row[1] == grade]
    before = {code for row in own for code in row[5]} - {row[0] for row in own}
    return [row[0] for row in mathematics.COMPETENCIES if row[1] == grade or row[0] in before]


def make_items(chance, cycle):
    items = {}
    for row in mathematics.COMPETENCIES:
        code = row[0]
        items[code] = []
        seen = set()
        while len(items[code]) < ITEMS_PER_COMPETENCY:
            stem, *options = mathematics.item(code, chance)
            if stem in seen or len(set(options)) < len(options):
                continue
            seen.add(stem)
            right, trap = options[0], options[1]
            chance.shuffle(options)
            items[code].append(Item(f"{cycle}-{code}-{len(items[code]) + 1}", code, stem, options, LETTERS[options.index(right)],
                                    mathematics.MISCONCEPTIONS[code][0], LETTERS[options.index(trap)]))
    return items


class Mind:
    """What one learner knows. A competency comes only after those it builds on."""

    def __init__(self, grade, chance):
        self.talent = chance.bell()
        self.known = set()
        self.believes = set()  # competencies where the misconception is held
        for code, of_grade, _, _, _, before in mathematics.COMPETENCIES:
            lead = int(grade) - int(of_grade)
            ready = all(b in self.known for b in before)
            chance_of_knowing = 1 / (1 + math.exp(-(0.9 * self.talent + 1.5 * lead - 1.2)))
            if ready and chance.happens(chance_of_knowing):
                self.known.add(code)
            elif chance.happens(0.6):
                self.believes.add(code)

    def half_a_year(self, grade, chance):
        for code, of_grade, _, _, _, before in mathematics.COMPETENCIES:
            taught = of_grade <= grade
            if code not in self.known and taught and all(b in self.known for b in before):
                if chance.happens(0.55 + 0.1 * self.talent):
                    self.known.add(code)
                    self.believes.discard(code)

    def answer(self, item, chance):
        if item.competency in self.known:
            right = chance.happens(0.92)
        else:
            right = chance.happens(0.22)
        if right:
            return item.correct
        if item.competency in self.believes and chance.happens(0.75):
            return item.trap
        return chance.one_of([letter for letter in LETTERS if letter != item.correct])


def make(school, chance):
    """For each cycle its items and its answers, and what each learner truly knew at the time."""
    minds = {learner.id: Mind(learner.grade, chance) for learner in school.learners}
    found = []
    for number, (name, _, _, days) in enumerate(CYCLES):
        items = make_items(chance, name)
        answers = []
        if number:
            for learner in school.learners:
                minds[learner.id].half_a_year(learner.grade, chance)
        for group in school.classes:
            for learner in group.learners:
                if chance.happens(0.03):  # away on the day
                    continue
                minute = 0
                for code in tested_in(group.grade):
                    for item in items[code]:
                        if chance.happens(0.02):  # left out
                            continue
                        minute += 1
                        at = f"{days[group.grade]}T{9 + minute // 60:02d}:{minute % 60:02d}:{chance.below(60):02d}Z"
                        answers.append(Answer(learner.id, item, minds[learner.id].answer(item, chance), at))
        found.append((name, items, answers, {key: set(mind.known) for key, mind in minds.items()}))
    return found
