"""What all list pages do: narrow, order, count and leaf. Each noun's module says of what, and how a row looks."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from briefings.heads import Head
from briefings.pagination import Page, in_words, page_of


@dataclass(frozen=True)
class Listing:
    """A list as its template shows it. `chips` are (label, words, address of the list without this filter),
    `kinds` (label, count, address of the list of this kind, whether it is this one)."""

    form: Any
    first: list
    more: list
    unfolded: bool
    chips: list
    kinds: list
    page: Page
    count: str
    clear: str


def list_page(request, filterset, queryset, *, rows, name, section, count, title, description, **context):
    """Answer with the page of `queryset` that the request's filters ask for; bad input gets a message and no rows.

    `rows` makes plain rows of a slice, `name` is that of the URL and of the template, `section` one of the
    masthead's, `count` a lazy ngettext of `number` and `shown`.
    """
    if any(not value for value in request.GET.values()):
        return HttpResponseRedirect(_address(request, {key: value for key, value in request.GET.items() if value}))
    narrowed = filterset(request.GET, queryset)
    valid = narrowed.is_valid()
    page = page_of(narrowed.qs if valid else queryset.none(), request, rows=rows)
    head = Head(
        title=_("%(title)s, page %(number)s") % {"title": title, "number": page.number} if page.number > 1 else title,
        description=description,
        path=reverse(name) + (f"?page={page.number}" if page.number > 1 else ""),
        section=section,
        noindex=bool(narrowed.data.keys() - {"page"}),
    )
    listing = _listing(request, narrowed, page, count, valid)
    context = {"head": head, "title": title, "lead": description, "listing": listing, **context}
    template = f"briefings/{name.replace('-', '_')}.html"
    return render(request, template, context, status=200 if valid else 400)


def _listing(request, narrowed, page, count, valid):
    fields = list(narrowed.form)
    more = [field for field in fields if field.name not in narrowed.first]
    chips = [(label, words, _without(request, name)) for name, label, words in narrowed.chips] if valid else []
    return Listing(
        form=narrowed.form,
        first=[narrowed.form[name] for name in narrowed.first],
        more=[field for field in more if _narrows(field)],
        unfolded=any(field.errors for field in more),
        chips=chips,
        kinds=_kinds(request, narrowed) if valid else [],
        page=page,
        count=in_words(page.total, page.is_capped, count),
        clear=request.path,
    )


def _narrows(field):
    """Whether a field is worth showing: a choice of one thing beside "any" narrows nothing."""
    choices = getattr(field.field, "choices", None)
    return choices is None or len(choices) > 2


def _kinds(request, narrowed):
    asked = request.GET.get("kind")
    kinds = [(label, number, _with(request, kind=value), value == asked) for value, label, number in narrowed.kinds]
    return kinds if len(kinds) > 1 else []


def _without(request, name):
    return _address(request, {key: value for key, value in request.GET.items() if key not in (name, "page")})


def _with(request, **params):
    return _address(request, {key: value for key, value in request.GET.items() if key != "page"} | params)


def _address(request, params):
    query = request.GET.copy()
    query.clear()
    query.update(params)
    return f"{request.path}?{query.urlencode()}" if params else request.path
