"""What an S3 store answered: its XML, read safely, and its refusals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NoReturn
from xml.parsers import expat

#: Deeper than any answer of S3; a hostile one may have no end.
_DEEPEST = 16
#: Codes that say "not with these rights". HEAD has no body, so there the status stands for the code.
_DENIALS = frozenset({"AccessDenied", "Forbidden", "AllAccessDisabled", "AccountProblem", "UnauthorizedAccess"})


class NotXml(ValueError):
    """An answer that is no XML of S3's kind: another service, a console, or a proxy speaks."""


class Element:
    """One element: its name without namespace, its text, and the elements in it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.text = ""
        self.inner: list[Element] = []

    def each(self, name: str) -> Iterator[Element]:
        """The elements of that name directly in this one."""
        return (element for element in self.inner if element.name == name)

    def get(self, path: str) -> str:
        """The text at `a/b`, the first of each; empty where there is none."""
        here: Element | None = self
        for name in path.split("/"):
            here = next(here.each(name), None) if here is not None else None
        return here.text.strip() if here is not None else ""

    def key(self, name: str) -> str:
        """The same for a key or prefix, where blanks at the ends count."""
        return next((element.text for element in self.each(name)), "")


def parsed(body: bytes) -> Element:
    """The root element of an answer. Raises `NotXml`; entities and document types are refused."""
    top = Element("")
    open_elements = [top]

    def start(name: str, _: object) -> None:
        if len(open_elements) > _DEEPEST:
            raise NotXml("it is nested too deeply")
        element = Element(name.rpartition(" ")[2])
        open_elements[-1].inner.append(element)
        open_elements.append(element)

    def text(data: str) -> None:
        open_elements[-1].text += data

    def refuse(*_: object) -> NoReturn:
        raise NotXml("it declares a document type")

    reader = expat.ParserCreate(namespace_separator=" ")
    reader.buffer_text = True
    reader.StartElementHandler = start
    reader.EndElementHandler = lambda _: open_elements.pop() and None
    reader.CharacterDataHandler = text
    reader.StartDoctypeDeclHandler = refuse
    reader.EntityDeclHandler = refuse
    try:
        reader.Parse(body, True)
    except expat.ExpatError as error:
        raise NotXml(str(error)) from None
    return top.inner[0]


class S3Refusal(Exception):
    """An answer other than success. `request` names the operation and what it was sent for."""

    def __init__(self, status: int, code: str, message: str, request: str, fields: dict[str, str]) -> None:
        super().__init__(f"{request}: {status} {code}{': ' + message if message else ''}")
        self.status = status
        self.code = code
        self.message = message
        self.request = request
        #: Other elements of the error, such as `Region` or `Endpoint`, and the headers, names in lower case.
        self.fields = fields

    @property
    def denied(self) -> bool:
        """Whether a right is missing, as far as the store tells."""
        return self.status in (401, 403) and self.code in _DENIALS

    @property
    def missing(self) -> bool:
        """Whether the object, upload or setting is not there."""
        return self.status == 404

    @property
    def short(self) -> str:
        """For a sentence: `403 AccessDenied`."""
        return f"{self.status} {self.code}" if self.status else "no answer"


def refusal(status: int, headers: dict[str, str], body: bytes, request: str) -> S3Refusal:
    """The refusal that an answer stands for."""
    code, message, fields = "", "", dict(headers)
    try:
        root = parsed(body)
    except NotXml:
        if body.strip():
            code, message = "NotS3", body[:200].decode("utf-8", "replace")
    else:
        if root.name == "Error":
            code, message = root.get("Code"), root.get("Message")
            fields |= {element.name.lower(): element.text.strip() for element in root.inner}
        else:  # the page of a proxy or of a console, which may be XML as well
            code, message = "NotS3", body[:200].decode("utf-8", "replace")
    names = {301: "PermanentRedirect", 401: "Forbidden", 403: "Forbidden", 404: "NotFound"}
    return S3Refusal(status, code or names.get(status, "Unknown"), message, request, fields)
