"""Small exports of WordPress, written by us."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<title>Tides &amp;amp; Moons</title><link>https://old.example/blog</link>
<description>Of the sea</description><language>en-GB</language>
<wp:base_blog_url>https://old.example/blog</wp:base_blog_url>
<wp:author><wp:author_login>ada</wp:author_login><wp:author_email>ada@old.example</wp:author_email>
<wp:author_display_name><![CDATA[Ada Lind]]></wp:author_display_name></wp:author>
<wp:author><wp:author_login>bo@old.example</wp:author_login>
<wp:author_display_name><![CDATA[Bo Berg]]></wp:author_display_name></wp:author>
<wp:category><wp:term_id>1</wp:term_id><wp:category_nicename>sea</wp:category_nicename>
<wp:category_parent></wp:category_parent><wp:cat_name>Sea</wp:cat_name></wp:category>
<wp:category><wp:term_id>2</wp:term_id><wp:category_nicename>tides</wp:category_nicename>
<wp:category_parent>sea</wp:category_parent><wp:cat_name>Tides</wp:cat_name>
<wp:category_description>Up &amp; down</wp:category_description></wp:category>
<wp:term><wp:term_id>9</wp:term_id><wp:term_taxonomy>series</wp:term_taxonomy>
<wp:term_slug>moon</wp:term_slug><wp:term_name>The moon</wp:term_name></wp:term>
"""


def item(key: int, text: str = "Text.", **given: str) -> str:
    """An item; what is not given is that of a published post. ``more`` is XML of its own."""
    said = {
        "title": f"Post {key}",
        "link": f"https://old.example/blog/2020/01/post-{key}/",
        "guid": f"https://old.example/blog/?p={key}",
        "dc:creator": "ada",
        "excerpt:encoded": "",
        "wp:post_date": "2020-01-02 13:00:00",
        "wp:post_date_gmt": "2020-01-02 12:00:00",
        "wp:post_name": f"post-{key}",
        "wp:status": "publish",
        "wp:post_parent": "0",
        "wp:post_type": "post",
        "wp:post_password": "",
        "wp:is_sticky": "0",
        "wp:comment_status": "open",
    }
    more = given.pop("more", "")
    said |= {name.replace("__", ":"): value for name, value in given.items()}
    rows = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in said.items())
    body = f"<content:encoded><![CDATA[{text}]]></content:encoded>"
    return f"<item>{rows}<wp:post_id>{key}</wp:post_id>{body}{more}</item>\n"


def term(taxonomy: str, slug: str, name: str) -> str:
    """A term of an item."""
    return f"<category domain={quoteattr(taxonomy)} nicename={quoteattr(slug)}>{escape(name)}</category>"


def meta(key: str, value: str) -> str:
    """A field of an item."""
    return (
        f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key>"
        f"<wp:meta_value>{escape(value)}</wp:meta_value></wp:postmeta>"
    )


def picture(key: int, name: str, alt: str = "", caption: str = "", parent: str = "0") -> str:
    """An attachment."""
    return item(
        key,
        "",
        title=name,
        link=f"https://old.example/blog/2020/01/post-1/{name}/",
        wp__post_type="attachment",
        wp__status="inherit",
        wp__post_parent=parent,
        excerpt__encoded=caption,
        more=(
            f"<wp:attachment_url>https://old.example/blog/wp-content/uploads/2020/01/{name}.jpg"
            f"</wp:attachment_url>{meta('_wp_attachment_image_alt', alt)}"
        ),
    )


def export(*items: str) -> str:
    """A whole export."""
    return f"{_HEAD}{''.join(items)}</channel></rss>\n"
