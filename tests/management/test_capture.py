"""`manage.py capture`: addresses and files one after the other, a sentence for each that failed, all or nothing."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from briefings.models import Capture, Organization, Snapshot, Source
from briefings.models.sources import sha256_of
from tests.factories import make_organization, make_source
from tests.newsstand import SEED_ADDRESS, article, seed_page

BRIDGE = "http://paper.example/bridge"


@pytest.fixture
def bridge(stand):
    stand.put(BRIDGE, article("Minister opens the bridge", ["The minister opened it."], publisher="The Paper"))
    return stand


def test_what_is_captured_waits_to_be_looked_at(db, bridge, capsys):
    call_command("capture", BRIDGE)
    assert Capture.objects.get().state == "ready"
    assert not Source.objects.exists()
    assert (
        "[1/1] http://paper.example/bridge\n  Ready to be looked at: Minister opens the bridge"
        in capsys.readouterr().out
    )


def test_keep_makes_drafts_with_the_metadata_as_proposed(db, bridge, tmp_path, capsys):
    file = tmp_path / "report.txt"
    file.write_text("A report\n\nIts words.\n")
    call_command("capture", BRIDGE, str(file), keep=True)
    assert "[2/2]" in capsys.readouterr().out
    source = Source.objects.get(title="Minister opens the bridge")
    assert (source.publisher.name, source.publisher.status, source.status) == ("The Paper", "draft", "draft")
    assert (source.created_by, source.snapshots.count()) == (None, 1)
    assert Snapshot.objects.get(source__title="A report").raw.read() == file.read_bytes()


def test_a_publisher_that_is_here_is_not_made_again(db, bridge):
    paper = make_organization(name="The Paper")
    call_command("capture", BRIDGE, keep=True, verbosity=0)
    assert Source.objects.get().publisher == paper
    assert Organization.objects.count() == 1


def test_each_failure_has_its_sentence_and_the_others_are_captured(db, bridge, capsys):
    with pytest.raises(CommandError, match=r"3 of 4 failed"):
        call_command("capture", "http://paper.example/lost", "no-such-file.html", BRIDGE, "ftp://paper.example/")
    said = capsys.readouterr().err
    assert "paper.example has no page at this address." in said
    assert "There is no such file" in said
    assert "Only addresses that begin with http" in said
    assert sorted(Capture.objects.values_list("state", flat=True)) == ["failed", "failed", "ready"]


def test_what_is_here_already_is_not_fetched(db, bridge, capsys):
    make_source(key="bridge", address=BRIDGE)
    call_command("capture", f"{BRIDGE}#top", keep=True)
    assert "It is here already: bridge. Nothing was fetched." in capsys.readouterr().out
    assert not bridge.requests


def test_a_file_captured_again_is_a_source_of_its_own_only_under_another_key(db, stand, tmp_path):
    file = tmp_path / "report.txt"
    file.write_text("A report\n\nIts words.\n")
    call_command("capture", str(file), str(file), keep=True, verbosity=0)
    assert len(set(Source.objects.values_list("key", flat=True))) == 2


def test_a_process_killed_at_any_moment_leaves_all_or_nothing(tmp_path):
    """Kills the real command again and again, ever later; whatever stands then is whole."""
    folder = tmp_path / "var"
    environment = {
        **os.environ,
        "BRIEFINGS_VAR": str(folder),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DJANGO_SECRET_KEY": "for tests only " * 4,
        "DJANGO_HTTPS": "false",
        "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
    }
    run = [sys.executable, "manage.py"]
    subprocess.run([*run, "migrate", "-v0"], cwd=settings.BASE_DIR, env=environment, check=True)
    files = [tmp_path / f"{number}.{kind}" for number in range(8) for kind in ("html", "txt")]
    for number, file in enumerate(files):
        words = f"Words of {number}. " * (1000 if file.suffix == ".html" else 200_000)
        file.write_text(article(f"Report {number}", [words], publisher=f"Paper {number}"))
    killed = 0
    for step in range(3):
        command = [*run, "capture", "--keep", *map(str, files)]
        process = subprocess.Popen(
            command,
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        process.stdout.readline()
        time.sleep(0.03 + 0.2 * step)
        killed += process.poll() is None
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert_whole(folder)
    assert killed


def assert_whole(folder):
    """Every source has its copy, every copy its file, every kept capture both; no file is half there."""
    database = sqlite3.connect(folder / "db.sqlite3")
    rows = database.execute("select raw, raw_sha256 from briefings_snapshot").fetchall()
    (sources,) = database.execute("select count(*) from briefings_source").fetchone()
    (kept,) = database.execute("select count(*) from briefings_capture where state = 'kept'").fetchone()
    (half,) = database.execute(
        "select count(*) from briefings_organization where id not in (select publisher_id from briefings_source)"
    ).fetchone()
    assert (len(rows), kept, half) == (sources, sources, 0)
    for raw, digest in rows:
        assert sha256_of((folder / "media" / raw).read_bytes()) == digest
    for file in (folder / "media").rglob("*"):
        if file.is_file() and not file.name.endswith(".part"):
            assert sha256_of(file.read_bytes()) == file.name, "a file is not what its name says"


def test_the_seed_article_comes_with_its_names_and_dates(db, stand, capsys):
    stand.put(SEED_ADDRESS, seed_page())
    call_command("capture", SEED_ADDRESS, keep=True)
    assert "Kept as dawn-2017-beijing-ahsan-iqbal-urges" in capsys.readouterr().out
    assert Path(Snapshot.objects.get().raw.path).read_bytes() == seed_page().encode()
