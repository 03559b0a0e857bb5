"""What docs says of the command line, made from the program's own help: manual.py FOLDER writes docs/command-line.md (from its mark
on) and docs/personalize.1, the page for man, anew."""

import os
import re
import subprocess
import sys

BEGIN = "<!-- From here on by tests/bindings/cli/manual.py, from `personalize help --all`. -->\n"


def blocks(program):
    text = subprocess.run([program, "help", "--all"], stdout=subprocess.PIPE, check=True).stdout.decode("utf-8")
    return text.split("\n\n\n")


def groups(overview):
    """(title, words) in the order of the overview: "goals propose, agree"."""
    for title, words in re.findall(r"(?ms)^(\S[^\n]*)\n  ([a-z].*?)\n(?=\n)", overview + "\n"):
        yield title, " ".join(words.split())


def entries(block):
    """(names, meaning) of the options in a block of help."""
    found = []
    for line in block.splitlines():
        match = re.match(r"  (?:-\w, |    )(--[a-z-]+(?: [A-Z]\S*)?)\s*(.*)$", line)
        if match:
            found.append([line[2:5].strip(", ") if line[2] == "-" else "", match.group(1), match.group(2)])
        elif found and line.startswith(" " * 28):
            found[-1][2] = (found[-1][2] + " " + line.strip()).strip()
        elif found and not line.strip():
            break
    return found


def command(block):
    usage = re.match(r"personalize ([a-z][a-z -]*[a-z])(?: ([\[A-Z][^\n]*))?\n\n(.*?)(?:\n\n|$)", block, re.S)
    if not usage or usage.group(1) == "personalize":
        return None
    arguments = (usage.group(2) or "").replace("[OPTION...]", "").strip()
    options = block[block.index("\nOptions\n"):] if "\nOptions\n" in block else ""
    return usage.group(1), arguments, usage.group(3).replace("\n", " "), entries(options)


def cell(text):
    return text.replace("|", "\\|")


def reference(program):
    parts = blocks(program)
    commands = [found for found in map(command, parts) if found]
    lines, options = [BEGIN, "## Commands", ""], {}
    for title, words in groups(parts[0]):
        first = [word.split()[0] for word in words.split(",")]
        lines += ["### " + title, "", "| command | what it does | options |", "| --- | --- | --- |"]
        names = [name for name in commands if name[0] in first or name[0].split()[0] == first[0] and " " in name[0]]
        for words, arguments, text, taken in names:
            lines.append("| `personalize %s` | %s | %s |" % ((words + " " + arguments).strip(), cell(text),
                                                             " ".join("`%s`" % name.split()[0] for _, name, _ in taken)))
            options.update({name: (letter, meaning) for letter, name, meaning in taken})
        lines.append("")
    lines += ["## Options of every command", "", "| option | what it means |", "| --- | --- |"]
    for letter, name, meaning in entries(parts[1].split("\n\n", 1)[1]):
        lines.append("| %s`%s` | %s |" % ("`%s`, " % letter if letter else "", name, cell(meaning)))
    lines += ["", "## Options of some commands", "", "| option | what it means |", "| --- | --- |"]
    lines += ["| `%s` | %s |" % (name, cell(options[name][1])) for name in sorted(options)]
    return "\n".join(lines) + "\n"


def roff(text):
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return "\\&" + text if text[:1] in (".", "'") else text


def man_options(found):
    lines = []
    for letter, name, meaning in found:
        words = name.split()
        value = " \\fI%s\\fR" % roff(words[1]) if len(words) > 1 else ""
        lines += [".TP", "%s\\fB%s\\fR%s" % ("\\fB%s\\fR, " % roff(letter) if letter else "", roff(words[0]), value), roff(meaning)]
    return lines


def man_page(program):
    parts = blocks(program)
    lines = [".TH PERSONALIZE 1", ".SH NAME",
             "personalize \\- learner profiles, goals, assessment cycles and grouping recommendations", ".SH SYNOPSIS",
             ".B personalize", ".I COMMAND", "[\\fIOPTION\\fR...]", ".SH DESCRIPTION"]
    for title, words in groups(parts[0]):
        lines += [".TP", roff(title), roff(words)]
    closing = parts[0][parts[0].index("\nRecords are named"):].split("\n\n")[0]
    lines += [".PP", roff(closing.strip().replace("\n", " ")), ".SH OPTIONS OF EVERY COMMAND"]
    lines += man_options(entries(parts[1].split("\n\n", 1)[1]))
    lines.append(".SH COMMANDS")
    for block in parts:
        found = command(block)
        if not found:
            continue
        words, arguments, text, taken = found
        lines += [".SS " + roff("personalize " + (words + " " + arguments).strip()), roff(text)] + man_options(taken)
        examples = block[block.index("\nExamples\n") + 10:].split("\n\n")[0] if "\nExamples\n" in block else ""
        if examples:
            lines += [".PP", ".nf"] + [roff(line) for line in examples.splitlines()] + [".fi"]
    lines += [".SH EXIT STATUS", ".nf"] + [roff(line) for line in parts[-1].splitlines()[2:]] + [".fi"]
    return "\n".join(lines) + "\n"


def main():
    program, folder = os.environ.get("PERSONALIZE_PROGRAM", "personalize"), sys.argv[1]
    path = os.path.join(folder, "command-line.md")
    with open(path, encoding="utf-8") as file:
        text = file.read()
    with open(path, "w", encoding="utf-8") as file:
        file.write(text.split(BEGIN)[0] + reference(program))
    with open(os.path.join(folder, "personalize.1"), "w", encoding="utf-8") as file:
        file.write(man_page(program))


if __name__ == "__main__":
    main()
