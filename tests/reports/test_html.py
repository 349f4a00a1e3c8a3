"""The HTML page: it stands alone, tells everything, and lets no hostile text do anything."""

from __future__ import annotations

import re
import sys
import tempfile
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html.parser import HTMLParser
from io import BytesIO
from itertools import pairwise
from unicodedata import category
from unittest.mock import Mock

import pytest

from registry_preflight import Report, Reports, Result, Status, load_formats

from .conftest import Render
from .samples import every_report, hostile, not_ready, ready, report, undetermined

SAMPLES = pytest.mark.parametrize("sample", every_report(), ids=["ready", "not-ready", "undetermined", "hostile"])
VOID = {"meta", "input", "br", "path", "use", "rect"}


class Page(HTMLParser):
    """The page's elements, attributes and texts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.unbalanced: list[str] = []
        self.raw: dict[str, str] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.unbalanced.append(tag)

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] in ("style", "script"):
            self.raw[self.open[-1]] = data
        else:
            self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.texts).split())

    def values(self, name: str) -> list[str]:
        return [attributes[name] or "" for _, attributes in self.elements if name in attributes]

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for each, attributes in self.elements if each == tag]


@SAMPLES
def test_every_element_is_closed(render: Render, sample: Report) -> None:
    page = Page(render("html", sample))
    assert (page.open, page.unbalanced) == ([], [])


@SAMPLES
def test_nothing_is_loaded_from_anywhere(render: Render, sample: Report) -> None:
    page = Page(render("html", sample))
    loads = [
        value for name in ("src", "srcset", "data", "poster", "action", "xlink:href") for value in page.values(name)
    ]
    assert loads == [] and all(value.startswith("#") for value in page.values("href"))


def test_style_and_script_load_nothing(render: Render) -> None:
    raw = Page(render("html", ready())).raw
    assert not re.search(r"url\(|@import|https?:|fetch|XMLHttp|import\(", raw["style"] + raw["script"])


@pytest.mark.parametrize("tag", ["style", "script"])
def test_the_policy_allows_our_own_style_and_script_alone(render: Render, tag: str) -> None:
    page = Page(render("html", hostile()))
    digest = b64encode(sha256(page.raw[tag].encode()).digest()).decode()
    policy = page.named("meta")[1]["content"] or ""
    assert "default-src 'none'" in policy and f"{tag}-src 'sha256-{digest}'" in policy


def test_there_is_one_script(render: Render) -> None:
    assert len(Page(render("html", hostile())).named("script")) == 1


@SAMPLES
def test_no_element_has_a_style_or_a_handler(render: Render, sample: Report) -> None:
    names = {name for _, attributes in Page(render("html", sample)).elements for name in attributes}
    assert {name for name in names if name == "style" or name.startswith("on")} == set()


def test_hostile_text_is_shown_as_text(render: Render) -> None:
    assert "<script>alert(1)</script>\"' onload=x {{ 7*7 }} </style>" in Page(render("html", hostile())).text


def test_hostile_text_hides_nothing(render: Render) -> None:
    text = render("html", hostile())
    assert {letter for letter in text if category(letter) in ("Cc", "Cf", "Zl", "Zp", "Cs")} == {"\n"}


@SAMPLES
def test_no_two_elements_have_one_id(render: Render, sample: Report) -> None:
    ids = Page(render("html", sample)).values("id")
    assert len(ids) == len(set(ids))


def test_ids_that_look_alike_are_told_apart(render: Render) -> None:
    ids = Page(render("html", report(Result("a.b", "A", Status.PASSED), Result("a-b", "B", Status.PASSED)))).values(
        "id"
    )
    assert len([id for id in ids if id.startswith("check-a-b")]) == 2


def test_every_link_and_label_leads_somewhere(render: Render) -> None:
    page = Page(render("html", *every_report()))
    ids = set(page.values("id"))
    wanted = {value[1:] for value in page.values("href")} | set(page.values("aria-labelledby"))
    assert wanted - ids == set()


@pytest.mark.parametrize("many", [False, True])
def test_headings_skip_no_level(render: Render, many: bool) -> None:
    levels = [
        int(tag[1]) for tag, _ in Page(render("html", not_ready(), many=many)).elements if re.match("h[1-6]$", tag)
    ]
    assert levels[0] == 1 and all(after <= before + 1 for before, after in pairwise(levels))


def test_there_is_one_first_heading(render: Render) -> None:
    assert len(Page(render("html", *every_report())).named("h1")) == 1


def test_the_verdict_comes_first(render: Render) -> None:
    assert re.search(r"<h1[^>]*>.*Not ready", render("html", not_ready()))


def test_the_title_is_the_verdict(render: Render) -> None:
    assert "<title>Not ready: storage.yml</title>" in render("html", not_ready())


def test_five_stages_with_outcome_and_reason(render: Render) -> None:
    text = Page(render("html", undetermined())).text
    assert "push unknown --offline: only a run with the network can tell pull unknown" in text


@pytest.mark.parametrize(
    "told",
    [
        "The region us-east-11 is not one that registry-2.8 knows.",
        "Why The S3 driver compares",
        "Fix Write a region",
        "Where storage.yml:6:13, storage.s3.region",
        "6 region: us-east-11",
        "holds in registry-2.5, 2.7 and 2.8",
        "3 checks could not run because of this: s3.credentials , s3.bucket , s3.write-object",
        "statvfs: 812,646 free blocks",
        "tls.chain : ran out of its 0.6 s",
        "The clock is right clock.skew --offline",
        "storage.s3.secretkey ******** environment REGISTRY_STORAGE_S3_SECRETKEY",
        "storage.s3.secure true default",
        "storage.redirect.disable null null counts as false line 9",
        "29 checks ran in 0.64 s",
        "could not be loaded: ImportError",
        "docker/registry/v2/repositories/registry-preflight-b7k2m9/_uploads/1",
    ],
)
def test_it_tells(render: Render, told: str) -> None:
    assert told in Page(render("html", not_ready())).text


def test_every_check_has_a_row(render: Render) -> None:
    rows = Page(render("html", not_ready())).values("data-status")
    assert len(rows) == len(not_ready().results)


def test_every_check_that_ran_is_on_the_timeline(render: Render) -> None:
    assert len(Page(render("html", not_ready())).named("rect")) == 29


def test_the_filter_is_hidden_until_the_script_runs(render: Render) -> None:
    assert "hidden" in Page(render("html", ready())).named("form")[0]


def test_the_number_of_rows_shown_is_announced(render: Render) -> None:
    assert "polite" in Page(render("html", ready())).values("aria-live")


def test_several_reports_have_a_table_that_leads_to_each(render: Render) -> None:
    text = render("html", ready(), not_ready(), undetermined())
    assert re.findall(r'<th scope="row"><a href="(#r\d-report)">', text) == ["#r1-report", "#r2-report", "#r3-report"]


def test_several_reports_are_counted_in_the_heading(render: Render) -> None:
    text = Page(render("html", ready(), not_ready(), undetermined())).text
    assert "3 configs: 1 ready, 1 not ready and 1 undetermined" in text


def test_it_is_the_same_each_time(render: Render) -> None:
    assert render("html", *every_report()) == render("html", *every_report())


@pytest.mark.parametrize("no_folder", [False, True])
def test_sections_that_wait_are_all_there(monkeypatch: pytest.MonkeyPatch, render: Render, no_folder: bool) -> None:
    """With many they are put into a file, and stay where they are if none can be made."""
    render("html", ready())  # imports the format's module
    module = sys.modules["registry_preflight.reports.html"]
    monkeypatch.setattr(module, "_MOST_IN_MEMORY", 100)
    if no_folder:
        monkeypatch.setattr(tempfile, "TemporaryFile", Mock(side_effect=OSError))
    waiting = module._Packed()
    texts = [f"{number}, ünïcödé {'x' * number}" for number in range(50)]
    for text in texts:
        waiting.append(text)
    assert (waiting._file.__class__ is BytesIO) is no_folder
    assert list(waiting) == texts


def test_a_page_takes_each_report_when_it_is_ready() -> None:
    """Formats are written side by side: one that took all reports at once would make the others hold them."""
    taken = []

    def reports() -> Iterator[Report]:
        for number in range(3):
            taken.append(number)
            yield ready()

    pieces = load_formats()[0]["html"].render(Reports(reports(), many=True))
    next(pieces), next(pieces)
    assert taken == [0, 1]
