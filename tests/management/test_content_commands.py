"""The commands for content: what they print, what they refuse, and how they end."""

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection

from briefings.models import Citation, Evidence, PageEpoch, StoredPage, Topic
from tests.editorial.content import everything, topic, write
from tests.factories import make_published_briefing, make_topic

pytestmark = pytest.mark.django_db
FIXTURES = settings.BASE_DIR / "fixtures"


@pytest.fixture
def run(capsys):
    """Run a command; return what it printed."""

    def run(*arguments, **options):
        call_command(*arguments, **options)
        return capsys.readouterr().out

    return run


def test_load_content_says_what_it_made_and_then_that_nothing_changed(run, tmp_path):
    path = write(tmp_path / "x.json", everything())
    assert run("load_content", path).splitlines() == [
        "made: 1 topic", "made: 1 person", "made: 1 source", "made: 1 stored copy", "made: 1 statement",
        "made: 1 evidence", "made: 1 passage", "made: 1 briefing", "made: 1 published revision",
        "made: 1 revision topic", "made: 1 revision author", "Loaded: 11 made, 0 changed, 0 as they were.",
    ]  # fmt: skip
    assert run("load_content", str(path)) == "Loaded: 0 made, 0 changed, 11 as they were.\n"
    assert run("load_content", str(path), verbosity=0) == ""


def test_load_content_takes_several_paths_and_names_what_changed(run, tmp_path):
    make_topic(slug="crime", name="Crimes")
    paths = [write(tmp_path / "1.json", [topic()]), write(tmp_path / "2.json", [topic("piracy", parent=["crime"])])]
    assert run("load_content", *paths).splitlines() == [
        "made: 1 topic",
        "changed: 1 topic",
        "  topic “crime”: status, name",
        "Loaded: 1 made, 1 changed, 0 as they were.",
    ]


def test_a_dry_run_writes_nothing_and_says_so(run, tmp_path):
    printed = run("load_content", write(tmp_path / "x.json", everything()), dry_run=True)
    assert "would be made: 1 topic" in printed
    assert printed.endswith("A dry run, nothing was written: 11 made, 0 changed, 0 as they were.\n")
    assert not Topic.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_full_disk_is_said_once_and_no_object_is_blamed(run, tmp_path):
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite's disk can be filled from here")
    path = write(tmp_path / "x.json", [topic(f"t-{number}", description="x" * 3000) for number in range(1000)])
    with connection.cursor() as cursor:
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages + 20}")
        try:
            with pytest.raises(CommandError) as refused:
                run("load_content", path)
        finally:
            cursor.execute("PRAGMA max_page_count = 1000000000")
    sentence = "The database failed (database or disk is full). Nothing was loaded; load it again later."
    assert str(refused.value) == sentence
    assert not Topic.objects.exists()


def test_a_refused_load_lists_its_faults_and_says_that_nothing_was_loaded(run, tmp_path):
    path = write(tmp_path / "x.json", [topic(name=""), topic("a", parent=["b"])])
    with pytest.raises(CommandError) as refused:
        run("load_content", path)
    assert str(refused.value).splitlines() == [
        f"{path}, line 1, topic “crime”, name: This field cannot be blank. Give it a value.",
        f"{path}, line 1, topic “a”, parent “['b']”: There is no topic “b”, neither here nor in these files. "
        "Correct the key, or add what it names.",
        "",
        "Nothing was loaded. Mend the files and load them again.",
    ]


def test_a_refused_load_says_when_there_may_be_more(run, tmp_path):
    path = write(tmp_path / "x.json", [topic(f"t-{number}", name="") for number in range(60)])
    with pytest.raises(CommandError, match="These are the first 50 faults; there may be more"):
        run("load_content", path)


def test_the_seed_content_loads_twice_verifies_and_is_what_a_dump_writes(run):
    assert " 0 changed, 0 as they were" in run("load_content", FIXTURES)
    assert "Loaded: 0 made, 0 changed" in run("load_content", FIXTURES)
    assert run("verify").startswith("All holds. Looked at: stored copies 2, ")
    assert "byte for byte" in run("dump_content", FIXTURES, check=True)


def test_dump_content_writes_and_checks_files(run, tmp_path):
    folder = tmp_path / "new" / "folder"
    make_topic(slug="crime", name="Crime")
    assert f"{folder / '10_topics.json'}: 1 object\n" in run("dump_content", folder)
    assert run("dump_content", folder, check=True) == f"{folder} holds what a dump would write, byte for byte.\n"
    Topic.objects.update(name="Crimes")
    (folder / "70_claims.json").unlink()
    before = {path: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(CommandError) as refused:
        run("dump_content", folder, check=True)
    assert str(refused.value).splitlines() == [
        f"{folder / '10_topics.json'}, line 7: a dump would write another line.",
        f"{folder / '70_claims.json'}: there is no such file.",
        "Write them anew with dump_content, without --check.",
    ]
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_dump_content_says_when_it_cannot_write(run, tmp_path):
    write(tmp_path / "file", "")
    with pytest.raises(CommandError, match="cannot be written"):
        run("dump_content", tmp_path / "file")


def test_loaddata_ends_with_a_rebuild(run, tmp_path):
    epoch = PageEpoch.objects.get_or_create()[0].number
    assert run("loaddata", write(tmp_path / "x.json", everything())) == "Installed 11 object(s) from 1 fixture(s)\n"
    assert Evidence.objects.get().verdict == "exact" and Citation.objects.published().count() == 1
    assert PageEpoch.objects.get().number > epoch


def test_rebuild_says_what_it_did(run):
    make_published_briefing()
    assert run("rebuild") == (
        "Pieces of evidence compared with their stored copies: 1. Citations found: 1. Revisions sealed: 0. "
        "Briefings moved to their latest revision: 0. Every stored page is marked.\n"
    )


def test_verify_compares_stored_pages_and_prints_findings_with_their_place(run, capsys, client):
    client.get(make_published_briefing(slug="story").get_absolute_url())
    assert "stored pages 1." in run("verify")
    StoredPage.objects.update(html="<p>Something else.")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE briefings_passage SET exact = upper(exact)")
    with pytest.raises(CommandError, match="Findings: 3; see above"):
        call_command("verify")
    printed = capsys.readouterr().out
    assert "The stored copy has other words at this place" in printed
    assert "briefing “story”: Its stored page is not what would be rendered now." in printed
