"""A small mathematics framework for grades 4 to 6: what builds on what, the misconceptions that stand in the way, and the items
that tell them apart. Written for the sample school."""

TITLE = "Fractions, decimals and ratios, grades 4 to 6"

# code, grade, strand, statement, short statement, codes of the direct prerequisites
COMPETENCIES = [
    ("4.FR.1", "04", "FR", "Explain why two fractions are equal and find an equal fraction.", "Equal fractions", []),
    ("4.FR.2", "04", "FR", "Compare two fractions with different numerators and denominators.", "Compare fractions", ["4.FR.1"]),
    ("4.FR.3", "04", "FR", "Add and subtract fractions with the same denominator.", "Add fractions, same denominator", ["4.FR.1"]),
    ("4.DE.1", "04", "DE", "Write fractions with denominator 10 or 100 as decimals.", "Tenths and hundredths", ["4.FR.1"]),
    ("4.DE.2", "04", "DE", "Compare two decimals to hundredths.", "Compare decimals", ["4.DE.1"]),
    ("5.FR.1", "05", "FR", "Add and subtract fractions with different denominators.", "Add fractions, different denominators",
     ["4.FR.1", "4.FR.3"]),
    ("5.FR.2", "05", "FR", "Multiply a fraction by a whole number or a fraction.", "Multiply fractions", ["4.FR.3"]),
    ("5.FR.3", "05", "FR", "Divide unit fractions by whole numbers and whole numbers by unit fractions.", "Divide unit fractions",
     ["5.FR.2"]),
    ("5.DE.1", "05", "DE", "Read, write and compare decimals to thousandths.", "Decimals to thousandths", ["4.DE.2"]),
    ("5.DE.2", "05", "DE", "Add and subtract decimals to hundredths.", "Add decimals", ["4.DE.1", "5.DE.1"]),
    ("6.FR.1", "06", "FR", "Divide a fraction by a fraction.", "Divide fractions", ["5.FR.3"]),
    ("6.DE.1", "06", "DE", "Multiply and divide decimals.", "Multiply decimals", ["5.DE.2"]),
    ("6.RA.1", "06", "RA", "Describe how two quantities relate with a ratio.", "Ratios", ["5.FR.2"]),
    ("6.RA.2", "06", "RA", "Find and use a unit rate.", "Unit rates", ["6.RA.1", "5.FR.3"]),
    ("6.RA.3", "06", "RA", "Find a percentage of a quantity.", "Percentages", ["6.RA.1", "5.DE.1"]),
    ("6.RA.4", "06", "RA", "Make and use tables of equal ratios.", "Ratio tables", ["6.RA.1"]),
]

STRANDS = {"FR": "Fractions", "DE": "Decimals", "RA": "Ratios and percentages"}

# competency: code and words of the misconception that its items can show
MISCONCEPTIONS = {
    "4.FR.1": ("equal-by-adding", "Adding the same number above and below gives an equal fraction."),
    "4.FR.2": ("larger-parts", "The fraction with the larger numbers is the larger fraction."),
    "4.FR.3": ("adds-denominators", "To add fractions, numerators are added and denominators are added."),
    "4.DE.1": ("digits-after-point", "The numerator is written behind the point whatever the denominator is."),
    "4.DE.2": ("longer-is-larger", "The decimal with more digits is the larger one."),
    "5.FR.1": ("adds-across", "Fractions with different denominators are added straight across."),
    "5.FR.2": ("multiplies-both", "To multiply by a whole number, numerator and denominator are both multiplied."),
    "5.FR.3": ("division-makes-smaller", "Dividing always makes a number smaller."),
    "5.DE.1": ("thousandths-largest", "Thousandths are larger than hundredths, since thousand is more than hundred."),
    "5.DE.2": ("aligns-right", "Decimals are added with their last digits under each other."),
    "6.FR.1": ("no-reciprocal", "To divide fractions, numerators and denominators are multiplied straight across."),
    "6.DE.1": ("point-stays", "The point of a product stands where it stands in the factors."),
    "6.RA.1": ("difference-for-ratio", "A ratio says how much more one quantity is than the other."),
    "6.RA.2": ("upside-down-rate", "A rate may be read either way round."),
    "6.RA.3": ("percent-is-amount", "Percent is an amount by itself, so 20 % is 20 of anything."),
    "6.RA.4": ("adds-in-table", "In a table of ratios the same number is added to both columns."),
}


