"""Which HTML a feed may carry: readers strip the rest, or show it broken.

Elements and attributes that readers are known to keep, which is also what the W3C feed validator
accepts. What is in no table here is unwrapped: its children stay, the element itself goes.
"""

from __future__ import annotations

_TEXT = (
    "a abbr b bdi bdo br cite code data del dfn em i ins kbd mark q rp rt ruby s samp small span"
    " strong sub sup time tt u var wbr"
)
_BLOCKS = (
    "address article aside blockquote center dd details div dl dt figcaption figure footer h1 h2"
    " h3 h4 h5 h6 header hr li main nav ol p pre section summary ul"
)
_TABLES = "caption col colgroup table tbody td tfoot th thead tr"
_MEDIA = "area audio img map picture source track video"
_MATHS = (
    "math merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow mspace"
    " msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover semantics"
)
KEPT = frozenset(" ".join((_TEXT, _BLOCKS, _TABLES, _MEDIA, _MATHS)).split())

# Gone with all that is in them: code, forms, and what belongs to the head of a page. ``svg`` is
# HTML in no feed, and readers that strip its tags would print the texts in it.
DROPPED = (
    "script", "style", "template", "svg", "form", "button", "select", "textarea", "datalist",
    "title", "base", "link", "meta", "frameset", "noframes", "noembed", "canvas",
)  # fmt: skip
# What shows a page or a player of another site: a link to it is left.
EMBEDDING = ("iframe", "embed", "object", "frame")

# Elements without an end tag. The parser knows HTML 4 and nests what follows the last three.
NESTED_BY_MISTAKE = frozenset({"source", "track", "wbr"})
# Blocks the parser does not know as such, so it leaves them in a paragraph, which HTML 5 does not.
_NEW_BLOCKS = "article aside details figcaption figure footer header main nav section"
NEW_BLOCKS = frozenset(_NEW_BLOCKS.split())
VOID = NESTED_BY_MISTAKE | {"area", "br", "col", "hr", "img"}

_EVERYWHERE = frozenset({"class", "dir", "id", "lang", "title"})
_BY_ELEMENT = {
    "a": "download href hreflang rel type",
    "area": "alt coords href hreflang rel shape",
    "audio": "loop muted preload src",
    "blockquote": "cite",
    "col": "span",
    "colgroup": "span",
    "data": "value",
    "del": "cite datetime",
    "details": "open",
    "img": "alt height ismap sizes src srcset usemap width",
    "ins": "cite datetime",
    "li": "value",
    "map": "name",
    "math": "display",
    "ol": "reversed start type",
    "q": "cite",
    "source": "height media sizes src srcset type width",
    "td": "align colspan headers rowspan",
    "th": "abbr align colspan headers rowspan scope",
    "time": "datetime",
    "track": "default kind label src srclang",
    "video": "height loop muted playsinline poster preload src width",
}
ATTRIBUTES = {tag: _EVERYWHERE.union(_BY_ELEMENT.get(tag, "").split()) for tag in KEPT}
ADDRESSES = frozenset({"cite", "href", "poster", "src", "srcset"})

# Where a link in a feed may lead; "javascript:" and its kin are not among them.
SCHEMES = frozenset(
    {
        "http", "https", "mailto", "tel", "sms", "ftp", "ftps", "geo", "gemini", "gopher", "irc",
        "ircs", "magnet", "matrix", "news", "nntp", "sip", "sips", "webcal", "xmpp",
    }
)  # fmt: skip

# What our pages add around the text and what a feed has no use for: links to headings, copy
# buttons, the contents list, and numbers of code lines.
FURNITURE = frozenset(
    {"headerlink", "toc", "copy-button", "linenos", "linenodiv", "screen-reader-only"}
)
# What our classes mean where there is no style sheet of ours.
ALIGNING = {"align-left": "left", "align-center": "center", "align-right": "right"}
ASIDE, ASIDE_TITLE = "admonition", "admonition-title"
DIAGRAM = "diagram"
OURS = FURNITURE.union(ALIGNING, (ASIDE, ASIDE_TITLE, DIAGRAM))
