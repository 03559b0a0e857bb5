"""`pip install bindings/python` into a fresh environment. Without a network pip cannot get what the build needs: then it is skipped."""
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SOURCE = Path(os.environ.get("PERSONALIZE_SOURCE", Path(__file__).parents[3]))
SKIPPED = 77

PROGRAM = """
import os, personalize, tempfile
assert "site-packages" in personalize.__file__, personalize.__file__
path = os.path.join(tempfile.mkdtemp(), "school.db")
with personalize.Store.create(path, name="Riverside") as store:
    assert store.describe().name == "Riverside"
try:
    personalize.Store(path + ".none")
except personalize.IoError:
    print("works", personalize.__version__)
"""


def skip(why):
    print(f"skipped: {why}")
    return SKIPPED


def main():
    # A wheel has its own build of the library; neither the environment of the tests nor their sanitizers belong in it.
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "LD_PRELOAD", "PYTHONMALLOC")}
    with tempfile.TemporaryDirectory() as folder:
        made = subprocess.run([sys.executable, "-m", "venv", folder], env=environment, capture_output=True, text=True)
        if made.returncode:
            return skip("no environment could be made; Debian's package is python3-venv")
        python = str(Path(folder) / "bin" / "python")
        needed = subprocess.run([python, "-m", "pip", "download", "-q", "--no-deps", "-d", folder, "scikit-build-core>=0.9"], env=environment,
                                capture_output=True, text=True, timeout=120)
        if needed.returncode:
            return skip("pip cannot get scikit-build-core: " + needed.stderr.strip().splitlines()[-1])
        copy = Path(folder) / "source"
        shutil.copytree(SOURCE, copy, ignore=shutil.ignore_patterns(".git", "build", "build-*", "__pycache__"))
        # What is tried is the packaging; a build without optimization takes a third of the time.
        installed = subprocess.run([python, "-m", "pip", "install", "-q", "--config-settings=cmake.build-type=Debug", str(copy / "bindings" / "python")], env=environment, capture_output=True, text=True)
        if installed.returncode:
            print(installed.stdout, installed.stderr)
            return 1
        ran = subprocess.run([python, "-c", PROGRAM], env=environment, cwd=folder, capture_output=True, text=True)
        print(ran.stdout, ran.stderr)
        typed = list(Path(folder).glob("lib/*/site-packages/personalize/py.typed"))
        return 0 if ran.returncode == 0 and "works" in ran.stdout and typed else 1


if __name__ == "__main__":
    sys.exit(main())
