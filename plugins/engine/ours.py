"""The plugins of the kit, in the order in which they are asked; each loads when it is needed."""

from __future__ import annotations

from types import ModuleType

from plugins.engine.late import LatePlugin
from plugins.replies.watching import watched

OURS: tuple[ModuleType, ...] = (
    LatePlugin(
        "plugins.posts.reader",
        hears={
            "readers_init": "add_reader",
            "article_generator_init": "begin",
            "content_object_init": "settle_foreign",
            "page_generator_finalized": "leave_sources",
            "all_generators_finalized": "finish",
        },
    ),
    LatePlugin("plugins.engine.intros", hears={"article_generator_pretaxonomy": "attach"}),
    LatePlugin("plugins.series.plugin", hears={"article_generator_pretaxonomy": "attach"}),
    LatePlugin(
        "plugins.canonical.policy",
        hears={"article_generator_finalized": "attach", "page_generator_finalized": "attach"},
    ),
    LatePlugin("plugins.engine.crawling", ["tasks"]),
    LatePlugin("plugins.engine.hosting", ["tasks"]),
    LatePlugin("plugins.search.plugin", ["tasks"]),
    LatePlugin("plugins.engine.sharing", ["tasks"]),
    LatePlugin("plugins.engine.icons", ["tasks"]),
    LatePlugin("plugins.feeds.plugin", ["tasks"]),
    LatePlugin("plugins.replies.plugin", ["tasks", "publishing"], at_once={"watched": watched}),
)
