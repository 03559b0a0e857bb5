"""Runs the code of README.md as its reader would, block after block, from the source tree into a home that is empty at first.

    readme.py ROOT BUILD [--anew]

Without --anew the build BUILD is installed instead of a new one made, and its Python package is put into the environment instead of what pip
would get, which needs the network. Programs are saved under the name that the text before them gives."""
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

SKIPPED = 77
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```\n", re.S | re.M)


def packages(line, root):
    """The packages that are named are those that examples/run installs, and what a virtual environment needs."""
    named = set(line.removeprefix("apt-get install ").split())
    script = (root / "pkgconfig" / "debian.sh").read_text()
    wanted = set(re.search(r'build_packages="(.*?)"', script, re.S)[1].split()) - {"python3-numpy"} | {"python3-venv"}
    if named != wanted:
        sys.exit(f"README.md names other packages than pkgconfig/debian.sh: {sorted(named ^ wanted)}")
    print("skipped: apt-get, which needs the network and root")


def shell(text, root, build, anew):
    """The lines of a block as a script that stands for it."""
    lines = []
    for line in text.splitlines():
        if line.startswith("apt-get install "):
            packages(line, root)
        elif line.startswith(("examples/run", "tests/run")):
            print(f"skipped: {line.split()[0]}, which installs packages")
        elif anew or not re.match(r"cmake|\S*/pip install", line):
            lines.append(line)
        elif "--install" in line:
            lines.append(line.replace("build/release", f'"{build}"'))
        elif "pip install" in line:
            print("skipped: pip install, which needs the network; the environment has the package that was built")
            lines.append(f'echo "{build}/bindings/python" > "$(echo ~/.local/personalize/lib/python3*/site-packages)/personalize.pth"')
        else:
            print(f"skipped: {line}; what was built is installed")
    return lines


def script(root, build, anew):
    text = (root / "README.md").read_text()
    lines, at = [f'cd "{root}"'], 0
    for block in BLOCK.finditer(text):
        language, code = block.groups()
        if language:
            name = re.findall(r"save it as `([\w.]+)`", text[at:block.start()])
            if len(name) != 1:
                sys.exit(f"README.md does not say how to save the program\n{code}")
            lines.append(f"cat > {name[0]} <<'END OF PROGRAM'\n{code}END OF PROGRAM")
        else:
            lines += shell(code, root, build, anew)
        at = block.end()
    return "\n".join(lines) + "\npwd\n"


def main():
    root, build = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    with tempfile.TemporaryDirectory() as home:
        environment = {"HOME": home, "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "TZ": "UTC", "PYTHONDONTWRITEBYTECODE": "1"}
        if subprocess.run(["python3", "-c", "import ensurepip, venv"], env=environment, capture_output=True).returncode:
            print("skipped: no environment for Python can be made; Debian's package is python3-venv")
            return SKIPPED
        commands = script(root, build, "--anew" in sys.argv)
        ran = subprocess.run(["bash", "-euo", "pipefail", "-c", commands], env=environment, cwd=home, capture_output=True, text=True)
        print(ran.stdout)
        if ran.returncode or ran.stderr and "--anew" not in sys.argv:  # pip speaks of itself on standard error
            sys.exit(f"README.md ended with {ran.returncode}\n{commands}\n{ran.stderr}")
        folder = Path(ran.stdout.splitlines()[-1])
        if folder != Path(home) / "school":
            sys.exit(f"README.md ended in {folder}")
        pages = [folder / "class.html", *folder.glob("class-*.html")]
        for page in pages:
            if not page.read_text().lower().startswith("<!doctype html>"):
                sys.exit(f"{page.name} is no page")
        if len(pages) < 2 or "<" not in (folder / "classes.html").read_text() or not {"Mathematics 5A", "Mathematics 5A 200"} <= set(ran.stdout.splitlines()):
            sys.exit("README.md did not make what it says")
    return 0


if __name__ == "__main__":
    sys.exit(main())
