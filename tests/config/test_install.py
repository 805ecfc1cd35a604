"""What `make run` says before anything is installed: one clear sentence for each thing that can be missing."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.conf import settings

SCRIPT = "config/install.py"


@pytest.fixture
def checkout(tmp_path):
    (tmp_path / "config").mkdir()
    shutil.copy(settings.BASE_DIR / SCRIPT, tmp_path / SCRIPT)
    (tmp_path / "requirements.txt").write_text("")
    return tmp_path


def install(checkout, prepare="", **environment):
    """Runs the script as `python3 config/install.py requirements.txt` would, after `prepare`."""
    code = f"import runpy, sys; sys.argv = [{SCRIPT!r}, 'requirements.txt']\n{prepare}\n"
    code += f"runpy.run_path({SCRIPT!r}, run_name='__main__')"
    return subprocess.run(
        [sys.executable, "-c", code], cwd=checkout, capture_output=True, text=True, env={**os.environ, **environment}
    )


def assert_one_sentence(process, words):
    assert process.returncode == 1
    assert words in process.stderr
    assert "Traceback" not in process.stderr
    assert len(process.stderr.strip().splitlines()) == 1


def test_a_python_that_is_too_old_is_named(checkout):
    process = install(checkout, "sys.version_info = (3, 9, 2)")
    assert_one_sentence(process, "needs Python 3.11 or newer")
    assert "is Python 3.9" in process.stderr


def test_the_oldest_python_is_the_one_pyproject_names(checkout):
    assert "needs Python 3.11" in install(checkout, "sys.version_info = (3, 10)").stderr
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]
    assert project["requires-python"] == ">=3.11"


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_python_without_venv_is_told_how_to_get_it(checkout, module):
    assert_one_sentence(install(checkout, f"sys.modules[{module!r}] = None"), "apt-get install python3-venv")


def test_without_a_network_it_says_so_and_the_next_run_goes_on(checkout):
    (checkout / "requirements.txt").write_text(f"nh3==0.3.8 --hash=sha256:{'0' * 64}\n")
    nowhere = {"PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_RETRIES": "0"}
    process = install(checkout, **nowhere, PIP_FIND_LINKS="", PIP_NO_INDEX="", PIP_EXTRA_INDEX_URL="")
    assert_one_sentence(process, "could not be downloaded")
    (checkout / "requirements.txt").write_text("")
    assert install(checkout).returncode == 0


def test_a_second_run_has_nothing_to_do(checkout):
    assert "Installing" in install(checkout).stdout
    assert install(checkout).stdout == ""
    (checkout / "requirements.txt").write_text("# something else\n")
    assert "Installing" in install(checkout).stdout


def test_an_environment_left_half_made_is_made_anew(checkout):
    leftover = checkout / ".venv" / "lib" / "half-installed"
    leftover.mkdir(parents=True)
    (checkout / ".venv" / "installing").touch()
    assert install(checkout).returncode == 0
    assert not leftover.exists()
    assert Path(checkout / ".venv" / "bin" / "python").exists()
