"""Mails and feeds are read as the articles in them; data and addresses get one clear line. All of it is made up."""

from __future__ import annotations

import datetime as dt
from email.message import EmailMessage
from pathlib import Path

import pytest

from course.corpus import read_article
from course.corpus.article import ArticleError
from course.extract import claims_in

SENTENCE = "The harbour master said that more than 300 boats were lost — all in a night."


def mail(body: str = SENTENCE, html: str = "") -> bytes:
    made = EmailMessage()
    made["From"], made["To"] = "Ostrell Press <news@press.test>", "reader@mail.test"
    made["Subject"], made["Date"] = "Boats lost — again", "Mon, 01 Mar 2032 10:00:00 +0000"
    made["Message-ID"] = "<1@press.test>"
    if body:
        made.set_content(body, cte="quoted-printable")
    if html:
        (made.add_alternative if body else made.set_content)(html, subtype="html")
    return made.as_bytes()


def lowest(report: object) -> list[float | None]:
    return [mention.quantity.lower for claim in claims_in(report) for mention in claim.mentions]  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["a.eml", "a.txt", ""])
def test_a_mail_is_its_body_with_its_subject_and_date(name):
    report = read_article(mail(), name)
    assert report.text == SENTENCE and lowest(report) == [300]
    assert (report.title, report.outlet, report.date) == ("Boats lost — again", "Ostrell Press", dt.date(2032, 3, 1))


def test_a_mail_in_html_and_one_in_both():
    page = f"<html><body><p>{SENTENCE}</p><script>var n = 7</script></body></html>"
    assert lowest(read_article(mail("", page), "a.eml")) == [300] == lowest(read_article(mail(SENTENCE, page), "a.eml"))


def test_a_text_that_speaks_of_mail_is_no_mail():
    text = f"From: the harbour\n\n{SENTENCE}"
    assert "From: the harbour" in read_article(text.encode(), "a.txt").text


RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Ostrell Press</title><link>https://press.test</link>
<item><title>Boats lost</title><pubDate>Mon, 01 Mar 2032</pubDate><description>&lt;p&gt;{}&lt;/p&gt;</description></item>
<item><title>Rain</title><description>It rained.</description></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Ostrell Press</title>
<entry><title>Boats lost</title><content type="html">&lt;p&gt;{}&lt;/p&gt;</content></entry></feed>"""


@pytest.mark.parametrize(("feed", "name"), [(RSS, "f.rss"), (RSS, "f.xml"), (ATOM, "f.atom"), (ATOM, "")])
def test_a_feed_is_its_items(feed, name):
    report = read_article(feed.format(SENTENCE).encode(), name)
    assert report.title == "Ostrell Press" and report.text.startswith("Boats lost\n\nThe harbour master")
    assert lowest(report) == [300]


@pytest.mark.parametrize("text", ['{"headline": "300 boats lost"}', '[{"a": 1}]', " \n{}"])
def test_data_is_sent_back(text):
    with pytest.raises(ArticleError, match="JSON, data for programs"):
        read_article(text)


@pytest.mark.parametrize("address", ["https://press.test/boats.html", "http://press.test", "https:/press.test/boats"])
def test_an_address_is_not_fetched(address, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for source in (address, Path(address)):
        with pytest.raises(ArticleError, match=r"https?://press\.test.*nothing is downloaded"):
            read_article(source)


@pytest.mark.parametrize(
    "text",
    [
        "The har\u00adbour mas\u00adter said that 40 sol\u00addiers were kil\u00adled.",
        "The har\u200bbour master said that 4\u200b0 soldiers were ki\u2060lled.",
        "\ufeffThe harbour master said that 40 soldiers were killed.\u200b",
    ],
)
def test_what_nobody_sees_in_a_text_changes_nothing(text):
    (claim,) = claims_in(text)
    assert claim.claimant == "harbour master" or claim.claimant == "The harbour master"
    (mention,) = claim.mentions
    assert (mention.quantity.lower, mention.measure) == (40, "killed")
    assert text[mention.span.start : mention.span.end].replace("\u200b", "") == "40", (
        "offsets are those of the text as it is"
    )


def test_letters_that_are_printed_as_one():
    (mention,) = claims_in("The harbour master said that 40 people had \ufb02ed and nobody was found.")[0].mentions
    plain = claims_in("The harbour master said that 40 people had fled and nobody was found.")[0].mentions[0]
    assert mention.measure == plain.measure
