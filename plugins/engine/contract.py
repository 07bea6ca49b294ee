"""Pelican's settings that the site's contract fixes: which folder is what, and every address.

``pelicanconf.py`` takes all of them; they are here so that it stays short. Themes and plugins of
Pelican that ask for addresses get the same as ours.
"""

import logging

__all__ = [
    "ARCHIVES_SAVE_AS",
    "ARTICLE_EXCLUDES",
    "ARTICLE_PATHS",
    "ARTICLE_SAVE_AS",
    "ARTICLE_TRANSLATION_ID",
    "ARTICLE_URL",
    "AUTHOR_FEED_ATOM",
    "AUTHOR_FEED_RSS",
    "AUTHOR_SAVE_AS",
    "AUTHOR_URL",
    "CATEGORY_FEED_ATOM",
    "CATEGORY_SAVE_AS",
    "CATEGORY_URL",
    "DEFAULT_CATEGORY",
    "DIRECT_TEMPLATES",
    "DRAFT_LANG_SAVE_AS",
    "DRAFT_PAGE_LANG_SAVE_AS",
    "DRAFT_PAGE_SAVE_AS",
    "DRAFT_SAVE_AS",
    "FEED_ALL_ATOM",
    "FILENAME_METADATA",
    "IGNORE_FILES",
    "LOG_FILTER",
    "PAGE_PATHS",
    "PAGE_SAVE_AS",
    "PAGE_TRANSLATION_ID",
    "PAGE_URL",
    "PREVIEW",
    "READERS",
    "STATIC_PATHS",
    "TAG_SAVE_AS",
    "TAG_URL",
    "TRANSLATION_FEED_ATOM",
    "USE_FOLDER_AS_CATEGORY",
]

# Posts are anywhere but in the folders that mean something else.
ARTICLE_PATHS = [""]
ARTICLE_EXCLUDES = ["pages", "series", "authors", "categories", "tags", "static"]
PAGE_PATHS = ["pages"]
STATIC_PATHS = [""]
# What editors and systems leave behind, and what no web server should show. Other hidden files
# (.htaccess, .well-known) are published.
IGNORE_FILES = [
    *(".git", ".gitignore", ".gitattributes", ".gitkeep", ".github", ".hg", ".svn"),
    *(".DS_Store", "._*", ".Trash*", ".trash", "Thumbs.db", "desktop.ini", ".stversions"),
    *(".#*", "#*#", ".*.sw?", "*.sw[po]", "*~", ".obsidian", ".vscode", ".idea", ".editorconfig"),
    *(".env", ".env.*", ".npmrc", ".netrc", ".htpasswd", ".venv", "node_modules", "__pycache__"),
    *(".parley", ".parley-*"),
]
# What the name of a file says is read by our reader, which tells what is wrong with it.
FILENAME_METADATA = "(?!)"

# An HTML file is published as it is.
READERS = {"html": None, "htm": None}

# Drafts and scheduled posts are only shown where somebody asks for a preview. Pelican would write
# them to /drafts/, which is public.
PREVIEW = False
DRAFT_SAVE_AS = DRAFT_LANG_SAVE_AS = DRAFT_PAGE_SAVE_AS = DRAFT_PAGE_LANG_SAVE_AS = ""

ARTICLE_URL = PAGE_URL = "{slug}/"
ARTICLE_SAVE_AS = PAGE_SAVE_AS = "{slug}/index.html"
CATEGORY_URL = "category/{slug}/"
CATEGORY_SAVE_AS = "category/{slug}/index.html"
TAG_URL = "tag/{slug}/"
TAG_SAVE_AS = "tag/{slug}/index.html"
AUTHOR_URL = "author/{slug}/"
AUTHOR_SAVE_AS = "author/{slug}/index.html"
ARCHIVES_SAVE_AS = "archive/index.html"
DIRECT_TEMPLATES = ["index", "archives"]

# Our reader says which posts are translations of one text, and leaves out an empty category.
ARTICLE_TRANSLATION_ID = PAGE_TRANSLATION_ID = "translation_key"
DEFAULT_CATEGORY = ""
USE_FOLDER_AS_CATEGORY = False

# Our own feeds take the place of Pelican's.
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None

# What Pelican warns of in passing is a problem with its line here, or none at all: an image that is
# missing, and an image that is decoration and says so by an empty alt text.
LOG_FILTER = [
    (logging.WARNING, "Empty alt attribute for image %s in %s"),
    (logging.WARNING, "Cannot get modification stamp for %s\n\t%s"),
]
