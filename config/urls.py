"""All addresses: Django's admin for the editors, everything else from `briefings.urls`."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", include("briefings.urls")),
]
