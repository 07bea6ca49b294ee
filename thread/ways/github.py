"""Replies kept at GitHub: giscus in its discussions, utterances in its issues.

Attributes as https://giscus.app and https://utteranc.es document them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import quote_plus

from thread.model import Site, Target
from thread.views import EmbedView
from thread.ways.checks import name_fault, repository_fault
from thread.ways.way import Csp, Faults

_GISCUS = "https://giscus.app"
_UTTERANCES = "https://utteranc.es"
_PRIVACY = (
    "https://docs.github.com/en/site-policy/privacy-policies/github-general-privacy-statement"
)


@dataclass(frozen=True, slots=True)
class Giscus:
    """Discussions of the repository ``repo``; the ids are those that giscus.app shows for it."""

    repo: str
    repo_id: str
    category: str
    category_id: str
    name: ClassVar[str] = "giscus"
    own: ClassVar[bool] = False

    def faults(self) -> Faults:
        """Each field must be of its shape."""
        yield from repository_fault("repo", self.repo)
        for field in ("repo_id", "category_id"):
            yield from name_fault(field, getattr(self, field))
        if not self.category.strip():
            yield "category", "it is empty; name the category of the discussions"

    def csp(self) -> Csp:
        """The script and its style sheet, and the frame that shows the discussion."""
        return (("script-src", _GISCUS), ("style-src", _GISCUS), ("frame-src", _GISCUS))

    def embed(self, target: Target, site: Site) -> EmbedView | None:  # noqa: ARG002 - of all ways
        """The discussion whose title is the post's id."""
        return EmbedView(
            name=self.name,
            label="GitHub Discussions",
            script=f"{_GISCUS}/client.js",
            place="",
            attributes=(
                ("data-repo", self.repo),
                ("data-repo-id", self.repo_id),
                ("data-category", self.category),
                ("data-category-id", self.category_id),
                ("data-mapping", "specific"),
                ("data-term", target.id),
                ("data-strict", "1"),
                ("data-reactions-enabled", "1"),
                ("data-emit-metadata", "0"),
                ("data-input-position", "top"),
                ("data-theme", "preferred_color_scheme"),
                ("data-lang", target.lang.partition("-")[0]),
                ("crossorigin", "anonymous"),
            ),
            config=(),
            page=f"https://github.com/{self.repo}/discussions?discussions_q={_in_title(target)}",
            privacy=_PRIVACY,
        )

    def webmention(self) -> str:
        """None."""
        return ""


@dataclass(frozen=True, slots=True)
class Utterances:
    """Issues of the repository ``repo``, each with the label ``label`` if one is given."""

    repo: str
    label: str = ""
    name: ClassVar[str] = "utterances"
    own: ClassVar[bool] = False

    def faults(self) -> Faults:
        """The repository must be named."""
        return repository_fault("repo", self.repo)

    def csp(self) -> Csp:
        """The script, and the frame that shows the issue."""
        return (("script-src", _UTTERANCES), ("frame-src", _UTTERANCES))

    def embed(self, target: Target, site: Site) -> EmbedView | None:  # noqa: ARG002 - of all ways
        """The issue whose title has the post's id."""
        return EmbedView(
            name=self.name,
            label="GitHub Issues",
            script=f"{_UTTERANCES}/client.js",
            place="",
            attributes=(
                ("repo", self.repo),
                ("issue-term", target.id),
                *((("label", self.label),) if self.label else ()),
                ("theme", "preferred-color-scheme"),
                ("crossorigin", "anonymous"),
            ),
            config=(),
            page=f"https://github.com/{self.repo}/issues?q={_in_title(target)}",
            privacy=_PRIVACY,
        )

    def webmention(self) -> str:
        """None."""
        return ""


def _in_title(target: Target) -> str:
    """GitHub's search for a title with the post's id."""
    return quote_plus(f'"{target.id}" in:title')
