"""A report with its claims marked: nothing of the text is lost, every mark is named in words, and no text breaks out of it."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

import nbformat
import pytest
from effort import examples
from hypothesis import given
from hypothesis import strategies as st
from nbclient import NotebookClient
from tools.counting import calls

from course.chart import show
from course.claim import Attribution, Claim, Mention, Span
from course.corpus import Report, load_case, load_world
from course.extract import claims_in, marked, marked_html
from course.quantity import more_than

VOID = {"br", "img", "hr", "input", "meta", "link"}
ALLOWED = {"style", "section", "p", "strong", "em", "bdi", "a", "ul", "ol", "li", "div", "mark", "span", "ruby", "rt", "details", "summary"}  # fmt: skip
TEXT = "Ida Voss said that Tom Hart claimed that more than 30 boats had been lost."


class Page(HTMLParser):
    """What a page says: to the eye, to a screen reader, and which marks cover each character of the text."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text, self.spoken, self.all = "", "", ""
        self.marks: list[set[str]] = []
        self.feed(text)
        self.close()
        assert not self.open, "every element is closed"

    def handle_starttag(self, tag, attrs):
        assert tag in ALLOWED, tag
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag, "elements are nested"

    def handle_data(self, data):
        classes = [attributes.get("class") or "" for _, attributes in self.open]
        hidden = any(attributes.get("aria-hidden") for _, attributes in self.open)
        if "style" not in [tag for tag, _ in self.open]:
            self.all += data
        if "cc-text" in classes and not hidden:
            self.spoken += data
            if "cc-say" not in classes:
                self.text += data
                roles = {name for tag, a in self.open if tag == "mark" for name in (a["class"] or "").split()}
                self.marks += [roles] * len(data)


def unharmed(text: str) -> str:
    return re.sub("[\x00\ud800-\udfff]", "\ufffd", text)


def roles_in(claims: list[Claim], at: int) -> set[str]:
    found = set()
    for claim in claims:
        parts = claim.attribution
        if claim.kind == "disclaimer":
            spans = {"cc-disclaimer": [claim.span]}
        elif parts is None:
            spans = {"cc-content": [claim.span]}
        else:
            spans = {"cc-source": parts.source, "cc-cue": parts.cue, "cc-content": parts.content}
        spans["cc-quantity"] = [mention.span for mention in claim.mentions]
        found |= {role for role, these in spans.items() if any(span.start <= at < span.end for span in these)}
    return found


HOSTILE = st.one_of(
    st.text(st.characters(), max_size=200),
    st.lists(
        st.sampled_from(
            ["<script>alert(1)</script>", "</div>", "</style>", "<!--", "]]>", "&amp;", "&#0;", '" onload="x', "'", "\x00", "\ud800",
             "\r\n", "\u202e", "$5 million", "\\(x\\)", "“", "”", " said that ", "Ida Voss", " told reporters ", "more than 20,000 people",
             " were killed", "according to ", ". ", "\n\n", "<mark>", "🙂", "\ufeff"]
        ),
        max_size=25,
    ).map("".join),
)  # fmt: skip


@given(HOSTILE)
@examples(300)
def test_text_is_the_reports_text_and_nothing_breaks_out(text):
    page = Page(marked_html(text))
    assert page.text == unharmed(text)


@st.composite
def any_claims(draw):
    text = draw(st.text(st.characters(), min_size=1, max_size=60))
    ends = st.integers(0, len(text))
    span = st.tuples(ends, ends).map(lambda pair: Span(*sorted(pair)))
    spans = st.lists(span, max_size=3).map(tuple)
    mention = st.builds(Mention, span, st.just(more_than(3, text="<b>")))
    attribution = st.none() | st.builds(
        Attribution, spans, spans, spans, st.sampled_from(["direct", "indirect", "mixed"])
    )
    words = st.text(max_size=10)
    claim = st.builds(
        Claim, words, span, attribution, words, words, words, st.lists(mention, max_size=2).map(tuple),
        kind=st.sampled_from(["claim", "disclaimer"]), explanation=words,
    )  # fmt: skip
    return text, draw(st.lists(claim, max_size=5))


@given(any_claims())
@examples(300)
def test_spans_may_overlap_and_nest_in_any_way(made):
    text, claims = made
    page = Page(marked_html(text, claims))
    assert page.text == unharmed(text)
    seen = [roles - {"cc-deep"} for roles in page.marks]
    assert seen == [roles_in(claims, at) for at in range(len(text))]


def test_every_mark_is_named_in_words_where_it_begins_and_ends():
    page = Page(marked_html(TEXT, nested()))
    assert page.spoken == (
        "(source 1: Ida Voss) (cue 1: said) (content 1: that (source 2: Tom Hart) (cue 2: claimed) "
        "(content 2: that (quantity: more than 30) boats had been lost, end of content 2), end of content 1)."
    )


def test_words_above_are_for_the_eye_alone():
    page = Page(marked_html(TEXT, nested()))
    labels = [attributes for tag, attributes in page.tags if "data-label" in attributes]
    assert [label["data-label"].replace("\xa0", " ") for label in labels] == [
        "source 1", "cue 1", "[1 ", "source 2", "cue 2", "[2 ", "quantity", " 2]", " 1]",
    ]  # fmt: skip
    assert all(label["aria-hidden"] == "true" for label in labels)


