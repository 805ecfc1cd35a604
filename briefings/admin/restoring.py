"""History in the admin: what was when, what would come back, and the button that brings it back whole."""

from django.contrib import messages
from django.contrib.admin.utils import quote, unquote
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from reversion.models import Version

from briefings import history
from briefings.permissions import ADD, CHANGE, HISTORY, may

# Shown only where they differ: where a part stands, and what it belongs to.
QUIET = {"id", "created_by", "order", "start", "end", "statement", "evidence", "from_statement"}
QUIET |= {"briefing"}


class HistoryPages:
    """Replaces django-reversion's forms: a page that compares, and a restore through our own checks."""

    history_latest_first = True

    def history_view(self, request, object_id, extra_context=None):
        obj = self.get_object(request, unquote(object_id))
        if obj is not None and not may(request.user, HISTORY, self.asked(obj)):
            raise PermissionDenied
        if obj is not None and self.part_of:  # a part has no history of its own: it comes back with its whole
            whole = self.asked(obj)
            return redirect(f"admin:briefings_{whole._meta.model_name}_history", whole.pk)
        return super().history_view(request, object_id, extra_context)

    def revision_view(self, request, object_id, version_id, extra_context=None):
        """Compare an earlier state with the present one; restore it on POST."""
        obj = self.get_object(request, unquote(object_id))
        if obj is None or self.part_of:
            raise Http404
        version = get_object_or_404(Version.objects.get_for_object(obj), pk=version_id)
        if not may(request.user, HISTORY, self.asked(obj)):
            raise PermissionDenied
        may_restore = may(request.user, CHANGE, self.asked(obj))
        if request.method == "POST":
            if not may_restore:
                raise PermissionDenied
            if request.POST.get("seen_version") == str(obj.version):
                return self._restore(request, version)
            messages.warning(request, _("Somebody changed it after you opened this page. Look again, then restore."))
        title = _("%(thing)s as it was") % {"thing": obj}
        return self._comparison_page(request, version, title, obj=obj, may_restore=may_restore)

    def recoverlist_view(self, request, extra_context=None):
        if self.part_of:
            raise Http404
        if not may(request.user, ADD, self.model):
            raise PermissionDenied
        deleted = Version.objects.get_deleted(self.model).select_related("revision").order_by("-pk")[:200]
        mine = [version for version in deleted if may(request.user, HISTORY, self._as_it_was(version))]
        context = {"deleted": mine, "title": _("Deleted %(things)s") % {"things": self.opts.verbose_name_plural}}
        return render(request, "reversion/recover_list.html", self._page(request, context))

    def recover_view(self, request, version_id, extra_context=None):
        if self.part_of:
            raise Http404
        version = get_object_or_404(Version.objects.get_deleted(self.model), pk=version_id)
        thing = self._as_it_was(version)
        if not (may(request.user, HISTORY, thing) and may(request.user, CHANGE, thing)):
            raise PermissionDenied
        if request.method == "POST":
            return self._restore(request, version)
        title = _("Bring back %(thing)s") % {"thing": version.object_repr}
        return self._comparison_page(request, version, title, obj=None, may_restore=True)

    def _as_it_was(self, version):
        """What to ask about for a deleted record: it, or what it belonged to, as the version holds it."""
        return self.asked(version._object_version.object)

    def _restore(self, request, version):
        opts = self.opts
        try:
            with transaction.atomic():
                staying = history.restore(version, by=request.user)
        except history.CannotRestore as refused:
            sentence = _("Nothing was restored. %(why)s") % {"why": " ".join(refused.sentences)}
            self.message_user(request, sentence, messages.ERROR)
            return redirect(request.path)
        self.message_user(request, _("“%(thing)s” is as it was, with all its parts.") % {"thing": version.object_repr})
        for sentence in staying:
            self.message_user(request, sentence, messages.WARNING)
        return redirect(reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[quote(version.object_id)]))

    def _page(self, request, context):
        request.current_app = self.admin_site.name
        return {**self.admin_site.each_context(request), "opts": self.opts, **context}

    def _comparison_page(self, request, version, title, *, obj, may_restore):
        context = {"title": title, "version": version, "original": obj, "may_restore": may_restore}
        context |= {"records": [*_then_and_now(version), *_added_since(version)]}
        return render(request, "reversion/comparison.html", self._page(request, context))


def _then_and_now(version):
    """Compare each member of a whole with what stands here now: dicts for the template, differing fields marked."""
    for member in history.members(version):
        now = member._model._base_manager.filter(pk=member.object_id).first()
        rows = [_row(field, member.field_dict, now) for field in history.kept_fields(member._model)]
        rows = [row for row in rows if row["differs"] or (row["name"] not in QUIET and (row["then"] or row["now"]))]
        name = capfirst(member._model._meta.verbose_name)
        yield {"name": name, "label": member.object_repr, "rows": rows, "gone": now is None}


def _added_since(version):
    wanted = {(member._model, int(member.object_id)) for member in history.members(version)}
    for part, rows in history.parts_now(version).items():
        for row in rows:
            if (part, row.pk) not in wanted:
                yield {"name": capfirst(part._meta.verbose_name), "label": str(row), "rows": [], "added": True}


def _row(field, values, now):
    if field.many_to_many:
        then = _names(field, values.get(field.name, []))
        current = _names(field, [thing.pk for thing in getattr(now, field.name).all()]) if now else ""
    else:
        then = _words(field, values.get(field.attname))
        current = _words(field, getattr(now, field.attname)) if now else ""
    return {
        "name": field.name,
        "label": capfirst(field.verbose_name),
        "then": then,
        "now": current,
        "differs": then != current,
    }


def _names(field, pks):
    return ", ".join(str(thing) for thing in field.related_model._base_manager.filter(pk__in=pks))


def _words(field, value):
    if value is None or value == "":
        return ""
    if field.is_relation:
        thing = field.related_model._base_manager.filter(pk=value).first()
        return str(thing) if thing else _("something deleted since")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(dict(field.flatchoices).get(value, value))
