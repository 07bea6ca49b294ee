"""Where a text was published before, and where else: ``original`` and ``syndicated``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import tzinfo
from typing import Any

from plugins.canonical.addresses import is_below, web_url
from plugins.frontmatter.dates import parse_date
from plugins.frontmatter.fields import fold, pick, refuse_slips
from plugins.frontmatter.values import Fault, Faults, each, faults_of, items, show, text
from plugins.post import Original, Relation

_RELATIONS: Mapping[str, Relation] = {
    "crosspost": "crosspost",
    "crossposted": "crosspost",
    "republished": "republished",
    "republish": "republished",
    "excerpt": "excerpt",
}
_HOST = re.compile(r"[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:[/:].*)?", re.IGNORECASE)


def original(value: Any, site_url: str, zone: tzinfo) -> Original:
    """The original that ``value`` names: a URL, or a mapping of url, site, date and relation.

    Raises `Fault`, or `Faults` with what is wrong with each part of the mapping.
    """
    if not isinstance(value, Mapping):
        return Original(_elsewhere(value, site_url))
    refuse_slips(value, "url", "site", "date", "relation")
    faults: list[Fault] = []

    def part(convert: Any, *names: str) -> Any:
        found = pick(value, *names)
        try:
            return None if found is None else convert(found)
        except (Fault, Faults) as error:
            faults.extend(faults_of(error))
            return None

    url = part(lambda found: _elsewhere(found, site_url), "url", "href", "link")
    if pick(value, "url", "href", "link") is None:
        faults.append(Fault("the original has no url", "write url: https://example.org/the-post"))
    site = part(text, "site", "name", "publisher", "publication")
    date = part(lambda found: parse_date(found, zone), "date", "published")
    relation = part(_relation, "relation", "relationship")
    if faults:
        raise Faults(faults)
    return Original(url, site, date, relation or "crosspost")


def syndicated(value: Any, site_url: str) -> tuple[str, ...]:
    """The URLs of copies elsewhere: one, a list, or a mapping of sites to URLs; each once."""
    listed = list(value.values()) if isinstance(value, Mapping) else items(value, r"[,\s]")
    return tuple(dict.fromkeys(each(listed, lambda one: _copy(one, site_url))))


def _copy(value: Any, site_url: str) -> str:
    return _elsewhere(pick(value, "url", "href") if isinstance(value, Mapping) else value, site_url)


def _elsewhere(value: Any, site_url: str) -> str:
    """The absolute URL in ``value``, on another site."""
    written = text(value)
    try:
        url = web_url(written)
    except ValueError as error:
        example = (
            f"https://{written}" if _HOST.fullmatch(written) else "https://example.org/the-post"
        )
        raise Fault(f"the URL {show(written)} {error}", f"write {show(example)[1:-1]}") from error
    if is_below(url, site_url):
        hint = "remove it, because a page here is its own original"
        raise Fault(f"the URL {show(written)} is on this site itself", hint)
    return url


def _relation(value: Any) -> Relation:
    word = text(value)
    if fold(word) not in _RELATIONS:
        hint = "write crosspost, republished or excerpt"
        raise Fault(f"{show(word)} is no relation to an original", hint)
    return _RELATIONS[fold(word)]
