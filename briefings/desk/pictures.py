"""Adding a picture to a briefing from the writing desk: a plain form that says what to write where it belongs."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from briefings.admin.briefings import NOT_KEPT, writing_address
from briefings.editorial.pictures import add_picture
from briefings.editorial.problems import Refused
from briefings.models import Briefing, Illustration
from briefings.permissions import CHANGE, may

from .captures import HIGHEST_NUMBER, page


class PictureForm(forms.ModelForm):
    """What it takes to show a picture; the key may be left to us."""

    upload = forms.FileField(
        label=gettext_lazy("Picture"),
        help_text=gettext_lazy(
            "A JPEG, PNG or WebP of up to 20 MB. It is made smaller, and what it says of camera and place is left out."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )

    class Meta:
        model = Illustration
        fields = ["alt", "caption", "credit", "licence", "key"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.order_fields(["upload"])
        self.fields["caption"].required = True
        self.fields["key"].required = False
        self.fields["key"].help_text = _("The text shows it where it says ![](key). Left empty, its file names it.")


def addresses(site):
    return [path("writing/<int:pk>/picture/", site.admin_view(picture_view), name="desk-writing-picture")]


def picture_view(request, pk):
    """The form, and after it the writing desk again, with the words that show the picture."""
    briefing = Briefing.objects.filter(pk=pk).first() if pk <= HIGHEST_NUMBER else None
    if briefing is None:
        raise Http404
    if not may(request.user, CHANGE, briefing):
        raise PermissionDenied(_("You may not add pictures to this briefing: it is somebody else’s, or public."))
    form = PictureForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if request.method == "POST" and form.is_valid() and (added := _added(request.user, briefing, form)):
        said = _("The picture was added. Write ![](%(key)s) on a line of its own where it belongs.")
        messages.success(request, said % {"key": added.key})
        return redirect(writing_address(briefing))
    context = {"form": form, "briefing": briefing, "back": writing_address(briefing)}
    return page(request, "picture", _("Add a picture to “%(briefing)s”") % {"briefing": briefing}, context)


def _added(user, briefing, form):
    """The picture, or None where the form now says why not. What was typed stays; a file has to be chosen again."""
    given = dict(form.cleaned_data)
    try:
        return add_picture(briefing, by=user, upload=given.pop("upload"), **given)
    except Refused as refused:
        form.add_error("upload", [str(one) for one in refused.problems])
    except ValidationError as error:
        form.add_error(None, error.messages)
    except OSError as error:
        form.add_error("upload", NOT_KEPT % {"error": error.strerror})
    return None
