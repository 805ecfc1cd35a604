"""Makes `.venv` and installs one requirements file into it: `python3 config/install.py requirements.txt`.

Runs on whatever Python the machine has, before anything is installed: old syntax and the standard library only.
A file named `installing` in `.venv` tells that an earlier run was cut off; then the environment is made anew.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(HERE, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
CUT_OFF = os.path.join(VENV, "installing")
NEEDED = (3, 11)
NO_NETWORK = (
    "NewConnectionError",
    "NameResolutionError",
    "name resolution",
    "Max retries",
    "ConnectTimeout",
    "timed out",
)


def check_python():
    if sys.version_info < NEEDED:
        sys.exit(
            "Briefings needs Python %d.%d or newer, and %s is Python %d.%d. Install a newer one and name it, "
            "for example: make run PYTHON=python3.12" % (NEEDED + (sys.executable,) + tuple(sys.version_info[:2]))
        )
    try:
        import ensurepip  # noqa: F401  Debian ships these two in a package of their own
        import venv  # noqa: F401
    except ImportError:
        sys.exit(
            "This Python has no venv module, which keeps the site's packages apart from the system's. "
            "On Debian or Ubuntu install it with: apt-get install python3-venv"
        )


def fingerprint(requirements):
    """What an installation depends on: this Python and the content of the file, hashes included."""
    with open(requirements, "rb") as file:
        return hashlib.sha256(sys.version.encode() + file.read()).hexdigest()


def is_installed(stamp, wanted):
    if not os.path.exists(PYTHON) or os.path.exists(CUT_OFF) or not os.path.exists(stamp):
        return False
    with open(stamp) as file:
        return file.read() == wanted


def wait_for_turn():
    """One run at a time; pip inherits the lock, so that even a run whose pip outlives it is waited for."""
    lock = os.open(os.path.abspath(__file__), os.O_RDONLY)
    os.set_inheritable(lock, True)
    fcntl.flock(lock, fcntl.LOCK_EX)


def make_venv():
    """Keeps an environment that works; an unfinished or broken one, or one of another Python, is replaced."""
    works = [PYTHON, "-c", "import pip, sys; sys.exit(sys.version != sys.argv[1])", sys.version]
    if (
        os.path.exists(PYTHON)
        and not os.path.exists(CUT_OFF)
        and subprocess.call(works, stderr=subprocess.DEVNULL) == 0
    ):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    os.makedirs(VENV)
    with open(CUT_OFF, "w"):
        pass
    if subprocess.call([sys.executable, "-m", "venv", VENV]) != 0:
        sys.exit("The environment .venv could not be made; the lines above say why.")


def install(requirements):
    with open(CUT_OFF, "w"):
        pass
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", "--retries", "2"]
    command += ["--require-hashes", "--requirement", requirements]
    pip = subprocess.Popen(command, stderr=subprocess.PIPE, universal_newlines=True, close_fds=False)
    said = pip.communicate()[1]
    os.remove(CUT_OFF)  # pip ended by itself, so what it left behind is whole
    if pip.returncode == 0:
        return
    if any(sign in said for sign in NO_NETWORK):
        sys.exit(
            "The packages could not be downloaded: the network or the package index cannot be reached. Try again later."
        )
    sys.exit(said + "The packages could not be installed; the lines above say why.")


def main(name):
    check_python()
    wait_for_turn()
    requirements = os.path.join(HERE, name)
    stamp = os.path.join(VENV, name + ".sha256")
    wanted = fingerprint(requirements)
    if is_installed(stamp, wanted):
        return
    print("Installing the packages in %s (the first time takes a minute)..." % name)
    sys.stdout.flush()
    make_venv()
    install(requirements)
    with open(stamp, "w") as file:
        file.write(wanted)


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except KeyboardInterrupt:
        sys.exit("\nStopped. Run the same command again to go on.")
