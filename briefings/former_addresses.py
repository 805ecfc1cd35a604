"""Former addresses lead to the present ones for ever, whatever page of a thing they name.

Looked up only where nothing was found, so that no page pays for it.
"""

from django.http import HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve, reverse

from briefings.models import Briefing, Event, FormerAddress, Organization, Person, Source, Statement, Topic

# What stands first in the addresses of each kind of thing; what follows it is the key, and pages of the same thing.
SECTIONS = {
    "briefings": Briefing,
    "statements": Statement,
    "sources": Source,
    "organizations": Organization,
    "people": Person,
    "events": Event,
    "topics": Topic,
}


class FormerAddressMiddleware:
    """Turns "not found" into a redirect where the key in the address is a former one of something public."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 404 and (address := present_address(request)):
            return HttpResponsePermanentRedirect(address, preserve_request=request.method not in ("GET", "HEAD"))
        return response


def present_address(request):
    """The address of the same page under the present key, with what was asked of it; empty where there is none."""
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return ""
    model = SECTIONS.get(match.route.partition("/")[0])
    if model is None or "key" not in match.kwargs:
        return ""
    former = FormerAddress.objects.of(model).filter(key=match.kwargs["key"])
    now = former.values_list("now", flat=True).first()
    if now is None:
        return ""
    address = reverse(match.view_name, args=match.args, kwargs={**match.kwargs, "key": now})
    query = request.META.get("QUERY_STRING", "")
    return f"{address}?{query}" if query else address
