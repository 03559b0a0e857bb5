"""The reference part of docs/command-line.md, made from the program's own help: manual.py FILE writes it anew."""

import os
import re
import subprocess
import sys

BEGIN = "<!-- From here on by tests/bindings/cli/manual.py, from `personalize help --all`. -->\n"


def blocks(program):
    text = subprocess.run([program, "help", "--all"], stdout=subprocess.PIPE, check=True).stdout.decode("utf-8")
    return text.split("\n\n\n")


def groups(overview):
    """(title, first words) in the order of the overview."""
    for title, words in re.findall(r"(?ms)^(\S[^\n]*)\n  ([a-z].*?)\n(?=\n)", overview + "\n"):
        yield title, [word.split()[0] for word in words.replace("\n", " ").split(",")]


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
    for title, first in groups(parts[0]):
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


def main():
    path = sys.argv[1]
    with open(path, encoding="utf-8") as file:
        text = file.read()
    with open(path, "w", encoding="utf-8") as file:
        file.write(text.split(BEGIN)[0] + reference(os.environ.get("PERSONALIZE_PROGRAM", "personalize")))


if __name__ == "__main__":
    main()
