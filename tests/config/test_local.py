"""The environment of a site on this machine alone."""

import stat

from config.local import environment, secret


def test_the_secret_is_long_kept_and_for_its_owner_alone(tmp_path):
    first = secret(tmp_path / "var")
    assert len(first) >= 50
    assert secret(tmp_path / "var") == first
    assert stat.S_IMODE((tmp_path / "var" / "secret").stat().st_mode) == 0o600
    assert [file.name for file in (tmp_path / "var").iterdir()] == ["secret"]


def test_each_site_has_another_secret(tmp_path):
    assert secret(tmp_path / "one") != secret(tmp_path / "two")


def test_an_empty_secret_left_by_a_full_disk_is_replaced(tmp_path):
    (tmp_path / "secret").touch()
    assert len(secret(tmp_path)) >= 50


def test_the_address_follows_the_port(tmp_path):
    found = environment({"PORT": "8001", "BRIEFINGS_VAR": str(tmp_path)})
    assert found["BRIEFINGS_SITE_URL"] == "http://127.0.0.1:8001"
    assert found["DJANGO_HTTPS"] == "false"
    assert "DJANGO_DEBUG" not in found


def test_what_the_environment_sets_is_left_as_it_is(tmp_path):
    given = {"BRIEFINGS_VAR": str(tmp_path), "DJANGO_SECRET_KEY": "mine", "DJANGO_HTTPS": "true"}
    assert not {"DJANGO_SECRET_KEY", "DJANGO_HTTPS"} & environment(given).keys()
    assert not (tmp_path / "secret").exists()
