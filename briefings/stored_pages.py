"""Reading is looking up: finished briefing pages are stored, found again in one query, and made anew when marked stale.

The models mark pages (`models.pages`); `briefing_pages` renders them. Nothing here renders Markdown on a lookup.
"""

import gzip
import hashlib
import logging
import re
import secrets
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse, HttpResponseNotModified
from django.template.loader import get_template
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags, quote_etag

from briefings.briefing_pages import TEMPLATE, render_page
from briefings.models import Briefing, PageEpoch, StoredPage

__all__ = ["StoredPageMiddleware", "build", "built_answer", "render_page", "renderer", "stored_answer"]

logger = logging.getLogger(__name__)

PACKAGE = Path(__file__).parent
_SLUG, _RENDERER = "\0slug", "\0renderer"  # where the values go in a compiled query; no real value has a NUL
_PARTS = re.compile(r"""{%\s*(?:extends|include)\s+["']([^"']+)["']""")
_GZIP = re.compile(r"(?<![\w-])gzip(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")
_STATIC = re.compile(r"""{%\s*static\s+["']([^"']+)["']""")


class Page(NamedTuple):
    """A finished page, stored or about to be."""

    html: str
    etag: str


class StoredPageMiddleware:
    """Answers readers of stored pages before sessions, users and views come in; leaves everything else alone."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        slug = _slug_of(request)
        return (slug and stored_answer(request, slug)) or self.get_response(request)


def stored_answer(request, slug):
    """Answer with the stored page of a published briefing, or return None where there is no fresh one.

    One query does, except where this process packs a page for the first time.
    """
    packed = _takes_gzip(request)
    if packed or "If-None-Match" in request.headers:
        found = _find(("etag",), slug)
        html = None
    elif found := _find(("etag", "html"), slug):
        html = found[1]
    if not found:
        return None
    etag = found[0]
    if _has_it(request, etag):
        return _not_modified(etag)
    try:
        content = _packed(slug, etag) if packed else (html or _html(slug, etag)).encode()
    except StoredPage.DoesNotExist:  # made anew in this very moment
        return None
    request.get_host()  # refuses a host that is not ours, as CommonMiddleware does further in
    return _finished(request, content, etag, packed=packed)


def _find(columns, slug):
    """Return the columns of the fresh page of a published briefing, or None."""
    sql, params = _lookup(columns)
    values = {_SLUG: slug, _RENDERER: renderer()}
    with connection.cursor() as cursor:
        cursor.execute(sql, [values.get(param, param) for param in params])
        return cursor.fetchone()


@cache
def _lookup(columns):
    """The query of `_find`, compiled once a process: compiling it takes six times as long as running it."""
    public = Briefing.objects.published().filter(slug=_SLUG)
    fresh = StoredPage.objects.fresh(_RENDERER).filter(briefing__in=public)
    return fresh.values_list(*columns).query.sql_with_params()


def built_answer(request, slug):
    """Render the page of a published briefing, store it and answer with it; None where nothing is published."""
    page = build(slug)
    if page is None:
        return None
    if _has_it(request, page.etag):
        return _not_modified(page.etag)
    packed = _takes_gzip(request)
    content = _pack(page.html) if packed else page.html.encode()
    return _finished(request, content, page.etag, packed=packed)


def build(slug):
    """Render and store the page of a published briefing; it counts as fresh only if nothing was edited meanwhile.

    Several readers may build the same page at once: each claims the row under a token of its own before it reads what
    the page shows, and stores only while that claim stands, nothing marked the page, and the briefing is as it was
    read. The epoch is read first of all, so that a page is never taken for newer than it is. What cannot be stored (a
    full disk) is returned all the same. Returns None where no briefing of this slug is published.
    """
    epoch = PageEpoch.current()
    readable = Briefing.objects.published().defer("body", "stored_page__html")
    briefing = readable.select_related("current", "stored_page").annotate(epoch=epoch).filter(slug=slug).first()
    if briefing is None:
        return None
    claim = StoredPage(briefing_id=briefing.pk, renderer=f"building {secrets.token_hex(16)}", epoch=briefing.epoch or 0)
    claimed = _try(_claim, briefing, claim)
    html = render_page(briefing)
    page = Page(html, hashlib.sha256(html.encode()).hexdigest()[:32])
    if claimed:
        _try(_store, briefing, claim, page)
    return page


def _try(write, *args):
    """Whether something could be written. A page that cannot be stored is still shown."""
    try:
        write(*args)
    except DatabaseError:
        logger.exception("A page was rendered but could not be stored.")
        return False
    return True


def _claim(briefing, claim):
    if briefing.epoch is None:
        claim.epoch = PageEpoch.objects.get_or_create(pk=1)[0].number
    with transaction.atomic(savepoint=False):
        if connection.vendor == "postgresql" and not hasattr(briefing, "stored_page"):
            # An edit that is under way found no row to mark: wait until it is done, and only then read.
            with connection.cursor() as cursor:
                cursor.execute(f"LOCK TABLE {StoredPage._meta.db_table} IN SHARE ROW EXCLUSIVE MODE")
        StoredPage.objects.bulk_create(
            [claim], update_conflicts=True, unique_fields=["briefing"], update_fields=["renderer", "epoch", "stale"]
        )


def _store(briefing, claim, page):
    as_read = Briefing.objects.published().filter(pk=briefing.pk, version=briefing.version)
    own = StoredPage.objects.filter(briefing__in=as_read, renderer=claim.renderer, stale=False)
    own.update(html=page.html, etag=page.etag, renderer=renderer(), built_at=timezone.now())


def renderer():
    """Return a digest of all that makes the same records into other bytes: code, templates, settings, file names."""
    return _renderer.__wrapped__() if settings.DEBUG else _renderer()


@cache
def _renderer():
    digest = hashlib.sha256()
    for file in sorted(PACKAGE.rglob("*.py")):
        digest.update(file.read_bytes())
    for name, source in sorted(_templates(TEMPLATE).items()):
        digest.update(f"{name}\0{source}\0".encode())
        for path in _STATIC.findall(source):
            digest.update(static(path).encode())
    names = ("SITE_URL", "SITE_NAME", "LANGUAGE_CODE", "TIME_ZONE", "MEDIA_URL", "ROOT_URLCONF")
    digest.update(repr([getattr(settings, name) for name in names]).encode())
    digest.update(repr([version(name) for name in ("django", "markdown-it-py", "mdit-py-plugins", "nh3")]).encode())
    return digest.hexdigest()


def _templates(name):
    """The sources of a template and of all it extends and includes, by name."""
    sources, wanted = {}, [name]
    while wanted:
        name = wanted.pop()
        if name not in sources:
            sources[name] = get_template(name).template.source
            wanted += _PARTS.findall(sources[name])
    return sources


@cache
def _address_pattern():
    return re.compile(re.escape(reverse("briefing-list")) + r"([a-z0-9-]+)/")


def _slug_of(request):
    match = request.method in ("GET", "HEAD") and _address_pattern().fullmatch(request.path)
    return match and match[1]


def _has_it(request, etag):
    known = {name.removeprefix("W/") for name in parse_etags(request.headers.get("If-None-Match", ""))}
    return bool(known & {"*", quote_etag(etag), quote_etag(f"{etag}-gzip")})


def _not_modified(etag):
    return _headed(HttpResponseNotModified(), etag)


def _takes_gzip(request):
    return bool(_GZIP.search(request.headers.get("Accept-Encoding", "")))


@lru_cache(maxsize=1024)  # some ten kilobytes each
def _packed(slug, etag):
    """A stored page, packed once a process: its etag is the digest of its words and never names other ones."""
    return _pack(_html(slug, etag))


def _html(slug, etag):
    return StoredPage.objects.values_list("html", flat=True).get(briefing__slug=slug, etag=etag)


def _pack(html):
    return gzip.compress(html.encode(), compresslevel=6, mtime=0)


def _finished(request, content, etag, *, packed):
    body = b"" if request.method == "HEAD" else content
    response = HttpResponse(body, headers={"Content-Length": str(len(content))})
    if packed:
        response["Content-Encoding"] = "gzip"
    return _headed(response, f"{etag}-gzip" if packed else etag)


def _headed(response, etag):
    response["ETag"] = quote_etag(etag)
    response["Cache-Control"] = "public, max-age=0, must-revalidate"
    response["X-Frame-Options"] = settings.X_FRAME_OPTIONS
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
