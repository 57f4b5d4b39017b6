"""XML from outside, for CAP 1.2, Cursor-on-Target and KML: a bounded tree of plain values.

A document type is refused, and with it every entity: nothing is expanded, nothing is fetched. Comments and processing
instructions are passed over.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from xml.parsers import expat

from armslength.core.errors import LocalError
from armslength.core.limits import MIB

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

XML_BYTES_MAX: Final = 16 * MIB
"""Bytes of one document: an alert has 5 kB, a country's outlines as KML 5 MB."""

XML_DEPTH_MAX: Final = 64
"""Elements within each other: an alert has 5, a map with folders in folders some 12."""

XML_ELEMENTS_MAX: Final = 200_000
"""Elements of one document: 10,000 places with twenty values each."""

XML_ATTRIBUTES_MAX: Final = 64
"""Attributes of one element: Cursor-on-Target has 8."""

_SEPARATOR: Final = "}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One element with all that stands in it.

    Args:
        name: its name without the namespace.
        namespace: the namespace's address, empty without one.
        text: the text directly in it, before its first child, trimmed.
        attributes: its attributes by name, those of a namespace as ``{namespace}name``.
        children: the elements in it, in order.
    """

    name: str
    namespace: str
    text: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: tuple[Element, ...] = ()

    def all(self, name: str) -> Iterator[Element]:
        """Yield the children of that name, in the element's own namespace."""
        return (child for child in self.children if child.name == name and child.namespace == self.namespace)

    def first(self, name: str) -> Element | None:
        """Return the first child of that name, None when there is none."""
        return next(self.all(name), None)

    def value(self, name: str) -> str:
        """Return the text of the first child of that name; empty when there is none."""
        child = self.first(name)
        return "" if child is None else child.text

    def every(self) -> Iterator[Element]:
        """Yield the element and all that stand in it, in the document's order."""
        yield self
        for child in self.children:
            yield from child.every()


def strict_parser(name: str, encoding: str | None = None, separator: str | None = None) -> expat.XMLParserType:
    """Return an expat parser that refuses a document type, before anything that it declares is read.

    Args:
        name: the file's name, for errors.
        encoding: the encoding to take, whatever the document declares; None believes the document.
        separator: what stands between namespace and name; None reads no namespaces.
    """
    parser = expat.ParserCreate(encoding, separator)

    def doctype(*_declared: object) -> None:
        raise LocalError("FILE-XML-ENTITY", file=name)

    # Entities can be declared in a document type only, so that none is ever expanded or fetched.
    parser.StartDoctypeDeclHandler = doctype
    return parser


def parse_xml(data: bytes, name: str = "file") -> Element:
    """Return the root element of a document.

    Args:
        data: the document, in UTF-8, UTF-16 or the 8-bit encoding that it declares.
        name: the file's name, for errors.

    Raises:
        LocalError: FILE-FORMAT, FILE-TOO-LARGE, FILE-XML-ENTITY.
    """
    if len(data) > XML_BYTES_MAX:
        raise LocalError("FILE-TOO-LARGE", file=name, expected=f"at most {XML_BYTES_MAX} bytes")
    parser = strict_parser(name, separator=_SEPARATOR)
    builder = _Builder(name)
    parser.buffer_text = True
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        # An encoding that is unknown or has several bytes a character gives the last two.
        raise LocalError("FILE-FORMAT", file=name, expected="XML", got=error) from None
    return builder.root()


@dataclass(slots=True, kw_only=True)
class _Open:
    """An element whose end was not met yet."""

    tag: str
    attributes: dict[str, str]
    text: list[str] = field(default_factory=list)
    children: list[Element] = field(default_factory=list)

    def closed(self) -> Element:
        namespace, _, name = self.tag.rpartition(_SEPARATOR)
        return Element(
            name=name,
            namespace=namespace,
            text="".join(self.text).strip(),
            attributes={_attribute(name): value for name, value in self.attributes.items()},
            children=tuple(self.children),
        )


def _attribute(name: str) -> str:
    return "{" + name if _SEPARATOR in name else name


class _Builder:
    """Builds the tree and stops where a bound is passed."""

    def __init__(self, name: str) -> None:
        self._file = name
        self._elements = 0
        # The lowest one is not of the document: its only child is the root.
        self._open = [_Open(tag="", attributes={})]

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if len(self._open) > XML_DEPTH_MAX:
            raise LocalError("FILE-FORMAT", file=self._file, expected=f"at most {XML_DEPTH_MAX} levels")
        if self._elements > XML_ELEMENTS_MAX:
            raise LocalError("FILE-TOO-LARGE", file=self._file, expected=f"at most {XML_ELEMENTS_MAX} elements")
        if len(attributes) > XML_ATTRIBUTES_MAX:
            raise LocalError("FILE-FORMAT", file=self._file, expected=f"at most {XML_ATTRIBUTES_MAX} attributes")
        self._open.append(_Open(tag=tag, attributes=attributes))

    def end(self, _tag: str) -> None:
        element = self._open.pop().closed()
        self._open[-1].children.append(element)

    def data(self, text: str) -> None:
        if not self._open[-1].children:
            self._open[-1].text.append(text)

    def root(self) -> Element:
        return self._open[0].children[0]
