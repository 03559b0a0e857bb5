"""What is made from the program's own help: manual.py ROOT writes docs/command-line.md (from its mark on), docs/personalize.1, the page
for man, and bindings/cli/personalize.bash, the completion for bash, anew."""

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


COMPLETION = """# Completion of personalize for bash. By tests/bindings/cli/manual.py, from `personalize help --all`.
_personalize()
{
    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} typed="" i
    case $before in
    @FILES@)
        mapfile -t COMPREPLY < <(compgen -f -- "$word")
        return
        ;;
@WORDS@
    esac
    for ((i = 1; i < COMP_CWORD; i++)); do
        case ${COMP_WORDS[i]} in
        @VALUES@) i=$((i + 1)) ;;
        -*) ;;
        *) typed+="${COMP_WORDS[i]} " ;;
        esac
    done
    if [[ $word == -* ]]; then
        local options="@COMMON@"
        case $typed in
@OPTIONS@
        esac
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
        return
    fi
    case $typed in
@NEXT@
    *) mapfile -t COMPREPLY < <(compgen -f -- "$word") ;;
    esac
}
complete -F _personalize personalize
"""


def completion(program):
    parts = blocks(program)
    commands = [found for found in map(command, parts) if found]
    common = [name for _, name, _ in entries(parts[1].split("\n\n", 1)[1])]
    everything = common + [name for found in commands for _, name, _ in found[3]]
    with_value = sorted({name.split()[0] for name in everything if " " in name})
    files = sorted({name.split()[0] for name in everything if name.endswith(" FILE")})
    following, options, words = {}, [], []
    for name, _, _, taken in commands:
        parts_of = name.split()
        for place in range(len(parts_of)):
            following.setdefault("".join(word + " " for word in parts_of[:place]), {})[parts_of[place]] = True
        if taken:
            options.append('        "%s "*) options+=" %s" ;;' % (name, " ".join(option.split()[0] for _, option, _ in taken)))
    for option, values in [("--role | --with-role", "learner guardian teacher counselor leader"), ("--language", "en es"),
                           ("--mode", "strict lenient"), ("--strategy", "need readiness mixed random")]:
        words.append("    %s)\n        mapfile -t COMPREPLY < <(compgen -W \"%s\" -- \"$word\")\n        return\n        ;;"
                     % (option, values))
    steps = ['    "%s") mapfile -t COMPREPLY < <(compgen -W "%s" -- "$word") ;;' % (typed, " ".join(found))
             for typed, found in following.items()]
    text = COMPLETION
    for mark, value in [("@FILES@", " | ".join(["-o", "-s"] + files)), ("@VALUES@", " | ".join(["-o", "-s"] + with_value)),
                        ("@WORDS@", "\n".join(words)),
                        ("@COMMON@", " ".join(name.split()[0] for name in common)), ("@OPTIONS@", "\n".join(options)),
                        ("@NEXT@", "\n".join(steps))]:
        text = text.replace(mark, value)
    return text


def write(root, name, text):
    with open(os.path.join(root, name), "w", encoding="utf-8") as file:
        file.write(text)


def main():
    program, root = os.environ.get("PERSONALIZE_PROGRAM", "personalize"), sys.argv[1]
    with open(os.path.join(root, "docs/command-line.md"), encoding="utf-8") as file:
        text = file.read()
    write(root, "docs/command-line.md", text.split(BEGIN)[0] + reference(program))
    write(root, "docs/personalize.1", man_page(program))
    write(root, "bindings/cli/personalize.bash", completion(program))


if __name__ == "__main__":
    main()
