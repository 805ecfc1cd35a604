"""Dates as they are printed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.articles import edtf_of
from briefings.models.dates import parse


@pytest.mark.parametrize(
    ("printed", "edtf"),
    [
        ("2017", "2017"),
        ("2017-09", "2017-09"),
        ("2017-09-26", "2017-09-26"),
        ("2017-09-26T23:30:00-05:00", "2017-09-26"),
        ("2017-09-26 23:30", "2017-09-26"),
        ("20170926", "2017-09-26"),
        ("20170926T101112Z", "2017-09-26"),
        ("2017/9/26", "2017-09-26"),
        ("2017/09", "2017-09"),
        ("Tue, 26 Sep 2017 10:00:00 GMT", "2017-09-26"),
        ("September 26, 2017", "2017-09-26"),
        ("Sept. 26th, 2017 at 10:00 PM", "2017-09-26"),
        ("Published 26 September 2017 | Updated 1 October 2017", "2017-09-26"),
        ("26-Sep-2017", "2017-09-26"),
        ("September 2017", "2017-09"),
        ("26.09.2017", "2017-09-26"),
        ("26.9.2017, 10:15 Uhr", "2017-09-26"),
        ("26/09/2017", "2017-09-26"),
        ("09/26/2017", "2017-09-26"),
        ("05/05/2017", "2017-05-05"),
        ("26. März 2017", "2017-03-26"),
        ("le 1er août 2017 à 10h", "2017-08-01"),
        ("26 de septiembre de 2017", "2017-09-26"),
        ("26 ستمبر 2017", "2017-09-26"),
        ("۲۶ ستمبر، ۲۰۱۷", "2017-09-26"),
        ("٢٦ سبتمبر ٢٠١٧", "2017-09-26"),
        ("2017年9月26日", "2017-09-26"),
        ("2017年9月", "2017-09"),
        # not dates, or two
        ("", ""),
        ("on Tuesday", ""),
        ("26 September", ""),
        ("09/10/2017", ""),
        ("2017-02-30", ""),
        ("2017-13-01", ""),
        ("0000-01-01", ""),
        ("31 February 2017", ""),
        ("1506384000", ""),
        ("26 Foo 2017", ""),
        ("26-09-17", ""),
    ],
)
def test_a_printed_date_keeps_its_precision(printed, edtf):
    assert edtf_of(printed) == edtf


@given(st.one_of(st.text(max_size=60), st.from_regex(r"\d{1,4}[-/. ](\w{3,9}|\d{1,2})[-/. ]\d{1,4}", fullmatch=True)))
def test_whatever_is_read_can_be_kept(printed):
    if edtf := edtf_of(printed):
        parse(edtf)
