"""XML becomes a bounded tree of plain values; a document type, and with it every entity, is refused."""

from __future__ import annotations

import pytest

from armslength.adapters import format_xml
from armslength.adapters.format_xml import XML_ATTRIBUTES_MAX, XML_DEPTH_MAX, Element, parse_xml
from armslength.core.errors import LocalError

ALERT = """<?xml version="1.0" encoding="UTF-8"?>
<!-- a comment --><?style x?>
<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2" xmlns:x="urn:x">
  <identifier>UA-1</identifier>
  <info><event>Повітряна &amp; тривога</event><x:event>other</x:event></info>
  <info lang="en" x:a="1"><event><![CDATA[<b>alarm</b>]]></event></info>
</alert>"""


def test_a_document_is_a_tree_of_plain_values() -> None:
    alert = parse_xml(ALERT.encode())
    assert (alert.name, alert.namespace) == ("alert", "urn:oasis:names:tc:emergency:cap:1.2")
    assert alert.value("identifier") == "UA-1"
    assert [info.value("event") for info in alert.all("info")] == ["Повітряна & тривога", "<b>alarm</b>"]
    assert [dict(info.attributes) for info in alert.all("info")] == [{}, {"lang": "en", "{urn:x}a": "1"}]
    assert (alert.first("status"), alert.value("status")) == (None, "")
    assert [each.name for each in alert.every()] == ["alert", "identifier", "info", "event", "event", "info", "event"]


@pytest.mark.parametrize("encoding", ["utf-16", "windows-1251"])
def test_a_document_may_be_in_the_encoding_that_it_declares(encoding: str) -> None:
    data = f'<?xml version="1.0" encoding="{encoding}"?><a>тривога</a>'.encode(encoding)
    assert parse_xml(data) == Element(name="a", namespace="", text="тривога")


BOMB = "<!DOCTYPE a [" + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12)) + "]><a>&e11;</a>"


@pytest.mark.parametrize(
    "text",
    [
        BOMB,
        "<!DOCTYPE a><a/>",
        '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "http://192.0.2.1/x">]><a>&x;</a>',
        '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://192.0.2.1/x"> %x;]><a/>',
    ],
)
def test_a_document_type_is_refused_before_anything_is_expanded_or_fetched(text: str) -> None:
    with pytest.raises(LocalError, match="FILE-XML-ENTITY"):
        parse_xml(text.encode())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<a>",
        b"<a></b>",
        b"<a/><b/>",
        b"<a>&unknown;</a>",
        b"<a>\xff</a>",
        b"<a b='1' b='2'/>",
        b"<x:a/>",
        b"{}",
        b"<a>\0</a>",
        b'<?xml version="1.0" encoding="no-such"?><a/>',
        b'<?xml version="1.0" encoding="utf-7"?><a/>',
        b'<?xml version="1.0" encoding="big5"?><a/>',
        b"<a>" * (XML_DEPTH_MAX + 1) + b"</a>" * (XML_DEPTH_MAX + 1),
        b"<a>" * 100_000,
        b"<a " + b" ".join(b"x%d='1'" % n for n in range(XML_ATTRIBUTES_MAX + 1)) + b"/>",
    ],
    ids=lambda data: repr(data[:40]),
)
def test_what_is_no_plain_xml_is_refused(data: bytes) -> None:
    with pytest.raises(LocalError, match="FILE-FORMAT"):
        parse_xml(data)


def test_depth_is_allowed_up_to_its_bound() -> None:
    assert parse_xml(b"<a>" * XML_DEPTH_MAX + b"</a>" * XML_DEPTH_MAX).name == "a"


def test_size_and_number_of_elements_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(format_xml, "XML_ELEMENTS_MAX", 2)
    with pytest.raises(LocalError, match="FILE-TOO-LARGE"):
        parse_xml(b"<a><b/><b/></a>")
    monkeypatch.setattr(format_xml, "XML_BYTES_MAX", 2)
    with pytest.raises(LocalError, match="FILE-TOO-LARGE"):
        parse_xml(b"<a/>")