def nested() -> list[Claim]:
    def at(words: str) -> Span:
        start = TEXT.index(words)
        return Span(start, start + len(words))

    inner, outer = at("that more than 30 boats had been lost"), at(TEXT[TEXT.index("that Tom") : -1])
    number = Mention(at("more than 30"), more_than(30, text="more than 30"))
    return [
        Claim("", Span(0, outer.end), Attribution((at("Ida Voss"),), (at("said"),), (outer,), "indirect"), "Ida Voss", mentions=(number,)),
        Claim("", inner, Attribution((at("Tom Hart"),), (at("claimed"),), (inner,), "indirect"), "Tom Hart", mentions=(number,)),
    ]  # fmt: skip


def test_claim_in_a_claim_is_shaded_deeper():
    page = Page(marked_html(TEXT, nested()))
    deep = "".join(char for char, roles in zip(page.text, page.marks, strict=True) if "cc-deep" in roles)
    assert deep == "that more than 30 boats had been lost"


def test_parts_with_the_same_words_share_one_label():
    one = Claim("", Span(0, 8), Attribution((Span(0, 8),), (), (), "indirect"), "Ida Voss")
    assert Page(marked_html(TEXT, [one, one])).spoken.startswith("(source 1, 2: Ida Voss) said")


def test_each_kind_of_mark_differs_without_colour():
    style = re.search("<style>(.*?)</style>", marked_html(TEXT), re.S)[1]
    lines = {
        role: re.search(rf"\.cc-{role} \{{ text-decoration-style: (\w+)", style)[1]
        for role in ("source", "cue", "quantity")
    }
    assert len(set(lines.values())) == 3
    page = Page(marked_html(load_world("flood").report("flood-01")))
    legend = page.all[: page.all.index("VELDRICK")]
    for role in ("source", "cue", "content", "quantity", "disclaimer"):
        assert role in legend


@pytest.mark.parametrize("kind", ["practice", "digest"])
def test_real_report_keeps_its_text_says_what_it_is_and_lists_its_claims(kind):
    report = load_world("flood").report("flood-01") if kind == "practice" else load_case("bakhmut-2023").report("wion")
    source = marked_html(report)
    page = Page(source)
    claims = claims_in(report)
    assert page.text == report.text and report.label in page.all
    folded = source[source.index("<details>") :]
    assert folded.count("<li>") == len(claims) > 5 and f"The {len(claims)} claims" in folded
    for claim in claims:
        assert html.escape(claim.claimant) in folded and html.escape(claim.explanation) in folded
    assert bool(report.url) == any(tag == "a" and a["href"] == report.url for tag, a in page.tags)


def test_hostile_head_stays_words():
    head = "</style><script>\"'"
    report = Report("a", "It rained.", title=head, outlet=head, url=f"https://example.org/{head}")
    page = Page(marked_html(report))
    assert head in page.all
    assert "href" not in dict(Page(marked_html(Report("a", "x", url="javascript:alert(1)"))).tags).get("a", {})


@pytest.mark.parametrize("text", ["", "\n", "It rained."])
def test_text_without_claims_is_shown_as_it_is(text):
    page = Page(marked_html(text))
    assert page.text == text and "details" not in [tag for tag, _ in page.tags]
    assert repr(marked(text))


def test_claims_of_another_text_are_refused():
    with pytest.raises(ValueError, match="another text"):
        marked_html("Short.", claims_in(TEXT))


def test_nothing_moves_and_nothing_is_fetched():
    source = marked_html(load_case("bakhmut-2023").report("wion"))
    assert "<script" not in source and "url(" not in source and "@import" not in source
    assert {"mathjax_ignore", "tex2jax_ignore"} <= set(re.search('<section class="(.*?)"', source)[1].split())


def test_work_grows_with_the_text_and_not_faster():
    texts = [(TEXT + " ") * times for times in (1, 10, 100)]
    one, ten, hundred = (calls(marked_html, text, claims_in(text)) for text in texts)
    assert ten <= 12 * one and hundred <= 12 * ten


def test_show_marks_reports_and_texts(capsys):
    show(load_world("flood").report("flood-01"))
    out = capsys.readouterr().out
    assert "Practice text" in out and "(estimated): " in out
    show(TEXT)
    assert "- Ida Voss (said): " in capsys.readouterr().out


def test_in_a_notebook_it_is_html(quick_kernels):
    cell = f"from course import show\nshow({TEXT!r})"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell)])
    NotebookClient(notebook, timeout=300).execute()
    (output,) = notebook.cells[0].outputs
    assert Page(output.data["text/html"]).text == TEXT and "Ida Voss" in output.data["text/plain"]


def test_a_browser_reads_the_same_text_and_runs_nothing(chromium):
    hostile = "<script>document.title='x'</script>\x01\r\n\u202eIda Voss\u202c said that “<img src=x onerror=\"document.title='x'\"> 20 boats” sank.\n\n\x00 $5 & &lt; 🙂"
    page = chromium.new_page()
    page.set_content(f"<!doctype html><title>safe</title><body>{marked_html(hostile)}</body>")
    page.evaluate("document.querySelectorAll('.cc-say').forEach(said => said.remove())")
    assert page.evaluate("document.querySelector('.cc-text').textContent") == unharmed(hostile)
    assert page.title() == "safe" and page.locator(".cc-text img").count() == 0
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_narrow_window_shows_every_word_and_nothing_overflows(chromium, scheme):
    page = chromium.new_page(viewport={"width": 360, "height": 900}, color_scheme=scheme)
    report = load_world("flood").report("flood-01")
    page.set_content(f"<!doctype html><meta name=color-scheme content='light dark'><body>{marked_html(report)}</body>")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    heights = page.evaluate(
        "[...document.querySelectorAll('.cc-text rt')].map(label => label.getBoundingClientRect().height)"
    )
    assert heights and min(heights) > 6
    tree = page.locator(".cc-text").aria_snapshot()
    assert "(source 2:" in tree and "mark" in tree
    page.close()
