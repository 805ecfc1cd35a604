"""Pictures of briefings: nothing of an upload is kept as it came. What is shown was decoded, cut down and encoded anew.

Only JPEG, PNG and WebP, told by their content. Who took a picture, where and with what camera is not in the file that
readers get; its colours and the way up are.
"""

import io
from dataclasses import dataclass
from typing import Any

import reversion
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from briefings.models import Briefing, Illustration, User
from briefings.models.sources import sha256_of
from briefings.permissions import CHANGE, may

from .keys import first_free, slug_of
from .log import log
from .originals import keep_under
from .problems import Refused, problem
from .versions import keep_first

FOLDER = "illustrations"
LARGEST = 20 * 1024 * 1024  # bytes of an upload
MOST_PIXELS = 60_000_000  # what a large camera makes; a small file can claim any number
LONGEST_SIDE = 2000  # px of what is shown
_LARGEST_PROFILE = 50_000  # bytes that say what the colours mean
_ENDINGS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}
_ENCODING: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 85, "progressive": True, "optimize": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 85},
}


class PictureRefused(Refused):
    """Nothing was kept."""


@dataclass(frozen=True, slots=True)
class CleanPicture:
    """A picture as readers may get it: its bytes, the ending of its name, and its size in px."""

    content: bytes
    ending: str
    width: int
    height: int

    @property
    def name(self) -> str:
        """Its name in the storage, made of its SHA-256: the same picture is kept once."""
        return f"{FOLDER}/{sha256_of(self.content)}{self.ending}"


def clean_picture(content: bytes) -> CleanPicture:
    """Decode an upload and encode it anew, the way up, at most LONGEST_SIDE px long, without any of its metadata.

    Raises PictureRefused, with a problem that says why, for whatever is no JPEG, PNG or WebP, too large, or moves.
    """
    if len(content) > LARGEST:
        raise _refusal("picture-too-large", most=f"{LARGEST // 1024**2} MB")
    try:
        with Image.open(io.BytesIO(content), formats=list(_ENDINGS)) as picture:
            _check_size(picture)
            return _encoded(_upright(picture), str(picture.format))
    except Image.DecompressionBombError as error:
        raise _refusal("picture-too-many-pixels", most=MOST_PIXELS // 1_000_000) from error
    except (PictureRefused, MemoryError):
        raise
    except Exception as error:  # a decoder fails on broken input in more ways than it names
        raise _refusal("picture-unreadable") from error


def _refusal(code: str, most: object = "") -> PictureRefused:
    return PictureRefused([problem(code, most=most)])


def _check_size(picture: Image.Image) -> None:
    """Refuse before a single pixel is decoded."""
    if picture.width * picture.height > MOST_PIXELS:
        raise _refusal("picture-too-many-pixels", most=MOST_PIXELS // 1_000_000)
    if getattr(picture, "is_animated", False):
        raise _refusal("picture-moves")


def _upright(picture: Image.Image) -> Image.Image:
    """The picture in a plain mode, the way up that its camera noted, and no longer than needed."""
    picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG decodes to a fraction of its size at once
    profile = picture.info.get("icc_profile") if picture.mode in ("RGB", "RGBA", "L", "P") else None
    turned = ImageOps.exif_transpose(picture)
    plain = _plain(turned)
    plain.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    plain.info = {"icc_profile": profile} if profile and len(profile) <= _LARGEST_PROFILE else {}
    return plain


def _plain(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith("I"):  # 16 bits of grey
        return picture.convert("I").point(lambda value: value / 256).convert("L")
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        return picture.convert("RGBA")
    return picture.convert("L" if picture.mode in ("1", "L") else "RGB")


def _encoded(picture: Image.Image, kind: str) -> CleanPicture:
    made = io.BytesIO()
    profile = picture.info.get("icc_profile")
    picture.save(made, kind, **_ENCODING[kind], **({"icc_profile": profile} if profile else {}))
    return CleanPicture(made.getvalue(), _ENDINGS[kind], picture.width, picture.height)


def keep_picture(upload: UploadedFile) -> CleanPicture:
    """Clean an uploaded picture and keep its file; return it. Its name stands for a whole file or for none.

    Raises PictureRefused, and OSError where the file cannot be written. A file that no row comes to name does no harm.
    """
    if upload.size is not None and upload.size > LARGEST:
        raise _refusal("picture-too-large", most=f"{LARGEST // 1024**2} MB")
    picture = clean_picture(upload.read())
    keep_under(picture.name, picture.content)
    return picture


def add_picture(
    briefing: Briefing,
    *,
    by: User,
    upload: UploadedFile,
    alt: str,
    caption: str,
    credit: str,
    licence: str,
    key: str = "",
) -> Illustration:
    """Add a picture to a briefing and return it; the text shows it where it says `![](key)`.

    Without a key it gets one made of its file's name. Raises PermissionDenied, PictureRefused, ValidationError for
    words that are missing or too long, and OSError where the file cannot be written; nothing is added then.
    """
    if not may(by, CHANGE, briefing):
        raise PermissionDenied(_("You may not add pictures to this briefing: it is somebody else’s, or public."))
    picture = keep_picture(upload)
    words = {"alt": alt, "caption": caption, "credit": credit, "licence": licence}
    with transaction.atomic():
        Briefing.objects.select_for_update().get(pk=briefing.pk)
        keep_first(briefing)
        with reversion.create_revision():
            added = Illustration(briefing=briefing, key=key or _free_key(briefing, upload), file=picture.name, **words)
            added.width, added.height, added.created_by = picture.width, picture.height, by
            added.full_clean()
            added.save()
            _record(briefing, added, by)
    return added


def _free_key(briefing: Briefing, upload: UploadedFile) -> str:
    taken = set(briefing.illustrations.values_list("key", flat=True))
    return first_free(slug_of((upload.name or "").rpartition(".")[0]) or "picture", taken)


def _record(briefing: Briefing, added: Illustration, by: User) -> None:
    sentence = _("Added the picture “%(key)s” to “%(briefing)s”.") % {"key": added.key, "briefing": briefing}
    reversion.add_to_revision(briefing)
    reversion.set_user(by)
    reversion.set_comment(sentence)
    log("add-picture", briefing, by=by, sentence=sentence, key=added.key, file=added.file.name)