def _decimal(value, digits):
    whole, part = divmod(value, 10 ** digits)
    return f"{whole}.{part:0{digits}d}"


def item(code, chance):
    """The stem and the options of one item: first the right one, then the one of the misconception, then two others."""
    a, b, c = 2 + chance.below(4), 7 + chance.below(3), 2 + chance.below(3)
    n = 2 + chance.below(7)
    stems = {
        "4.FR.1": (f"Which fraction equals {a}/{b}?", f"{a * c}/{b * c}", f"{a + c}/{b + c}", f"{a}/{b * c}", f"{a * c}/{b}"),
        "4.FR.2": (f"Which is larger, {a}/{a + 1} or {a + 2}/{2 * a + 8}?", f"{a}/{a + 1}", f"{a + 2}/{2 * a + 8}", "They are equal",
                   "It cannot be told"),
        "4.FR.3": (f"{a}/{b} + 1/{b} =", f"{a + 1}/{b}", f"{a + 1}/{2 * b}", f"{a}/{b}", f"{a + 2}/{b}"),
        "4.DE.1": (f"Write {a}/100 as a decimal.", f"0.0{a}", f"0.{a}", f"{a}.100", f"{a}.00"),
        "4.DE.2": (f"Which is larger, 0.{a + 1} or 0.{a}{n}?", f"0.{a + 1}", f"0.{a}{n}", "They are equal", "It cannot be told"),
        "5.FR.1": (f"1/{a} + 1/{a + 1} =", f"{2 * a + 1}/{a * (a + 1)}", f"2/{2 * a + 1}", f"1/{2 * a + 1}", f"2/{a * (a + 1)}"),
        "5.FR.2": (f"{n} × 1/{b} =", f"{n}/{b}", f"{n}/{n * b}", f"1/{n * b}", f"{n + 1}/{b}"),
        "5.FR.3": (f"How many pieces of 1/{a} are in {n}?", f"{a * n}", f"{n}/{a}", f"{a + n}", f"1/{a * n}"),
        "5.DE.1": (f"Which is larger, 0.0{a + 1} or 0.00{a + 3}?", f"0.0{a + 1}", f"0.00{a + 3}", "They are equal", "It cannot be told"),
        "5.DE.2": (f"{a}.{n} + 0.{a}{n} =", _decimal(100 * a + 10 * n + 10 * a + n, 2), _decimal(10 * a + n + 10 * a + n, 1),
                   f"{a}.{a}{n}", _decimal(100 * a + 10 * n + a + n, 2)),
        "6.FR.1": (f"1/{a} ÷ 1/{a * c} =", f"{c}", f"1/{a * a * c}", f"1/{c}", f"{a * c}"),
        "6.DE.1": (f"0.{a} × 0.{c} =", _decimal(a * c, 2), _decimal(a * c, 1), f"0.{a}{c}", f"{a * c}"),
        "6.RA.1": (f"{a} red and {n + a} blue beads: the ratio of red to blue is", f"{a} : {n + a}", f"1 : {n}", f"{n + a} : {a}",
                   f"{a} : {2 * a + n}"),
        "6.RA.2": (f"{a * n} kilometres in {a} hours are", f"{n} km an hour", f"{a}/{a * n} km an hour", f"{a * n - a} km an hour",
                   f"{a * n} km an hour"),
        "6.RA.3": (f"20 % of {n * 10} is", f"{n * 2}", "20", f"{n * 10 - 20}", f"{n * 20}"),
        "6.RA.4": (f"{a} cups serve {a * c}. {a + 1} cups serve", f"{(a + 1) * c}", f"{a * c + 1}", f"{a + c}", f"{a * c + a}"),
    }
    return stems[code]
