"""What a file says of itself can be read by any program, whatever a plan is called."""

from __future__ import annotations

import datetime as dt
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csdesk.report.document import title_line
from csdesk.report.metadata import Facts, metadata_packet

DC = "{http://purl.org/dc/elements/1.1/}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
MOMENT = dt.datetime(2026, 3, 31, 9, tzinfo=dt.timezone(dt.timedelta(hours=9)))


def packet(title: str, *, is_archival: bool = False) -> bytes:
    return metadata_packet(Facts(title, title, title, "ja-JP", MOMENT, is_archival))


@given(st.text(max_size=80))
def test_any_title_comes_back_as_it_was(text: str) -> None:
    title = title_line(text)
    read = ET.fromstring(packet(title))
    said = [one.text for one in read.iterfind(f".//{DC}title/{RDF}Alt/{RDF}li")]
    assert said == ([title] if title else [])
    assert len(list(read.iterfind(f".//{DC}creator"))) == bool(title)


@pytest.mark.parametrize(("is_archival", "claim"), [(True, "pdfaid:part"), (False, "pdfuaid:part")])
def test_a_file_claims_one_of_two_standards(is_archival: bool, claim: str) -> None:
    text = packet("Plan", is_archival=is_archival).decode()
    assert [one for one in ("pdfaid:part", "pdfuaid:part") if one in text] == [claim]


def test_the_time_is_told_in_the_zone_of_all() -> None:
    assert 'xmp:CreateDate="2026-03-31T00:00:00+00:00"' in packet("Plan").decode()
