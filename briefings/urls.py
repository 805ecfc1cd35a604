"""The public addresses, each with one name; a key or slug is `[a-z0-9-]+` and nothing else."""

from django.contrib.sitemaps.views import sitemap
from django.urls import path, register_converter
from django.views.decorators.http import conditional_page, require_safe

from briefings.feeds import BriefingFeed, CorrectionFeed
from briefings.sitemaps import SITEMAPS, sitemap_index
from briefings.views import (
    briefings,
    checks,
    corrections,
    downloads,
    events,
    home,
    illustrations,
    organizations,
    people,
    previews,
    reports,
    revisions,
    service,
    sources,
    statements,
    topics,
)


class KeyConverter:
    regex = "[a-z0-9-]+"

    def to_python(self, value):
        return value

    to_url = to_python


def page(view):
    """A page for reading only; who has it already gets 304."""
    return require_safe(conditional_page(view))


register_converter(KeyConverter, "key")

urlpatterns = [
    path("", page(home.home), name="home"),
    path("briefings/", page(briefings.briefing_list), name="briefing-list"),
    path("briefings/<key:key>/", briefings.briefing_detail, name="briefing-detail"),
    path("briefings/<key:key>/history/", page(revisions.briefing_history), name="briefing-history"),
    path("briefings/<key:key>/v/<key:number>/", page(revisions.briefing_version), name="briefing-version"),
    path("briefings/<key:key>/compare/", page(revisions.briefing_compare), name="briefing-compare"),
    path("briefings/<key:key>/checks/", page(checks.briefing_checks), name="briefing-checks"),
    # A briefing with its notes, as a file
    path("briefings/<key:key>.md", page(downloads.briefing_markdown), name="briefing-markdown"),
    path("briefings/<key:key>.docx", page(downloads.briefing_docx), name="briefing-docx"),
    path("statements/", page(statements.statement_list), name="statement-list"),
    path("statements/<key:key>/", page(statements.statement_detail), name="statement-detail"),
    path("sources/", page(sources.source_list), name="source-list"),
    path("sources/<key:key>/", page(sources.source_detail), name="source-detail"),
    path("organizations/", page(organizations.organization_list), name="organization-list"),
    path("organizations/<key:key>/", page(organizations.organization_detail), name="organization-detail"),
    path("people/", page(people.person_list), name="person-list"),
    path("people/<key:key>/", page(people.person_detail), name="person-detail"),
    path("events/", page(events.event_list), name="event-list"),
    path("events/<key:key>/", page(events.event_detail), name="event-detail"),
    path("topics/", page(topics.topic_list), name="topic-list"),
    path("topics/<key:key>/", page(topics.topic_detail), name="topic-detail"),
    path("media/illustrations/<str:name>", illustrations.illustration_file, name="illustration"),
    path("feeds/briefings.atom", page(BriefingFeed()), name="feed"),
    # corrections and readers' reports
    path("corrections/", page(corrections.correction_list), name="correction-list"),
    path("corrections/<key:key>/", require_safe(corrections.correction_detail), name="correction-detail"),
    path("feeds/corrections.atom", page(CorrectionFeed()), name="feed-corrections"),
    path("briefings/<key:key>/report/", reports.report_new, name="report-new"),
    path("reports/<slug:secret>/", reports.report_answer, name="report-answer"),
    path("sitemap.xml", page(sitemap_index), name="sitemap"),
    path("sitemap-<key:section>.xml", page(sitemap), {"sitemaps": SITEMAPS}, name="sitemap-section"),
    path("robots.txt", service.robots, name="robots"),
    path(f"{previews.FOLDER}<str:token>/", previews.preview, name="preview"),
    path(f"{previews.FOLDER}<str:token>/<key:key>/", previews.picture, name="preview-picture"),
    path("favicon.ico", service.favicon, name="favicon"),
    path("healthz", service.healthz, name="healthz"),
]
