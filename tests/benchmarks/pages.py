"""What a briefing with 40 citations costs to serve, against a bare Django view of the same notes. Run by `make bench`.

The bare view runs two raw queries and one template, without middleware and without Markdown. Figures are processor time
per request through the whole WSGI handler, in one process, rounds interleaved. Takes the number of citations.
"""

# ruff: noqa: E402
import io
import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings_test")

import django

django.setup()

from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse
from django.template import engines
from django.test import override_settings
from django.urls import path

from briefings.models import Briefing, StoredPage
from briefings.stored_pages import render_page
from tests.factories import (
    make_organization,
    make_person,
    make_published_briefing,
    make_snapshot,
    make_source,
    make_statement,
)

SLUG, ROUNDS, REQUESTS = "measured", 15, 40
GOALS = {"stored": 5, "stored, packed": 5, "not modified": 10}  # times as fast as the bare view

REVISION = """SELECT r.id, r.title, r.standfirst, r.body, r.at FROM briefings_publishedrevision r
JOIN briefings_briefing b ON b.current_id = r.id WHERE b.slug = %s AND b.status = 'published'"""
NOTES = """SELECT c.number, s.key, s.kind, s.text, p.name, p.slug, e.verdict, a.pk, a.exact, r.name, r.slug, u.key,
u.title, u.address, o.name, o.slug, u.published, n.imported_at, n.text_sha256
FROM briefings_citation c JOIN briefings_statement s ON s.id = c.statement_id
LEFT JOIN briefings_person p ON p.id = s.speaker_person_id
JOIN briefings_evidence e ON e.statement_id = s.id
JOIN (SELECT id AS pk, evidence_id, exact FROM briefings_passage) a ON a.evidence_id = e.id
LEFT JOIN briefings_attributionstep t ON t.evidence_id = e.id
LEFT JOIN briefings_organization r ON r.id = t.organization_id
JOIN briefings_snapshot n ON n.id = e.snapshot_id JOIN briefings_source u ON u.id = n.source_id
LEFT JOIN briefings_organization o ON o.id = u.publisher_id WHERE c.revision_id = %s ORDER BY c."order" """
COLUMNS = (
    "number", "key", "kind", "text", "speaker", "speaker_slug", "verdict", "pk", "exact", "relay", "relay_slug",
    "source", "title", "address", "publisher", "publisher_slug", "published", "imported", "sha",
)  # fmt: skip
NOTE = """<b>{{ note.kind }}</b> · {{ note.verdict }}
<blockquote lang="en" dir="ltr"><p>{{ note.exact }}</p></blockquote>
<ol class="route"><li><a href="/people/{{ note.speaker_slug }}/">{{ note.speaker }}</a></li>
<li><a href="/organizations/{{ note.relay_slug }}/">{{ note.relay }}</a></li>
<li><a href="/organizations/{{ note.publisher_slug }}/">{{ note.publisher }}</a></li></ol>
<p>“<a href="/sources/{{ note.source }}/">{{ note.title }}</a>”, <i>{{ note.publisher }}</i>, {{ note.published }}.
Imported {{ note.imported|date:"j F Y" }}. <a href="{{ note.address }}#:~:text={{ note.exact|urlencode }}">
Read it in the original</a> <a href="/statements/{{ note.key }}/">Statement</a>
<a href="/sources/{{ note.source }}/#passage-{{ note.pk }}">Passage</a></p>"""
BARE = f"""<!doctype html><html lang="en"><title>{{{{ page.1 }}}}</title>
<h1>{{{{ page.1 }}}}</h1><p>{{{{ page.2 }}}}</p>
<p>{{{{ page.4|date:"j F Y" }}}}</p><div>{{{{ page.3|linebreaks }}}}</div>
{{% for note in notes %}}<aside id="n{{{{ note.number }}}}">{NOTE}</aside>{{% endfor %}}
<ol>{{% for note in notes %}}<li id="e{{{{ note.number }}}}">{NOTE}</li>{{% endfor %}}</ol></html>"""


