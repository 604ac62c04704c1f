"""Articles in other clothes: mails and feeds are unpacked; data and addresses are sent back with a word on what to do."""

from __future__ import annotations

import json
import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from typing import Any

MAIL = (".eml",)
FEEDS = (".rss", ".atom", ".xml")
_HEADER = re.compile(
    rb"(?im)^(from|to|subject|date|received|return-path|delivered-to|mime-version|message-id|content-type):[ \t]"
)
_FEED = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF)\b", re.IGNORECASE | re.DOTALL)
_ADDRESS = re.compile(r"(?:https?|ftp):/+\S+", re.IGNORECASE)
_ITEM = ("item", "entry")
_WORDS = ("encoded", "content", "description", "summary")


def is_address(source: str) -> bool:
    """Whether it is an address of the web."""
    return bool(_ADDRESS.fullmatch(source.strip()))


def whole_address(source: str) -> str:
    """An address with both of its slashes, of which a path keeps one."""
    return re.sub(r":/+", "://", source.strip(), count=1)


def is_mail(data: bytes, suffix: str) -> bool:
    """Whether it is a mail: by its ending, or by a head of at least three lines that mails have."""
    head = re.split(rb"\r?\n\r?\n", data[:20_000].lstrip(), maxsplit=1)[0]
    found = {name.lower() for name in _HEADER.findall(head)}
    return (
        suffix in MAIL
        or len(found & {b"from", b"subject", b"mime-version", b"message-id", b"received", b"return-path"}) >= 3
    )


def is_feed(text: str) -> bool:
    """Whether it is RSS or Atom."""
    return bool(_FEED.match(text))


def is_data(text: str, suffix: str) -> bool:
    """Whether it is JSON."""
    if text.lstrip()[:1] not in ("{", "["):
        return suffix == ".json"
    try:
        return isinstance(json.loads(text), dict | list)
    except (ValueError, RecursionError):
        return suffix == ".json"


def from_mail(data: bytes) -> tuple[dict[str, Any], str, bool]:
    """Head and body of a mail, and whether the body is HTML; attachments are left out."""
    mail = message_from_bytes(data, policy=policy.default)
    assert isinstance(mail, EmailMessage)
    body = mail.get_body(preferencelist=("plain", "html"))
    text = ""
    if body is not None:
        try:
            text = body.get_content()
        except (LookupError, UnicodeError):  # a set of letters that does not exist
            raw = body.get_payload(decode=True)
            text = raw.decode("utf-8", "replace") if isinstance(raw, bytes) else str(raw)
    head: dict[str, Any] = {"title": str(mail["subject"] or ""), "outlet": _sender(mail)}
    try:
        head["date"] = parsedate_to_datetime(str(mail["date"])).date()
    except (TypeError, ValueError):
        head["date"] = None
    return head, str(text), body is not None and body.get_content_type() == "text/html"


def _sender(mail: EmailMessage) -> str:
    try:
        return str(mail["from"].addresses[0].display_name)
    except (AttributeError, IndexError):
        return ""


def from_feed(text: str) -> tuple[dict[str, Any], list[str]]:
    """The title of a feed, and its items as pieces of HTML, each with its headline first."""
    from lxml import etree

    root = etree.fromstring(
        text.encode("utf-8"), etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    )
    if root is None:
        return {}, []
    items = [one for one in root.iter() if _name(one) in _ITEM]
    title = next((_text(one) for one in root.iter() if _name(one) == "title"), "")
    pieces = []
    for item in items:
        parts = {_name(part): _text(part) for part in item if _text(part)}
        words = next((parts[name] for name in _WORDS if name in parts), "")
        pieces.append(f"<h2>{parts.get('title', '')}</h2><div>{words}</div>")
    return {"title": title}, pieces


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _text(element: Any) -> str:
    return "".join(element.itertext()).strip()
