"""The files of illustrations, and of nothing else that lies in the media folder (stored originals are private)."""

from pathlib import PurePosixPath

from django.http import FileResponse, Http404
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from briefings.models import Illustration
from briefings.permissions import READ, may
from briefings.rendering import picture_keys

TYPES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}
UNKNOWN = "application/octet-stream"


@require_safe
def illustration_file(request, name):
    """Send a picture that a published revision shows; editors see the pictures of drafts as well."""
    pictures = list(Illustration.objects.select_related("briefing__current").filter(file=f"illustrations/{name}"))
    public = any(map(_is_shown, pictures))  # the same file may be in several briefings
    if not public and not any(may(request.user, READ, picture) for picture in pictures):
        raise Http404(_("There is no picture at this address."))
    try:
        content = pictures[0].file.open("rb")
    except FileNotFoundError as error:
        raise Http404(_("There is no picture at this address.")) from error
    response = FileResponse(content, content_type=TYPES.get(PurePosixPath(name).suffix, UNKNOWN))
    rules = {"public": True, "max_age": 3600} if public else {"private": True, "no_store": True}
    patch_cache_control(response, **rules)
    return response


def _is_shown(picture):
    """Whether readers see it: its briefing is public, and the text as published has it."""
    briefing = picture.briefing
    return briefing.is_public and picture.key in {key for key, _line in picture_keys(briefing.current.body)}