def bare(request, slug):
    with connection.cursor() as cursor:
        cursor.execute(REVISION, [slug])
        page = cursor.fetchone()
        cursor.execute(NOTES, [page[0]])
        notes = [dict(zip(COLUMNS, row, strict=True)) for row in cursor.fetchall()]
    return HttpResponse(TEMPLATE.render({"page": page, "notes": notes}))


TEMPLATE = engines["django"].from_string(BARE)
urlpatterns = [path("briefings/<slug>/", bare)]


def get(handler, **headers):
    """Ask a WSGI handler for the page; return the status and the body."""
    answered = []
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": f"/briefings/{SLUG}/", "SERVER_NAME": "testserver", "SERVER_PORT": "80",
        "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr, "wsgi.url_scheme": "http", **headers,
    }  # fmt: skip
    response = handler(environ, lambda status, fields: answered.append((status, dict(fields))))
    body = b"".join(response)
    response.close()
    return *answered[0], body


def microseconds(work, number):
    started = time.process_time()
    for _ in range(number):
        work()
    return (time.process_time() - started) / number * 1e6


def make_content(citations):
    public = {"status": "published"}
    paper, portal = make_organization(name="The Paper", **public), make_organization(name="The Portal", **public)
    speaker = make_person(name="The Speaker", **public)
    words = [f"We will share the load of the day number {number}, as all of us should" for number in range(citations)]
    text = "\n\n".join(f"A line of no note stands here. “{line},” he said, the Portal reports." for line in words)
    copy = make_snapshot(text, source=make_source(publisher=paper, address="https://paper.example/1", **public))
    keys = [make_statement(line, snapshot=copy, speaker=speaker, relays=[portal], **public).key for line in words]
    body = "\n\n".join(f"He said “{line}”, by this account.[@{key}]" for line, key in zip(words, keys, strict=True))
    make_published_briefing(body, slug=SLUG)


def measure(citations):
    make_content(citations)
    with override_settings(WHITENOISE_AUTOREFRESH=False, WHITENOISE_USE_FINDERS=False):  # as a server has it
        full = WSGIHandler()
    with override_settings(MIDDLEWARE=[], ROOT_URLCONF=__name__):
        limit = WSGIHandler()
        bare_page = get(limit)[2]
    status, fields, page = get(full)
    assert status == "200 OK" and StoredPage.objects.exists()
    briefing = Briefing.objects.select_related("current").get(slug=SLUG)
    works = {
        "stored": lambda: get(full),
        "stored, packed": lambda: get(full, HTTP_ACCEPT_ENCODING="gzip"),
        "not modified": lambda: get(full, HTTP_IF_NONE_MATCH=fields["ETag"]),
    }
    taken = {name: [] for name in (*works, "bare view", "rendered anew")}
    for _ in range(ROUNDS):
        for name, work in works.items():
            taken[name].append(microseconds(work, REQUESTS))
        taken["rendered anew"].append(microseconds(lambda: render_page(briefing), 1))
        with override_settings(MIDDLEWARE=[], ROOT_URLCONF=__name__):
            taken["bare view"].append(microseconds(lambda: get(limit), REQUESTS))
    print(f"{citations} citations; {len(page) / 1000:.0f} kB of HTML, the bare view {len(bare_page) / 1000:.0f} kB")
    return {name: statistics.median(times) for name, times in taken.items()}


def main():
    connection.settings_dict["CONN_MAX_AGE"] = None  # as a server has it
    call_command("migrate", verbosity=0)
    taken = measure(int(sys.argv[1]) if len(sys.argv) > 1 else 40)
    for name, time_taken in taken.items():
        ratio = taken["bare view"] / time_taken
        goal = f"goal {GOALS[name]}" if name in GOALS else ""
        print(f"{name:>15} {time_taken / 1000:8.3f} ms {ratio:8.2f} times the bare view's speed  {goal}")


if __name__ == "__main__":
    main()
