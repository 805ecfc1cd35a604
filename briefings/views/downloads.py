"""A public briefing with its notes as a file: Markdown or a Word document, of what its page shows and nothing else."""

from django.conf import settings
from django.http import HttpResponse
from django.utils.cache import patch_cache_control

from briefings.downloads import DOCX, MARKDOWN, TYPES, file_of
from briefings.models import Briefing

from .details import detail


def briefing_markdown(request, key):
    return detail(request, Briefing, key, _markdown)


def briefing_docx(request, key):
    return detail(request, Briefing, key, _docx)


def _markdown(request, briefing):
    return _public(briefing, MARKDOWN)


def _docx(request, briefing):
    return _public(briefing, DOCX)


def _public(briefing, kind):
    response = as_download(file_of(briefing, kind), briefing.slug, kind)
    response["Link"] = f'<{settings.SITE_URL}{briefing.get_absolute_url()}>; rel="canonical"'
    patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    return response


def as_download(content, name, kind):
    """An answer that a browser saves as `name`, a key, with the ending of its kind."""
    disposition = f'attachment; filename="{name}.{kind}"'
    return HttpResponse(content, content_type=TYPES[kind], headers={"Content-Disposition": disposition})
