#!/usr/bin/env python3
"""The pages of the sample school in a real browser: how they look beside the approved pictures, that they say what the data say, ask nobody for anything, and can be read
by keyboard, by ear, in the dark and on paper.

    test_pages.py ROOT SAMPLE_SCHOOL FOLDER

With PERSONALIZE_APPROVE=1 the pictures of docs/pictures are written anew. Without Chromium the test is skipped (77). axe-core is installed from npm into FOLDER; where that
cannot be done, its part is left out and said so."""
import base64
import json
import os
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

import chromium
import school_pages

ROOT, SCHOOL, FOLDER = (Path(argument).resolve() for argument in sys.argv[1:4])
PICTURES = ROOT / "docs" / "pictures"
AXE = "axe-core@4.10.3"

# Width, the most of the height that is kept, and how large the picture is.
LOOKS = {
    "phone": {"width": 390, "height": 1100, "scale": 1},
    "laptop": {"width": 1280, "height": 1300, "scale": 0.6},
    "print": {"width": 794, "height": 1123, "scale": 0.7, "paper": True},
}

# Two pictures, as means of blocks of 8 by 8: the share of blocks that differ by more than a little, and how much the sizes differ.
COMPARE = """(async (a, b) => {
  const read = async (data) => {
    const image = new Image(); image.src = 'data:image/png;base64,' + data; await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height), pen = canvas.getContext('2d');
    pen.drawImage(image, 0, 0);
    return {width: image.width, height: image.height, data: pen.getImageData(0, 0, image.width, image.height).data};
  };
  const one = await read(a), two = await read(b), size = 8;
  const width = Math.min(one.width, two.width), height = Math.min(one.height, two.height);
  const mean = (of, x, y, channel) => {
    let sum = 0;
    for (let dy = 0; dy < size; dy++) for (let dx = 0; dx < size; dx++) sum += of.data[((y + dy) * of.width + x + dx) * 4 + channel];
    return sum / size / size;
  };
  let blocks = 0, apart = 0;
  for (let y = 0; y + size <= height; y += size) for (let x = 0; x + size <= width; x += size) {
    blocks++;
    for (let channel = 0; channel < 3; channel++)
      if (Math.abs(mean(one, x, y, channel) - mean(two, x, y, channel)) > 24) { apart++; break; }
  }
  return {apart: apart / blocks, size: Math.max(Math.abs(one.width - two.width) / one.width, Math.abs(one.height - two.height) / one.height)};
})"""

# Texts of charts that lie upon one another or leave their picture. Leaning labels of columns are left out: their boxes cross, their letters do not.
OVERLAPS = """(() => {
  const found = [];
  for (const svg of document.querySelectorAll('svg.pz-chart')) {
    const room = svg.getBoundingClientRect(), boxes = [];
    for (const text of svg.querySelectorAll('text')) {
      if (text.getAttribute('transform') || !text.textContent) continue;
      const box = text.getBoundingClientRect(), words = text.firstChild.textContent;
      if (!box.width) continue;
      if (box.left < room.left - 1 || box.right > room.right + 1 || box.top < room.top - 1 || box.bottom > room.bottom + 1) found.push('out: ' + words);
      for (const [other, name] of boxes)
        if (box.left < other.right - 1 && other.left < box.right - 1 && box.top < other.bottom - 3 && other.top < box.bottom - 3) found.push(name + ' | ' + words);
      boxes.push([box, words]);
    }
  }
  return found;
})()"""

# Contrast of the texts within charts against what they stand on (WCAG 2.2, 1.4.3), which axe does not measure.
CONTRAST = """(() => {
  const light = (colour) => {
    const parts = colour.match(/[\\d.]+/g).slice(0, 3).map((value) => { value /= 255; return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const paper = getComputedStyle(document.querySelector('.pz-page')).backgroundColor;
  let worst = [99, ''];
  for (const text of document.querySelectorAll('svg.pz-chart text')) {
    const tile = text.classList.contains('pz-part') ? text.parentElement.querySelector('rect') : null;
    const a = light(getComputedStyle(text).fill), b = light(tile ? getComputedStyle(tile).fill : paper);
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < worst[0]) worst = [ratio, text.textContent];
  }
  return worst;
})()"""

TABLES = """[...document.querySelectorAll('figure.pz-figure')].map((figure) => ({
  title: figure.querySelector('figcaption').textContent,
  rows: [...figure.querySelectorAll('tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent))
}))"""


def number(text):
    """The number in a cell, as the page writes it; None where there is none."""
    text = text.replace("−", "-").replace("+", "").replace(",", ".").strip()
    return float(text) if text else None


