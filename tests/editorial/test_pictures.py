"""Nothing of an uploaded picture is kept as it came, and whatever is no picture is refused with a sentence."""

import io
import struct
import zlib

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin
from reversion.models import Version

from briefings.editorial import pictures
from briefings.editorial.pictures import PictureRefused, add_picture, clean_picture
from briefings.models import LogEntry
from briefings.permissions import Role
from tests.factories import make_briefing, make_published_briefing, make_user

SECRETS = [b"GPS-HERE", b"CAMERA-NAME", b"A-COMMENT", b"XMP-WORDS"]
WORDS = {"alt": "A hall", "caption": "The hall", "credit": "A. Painter", "licence": "CC0"}


def encoded(picture, kind="JPEG", **options):
    made = io.BytesIO()
    picture.save(made, kind, **options)
    return made.getvalue()


def photograph(size=(60, 30), orientation=6):
    """A JPEG whose metadata tells more than it should, lying on its side."""
    picture = Image.new("RGB", size, "white")
    picture.paste("black", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, "CAMERA-NAME"
    exif.get_ifd(0x8825)[0x001B] = b"GPS-HERE"
    return encoded(picture, exif=exif, comment=b"A-COMMENT", xmp=b"<x>XMP-WORDS</x>")


def refusal(content):
    with pytest.raises(PictureRefused) as refused:
        clean_picture(content)
    (problem,) = refused.value.problems
    return problem.code


def upload(content=None, name="The Hall.JPG"):
    return SimpleUploadedFile(name, content or photograph())


def test_metadata_is_left_out_and_the_way_up_is_kept():
    content = photograph()
    assert all(secret in content for secret in SECRETS)
    made = clean_picture(content)
    assert not [secret for secret in SECRETS if secret in made.content]
    shown = Image.open(io.BytesIO(made.content))
    assert (made.width, made.height) == shown.size == (30, 60)
    assert not shown.getexif()
    assert shown.getpixel((15, 5))[0] < 60 < 200 < shown.getpixel((15, 55))[0]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_png_of_every_mode_stays_one_without_its_words(mode):
    words = PngImagePlugin.PngInfo()
    words.add_itxt("Comment", "A-COMMENT")
    made = clean_picture(encoded(Image.new(mode, (8, 8)), "PNG", pnginfo=words))
    assert made.content.startswith(b"\x89PNG") and b"A-COMMENT" not in made.content and made.ending == ".png"


def test_other_kinds_stay_what_they_are():
    assert clean_picture(encoded(Image.new("RGBA", (8, 8)), "WEBP")).ending == ".webp"
    made = clean_picture(encoded(Image.new("CMYK", (8, 8)), "JPEG"))
    assert Image.open(io.BytesIO(made.content)).mode == "RGB"


def test_what_its_colours_mean_is_kept():
    profile = b"\0" * 128
    assert profile in clean_picture(encoded(Image.new("RGB", (8, 8)), "PNG", icc_profile=profile)).content or (
        Image.open(
            io.BytesIO(clean_picture(encoded(Image.new("RGB", (8, 8)), "JPEG", icc_profile=profile)).content)
        ).info["icc_profile"]
        == profile
    )


def test_the_longest_side_is_cut_down_and_a_small_picture_is_not_blown_up():
    made = clean_picture(encoded(Image.new("L", (4000, 1000))))
    assert (made.width, made.height) == (2000, 500)
    assert clean_picture(encoded(Image.new("L", (40, 10)))).width == 40


def png_header(width, height):
    """A PNG that claims any size in a hundred bytes."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + chunk
        + struct.pack(">I", zlib.crc32(chunk))
        + b"\0\0\0\4IDAT"
        + b"\0" * 40
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "picture-unreadable"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "picture-unreadable"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 500, "picture-unreadable"),
        (photograph()[:-200], "picture-unreadable"),
        (encoded(Image.new("P", (8, 8)), "GIF"), "picture-unreadable"),
        (encoded(Image.new("RGB", (8, 8)), "TIFF"), "picture-unreadable"),
        (png_header(100_000, 1000), "picture-too-many-pixels"),
        (png_header(2**31 - 1, 2**31 - 1), "picture-too-many-pixels"),
        (
            encoded(Image.new("RGB", (8, 8)), "WEBP", save_all=True, append_images=[Image.new("RGB", (8, 8), "red")]),
            "picture-moves",
        ),
    ],
)
@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_what_is_no_picture_of_ours_is_refused(content, code):
    assert refusal(content) == code


def test_a_file_that_is_too_large_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr(pictures, "LARGEST", 100)
    assert refusal(b"x" * 101) == "picture-too-large"


@pytest.mark.django_db
def test_an_added_picture_has_its_words_its_size_and_a_name_made_of_its_content():
    briefing, editor = make_briefing(), make_user(Role.EDITOR)
    added = add_picture(briefing, by=editor, upload=upload(), **WORDS)
    assert (added.key, added.width, added.height, added.alt) == ("the-hall", 30, 60, "A hall")
    assert added.file.name == clean_picture(photograph()).name
    assert default_storage.open(added.file.name).read() == clean_picture(photograph()).content
    again = add_picture(briefing, by=editor, upload=upload(), **WORDS)
    assert (again.key, again.file.name) == ("the-hall-2", added.file.name)
    entry = LogEntry.objects.filter(act="add-picture").latest("pk")
    assert (entry.by, entry.details["key"]) == (editor, "the-hall-2")
    history = Version.objects.get_for_object(briefing)
    assert [version.revision.user for version in history] == [editor, editor, None]


@pytest.mark.django_db
def test_a_picture_is_added_by_who_may_change_the_briefing():
    contributor = make_user(Role.CONTRIBUTOR)
    add_picture(make_briefing(created_by=contributor), by=contributor, upload=upload(), **WORDS)
    for briefing in (make_briefing(), make_published_briefing(created_by=contributor)):
        with pytest.raises(PermissionDenied):
            add_picture(briefing, by=contributor, upload=upload(), **WORDS)
        assert not briefing.illustrations.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("missing", ["alt", "credit", "licence"])
def test_without_words_no_picture_is_added(missing):
    briefing = make_briefing()
    with pytest.raises(ValidationError):
        add_picture(briefing, by=make_user(Role.EDITOR), upload=upload(), **{**WORDS, missing: ""})
    assert not briefing.illustrations.exists()


@pytest.mark.django_db
def test_a_write_that_is_cut_off_leaves_no_file_under_a_final_name(monkeypatch):
    def killed(_path):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("briefings.editorial.originals._to_disk", killed)
    content = encoded(Image.new("RGB", (9, 9), "teal"), "PNG")
    with pytest.raises(OSError):
        add_picture(make_briefing(), by=make_user(Role.EDITOR), upload=upload(content, "x.png"), **WORDS)
    assert not default_storage.exists(clean_picture(content).name)
