"""The service's own pages: what replies need is ready before the first reader asks."""

from __future__ import annotations

from pathlib import Path

from dialogue.targets import Targets
from dialogue.web import pages
from dialogue.web.pages import Pages
from tests.dialogue import sites


def test_what_replies_need_is_ready_in_the_language_of_the_site(tmp_path: Path) -> None:
    """The templates of form and preview are compiled, and the words of a page were looked up."""
    sites.write_targets(tmp_path, (sites.target("a"),))
    pages._environment.cache_clear()
    targets = Targets(tmp_path)
    Pages(targets).warm()
    environment = pages._environment(targets.site.lang)
    assert environment.cache is not None
    ready = {name for _, name in environment.cache}
    assert {"base.html", "fields.html", "form.html", "message.html", "preview.html"} <= ready


def test_a_site_that_is_not_there_yet_is_no_fault(tmp_path: Path) -> None:
    """Nothing can be made ready, and nothing is said: the pages say it when somebody asks."""
    pages._environment.cache_clear()
    Pages(Targets(tmp_path)).warm()
    assert pages._environment.cache_info().currsize == 0