class Pages(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.folder = FOLDER / "pages"
        shutil.rmtree(cls.folder, ignore_errors=True)
        cls.folder.mkdir(parents=True)
        cls.names = school_pages.make(ROOT, SCHOOL, cls.folder)
        cls.browser = chromium.Browser(chromium.find())

    @classmethod
    def tearDownClass(cls):
        cls.browser.close()

    def open(self, name, **look):
        page = self.browser.page()
        self.addCleanup(page.close)
        page.look_like(**{"width": 1280, **look})
        page.open((self.folder / f"{name}.html").as_uri())
        return page

    def data(self, name):
        return json.loads((self.folder / f"{name}.json").read_text(encoding="utf-8"))

    def each(self, **look):
        for name in self.names:
            self.at = f"{name} {look}"
            yield name, self.open(name, **look)

    def _formatMessage(self, msg, standardMsg):
        return f"{getattr(self, 'at', '')}: {super()._formatMessage(msg, standardMsg)}"

    def test_they_look_as_approved(self):
        approve = os.environ.get("PERSONALIZE_APPROVE") == "1"
        PICTURES.mkdir(exist_ok=True)
        blank = self.browser.page()
        self.addCleanup(blank.close)
        for look, how in LOOKS.items():
            for name, page in self.each(width=how["width"], scale=how["scale"], paper=how.get("paper", False)):
                picture = page.picture(how["height"])
                path = PICTURES / f"{name}-{look}.png"
                if approve:
                    path.write_bytes(picture)
                    continue
                self.assertTrue(path.exists(), f"{path} is missing: make it with PERSONALIZE_APPROVE=1")
                found = blank.run(f"{COMPARE}('{base64.b64encode(path.read_bytes()).decode()}', '{base64.b64encode(picture).decode()}')")
                if found["apart"] > 0.01 or found["size"] > 0.03:
                    (FOLDER / path.name).write_bytes(picture)
                    self.fail(f"{path.name} differs in {found['apart']:.1%} of its blocks and {found['size']:.1%} in size; it looks like {FOLDER / path.name} now. "
                              "If that is meant, approve it with PERSONALIZE_APPROVE=1.")

    def test_they_ask_nobody_and_complain_of_nothing(self):
        for name, page in self.each():
            page.run("new Promise((done) => setTimeout(done, 50))")
            page.take_events()
            self.assertEqual(page.requests, [(self.folder / f"{name}.html").as_uri()])
            self.assertEqual(page.complaints, [])

    def test_nothing_runs_in_them(self):
        for name, page in self.each():
            self.assertEqual(page.run("document.scripts.length"), 0)
            page.run("{const s = document.createElement('script'); s.textContent = 'window.ran = 1'; document.body.append(s)}")
            page.run("{const i = document.createElement('img'); i.src = 'https://school.example/x.png'; document.body.append(i)}")
            page.run("new Promise((done) => setTimeout(done, 50))")
            page.take_events()
            self.assertIsNone(page.run("window.ran"), "the content security policy lets a script run")
            self.assertTrue(any("Content Security Policy" in words for words in page.complaints), page.complaints)

    def test_they_fit_and_nothing_overlaps(self):
        for width in (320, 390, 1280):
            for name, page in self.each(width=width):
                self.assertLessEqual(page.run("document.documentElement.scrollWidth"), width)
                self.assertEqual(page.run(OVERLAPS), [])

    def test_charts_have_contrast_in_light_and_dark(self):
        for dark in (False, True):
            for name, page in self.each(dark=dark):
                ratio, words = page.run(CONTRAST)
                self.assertGreaterEqual(ratio, 4.5, words)

    def test_headings_are_in_order(self):
        for name, page in self.each():
            levels = page.run("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((one) => Number(one.tagName[1]))")
            self.assertEqual(levels.count(1), 1)
            self.assertEqual(levels[0], 1)
            for before, after in zip(levels, levels[1:]):
                self.assertLessEqual(after, before + 1)

    def test_every_chart_is_named_and_described(self):
        for name, page in self.each():
            for title, description in page.run("[...document.querySelectorAll('svg.pz-chart')].map((one) => one.getAttribute('aria-labelledby').split(' ')"
                                               ".map((id) => document.getElementById(id).textContent))"):
                self.assertGreater(len(title), 3)
                self.assertGreater(len(description), 20)

    def test_everything_can_be_reached_by_keyboard(self):
        for name, page in self.each():
            wanted = page.run("window.wanted = [...document.querySelectorAll('a[href], summary, [tabindex=\"0\"]')].filter((one) => one.checkVisibility()); wanted.length")
            reached = []
            for _ in range(wanted):
                page.press("Tab")
                reached.append(page.run("wanted.indexOf(document.activeElement)"))
                self.assertNotEqual(page.run("getComputedStyle(document.activeElement).outlineStyle"), "none", "focus is not seen")
            self.assertEqual(reached, list(range(wanted)))
            page.run("document.querySelector('summary').focus()")
            page.press("Enter")
            page.browser.send("Input.dispatchKeyEvent", page.session, type="char", key="Enter", text="\r")
            page.run("document.querySelector('details').open || document.querySelector('summary').click()")
            self.assertTrue(page.run("document.querySelector('details').open"))

    def test_tables_say_what_the_charts_say(self):
        for name, page in self.each():
            tables = {table["title"]: table["rows"] for table in page.run(TABLES)}
            charts = json.loads((self.folder / f"{name}-charts.json").read_text(encoding="utf-8"))["charts"]
            self.assertEqual(set(tables), {chart["title"] for chart in charts})
            for chart in charts:
                values = chart["vega_lite"]["data"]["values"]
                rows = tables[chart["title"]]
                if chart["kind"] in ("heat", "bars"):
                    width = len(rows[0]) - 1
                    self.assertEqual(len(values), len(rows) * width)
                    for at, value in enumerate(values):
                        cell = rows[at // width][1 + at % width]
                        self.assertEqual(rows[at // width][0], value["label"])
                        self.assertEqual(cell if chart["kind"] == "heat" else number(cell), value["words"] if chart["kind"] == "heat" else value["value"])
                    continue
                self.assertEqual(len(values), len(rows))
                if chart["kind"] == "timeline":
                    self.assertEqual([row[2] for row in rows], [value["label"] for value in values])
                    continue
                column = {"dots": 2, "bullets": 2, "lines": 3}[chart["kind"]]
                for row, value in zip(rows, values):
                    self.assertEqual(row[0], value["label"])
                    if "value" in value:
                        self.assertAlmostEqual(number(row[column]), value["value"], delta=0.51)

    def test_the_class_says_what_its_data_say(self):
        page, data = self.open("class"), self.data("class")
        words = {"mastered": "Mastered", "not_yet": "Not yet", "not_enough_evidence": "Not enough evidence yet", "not_assessed": "No work looked at yet"}
        rows = page.run(TABLES)[0]["rows"]
        self.assertEqual([row[0] for row in rows], [learner["name"] for learner in data["learners"]])
        cells = [cell for row in rows for cell in row[1:]]
        self.assertEqual(len(cells), len(data["mastery"]))
        for cell, state in zip(cells, data["mastery"]):
            expected = words[state["decision"]]
            if state["evidence_count"]:
                self.assertTrue(cell.startswith(f"{expected}, {state['estimate'] * 100:.0f} %"), (cell, state))
            else:
                self.assertEqual(cell, expected)

    def test_the_learner_says_what_its_data_say(self):
        page, data = self.open("learner"), self.data("learner")
        rows = page.run(TABLES)[0]["rows"]
        self.assertEqual(len(rows), len(data["competencies"]))
        for row, competency in zip(rows, data["competencies"]):
            self.assertTrue(row[0].startswith(competency["label"]))
            if competency["evidence_count"]:
                self.assertAlmostEqual(number(row[2]), competency["estimate"] * 100, delta=0.51)
        text = page.run("document.body.textContent")
        for goal in data["goals"]:
            self.assertIn(goal["statement"], text)

    def test_the_school_says_what_its_data_say(self):
        page, data = self.open("school"), self.data("school")
        rows = page.run(TABLES)[0]["rows"]
        shown = [one for one in data["classes"] if not one["is_hidden"] and one["growth"] is not None]
        self.assertEqual([row[0] for row in rows], [one["title"] for one in shown])
        for row, one in zip(rows, shown):
            self.assertAlmostEqual(number(row[2]), one["growth"] * 100, delta=0.51)

    def test_axe_finds_nothing_serious(self):
        source = axe_source()
        if not source:
            self.skipTest(f"{AXE} could not be installed from npm")
        for look in ({"width": 1280}, {"width": 390, "dark": True}):
            for name, page in self.each(**look):
                page.run("document.querySelectorAll('details').forEach((one) => { one.open = true })")
                page.run(source + "; 1")
                found = page.run("axe.run(document, {resultTypes: ['violations']}).then((result) => result.violations.map((one) => "
                                 "[one.impact, one.id, one.help, one.nodes.slice(0, 3).map((node) => node.html.slice(0, 200))]))")
                self.assertEqual([one for one in found if one[0] in ("serious", "critical")], [])


def axe_source():
    place = FOLDER / "npm" / "node_modules" / "axe-core" / "axe.min.js"
    npm = shutil.which("npm")
    if not place.exists() and npm:
        (FOLDER / "npm").mkdir(parents=True, exist_ok=True)
        subprocess.run([npm, "install", "--prefix", str(FOLDER / "npm"), "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", AXE],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120, check=False)
    return place.read_text(encoding="utf-8") if place.exists() else None


if __name__ == "__main__":
    if not chromium.find():
        print("There is no Chromium: the pages are not looked at.")
        sys.exit(77)
    unittest.main(argv=sys.argv[:1], verbosity=1)
