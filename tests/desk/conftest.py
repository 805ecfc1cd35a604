"""Somebody of each role, logged in to the desk."""

from tests.admin.conftest import administrator, contributor, editor, log_in, publisher  # noqa: F401
