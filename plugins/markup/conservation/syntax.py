"""Markdown's syntax as one regular expression: what of a source is not text.

Each alternative begins with a character of its own, so that the many characters between them cost
next to nothing; possessive quantifiers keep every match linear. CommonMark 0.31 with GitHub's
extensions, and what python-markdown, kramdown and Docusaurus add.
"""

from __future__ import annotations

import re

from plugins.markup.passages import SEED, until

_END = r"[ \t]*+(?=\n|\Z)"


def _up_to(end: str, least: str = "*") -> str:
    """Text without the characters of ``end``, on one line or more but in one paragraph."""
    return rf"(?:[^{end}\\\n]++|\\.|\n(?![ \t]*+\n)){least}+"


_DOUBLE, _SINGLE = f'"{_up_to(chr(34))}"', f"'{_up_to(chr(39))}'"
_TITLE = rf"(?:{_DOUBLE}|{_SINGLE}|\({_up_to('()')}\))"
_LABEL = _up_to(r"\[\]", "+")
_GAP = r"(?:[ \t]++(?:\n[ \t]*+)?+|\n[ \t]*+)"
_VALUE = r"(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'=<>`]++))?+"
_ELEMENT = (
    rf"(?P<element_name>[a-zA-Z][a-zA-Z0-9-]*+)(?:\s++[a-zA-Z_:@][\w.:@-]*+{_VALUE})*+\s*+/?>"
)
_PLAIN = r"(?:[^\s()<>\\]++|\\.)*+"
_NESTED = rf"\({_PLAIN}(?:\({_PLAIN}\){_PLAIN})*+\)"
_DESTINATION = rf"(?:<[^<>\n]*+>|{_PLAIN}(?:{_NESTED}{_PLAIN})*+)"
_CLASSES = "inline|end|left|right|center|wide|narrow|full|half|small|large|highlight|blink"
_ATTRIBUTES = r"(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+"


def _fence(mark: str) -> str:
    """The rest of a fenced block behind its first ``mark``: its info line, code, and end.

    Its groups have the number of that character in their names: no two groups may have one name.
    """
    end = rf"[ >\t]*+{mark}{{3}}(?P=more{ord(mark)}){mark}*+[ \t]*+"
    info = r"[^\n`]*+" if mark == "`" else r"[^\n]*+"
    return (
        rf"{mark}{{2}}(?P<more{ord(mark)}>{mark}*+)(?P<info{ord(mark)}>{info})\n"
        rf"(?P<fenced{ord(mark)}>(?:(?!{end}(?:\n|\Z))[^\n]*+\n)*+)(?:{end}(?=\n|\Z))?+"
    )


# What a line begins with, behind its indentation and the marks of quotes.
_BEGINNING = "|".join(
    (
        rf"\[(?!\^)(?P<label>{_LABEL})\]:{_GAP}?+"
        rf"(?P<target>(?!`{{3}}|~{{3}})(?:<[^<>\n]*+>|\S++))(?:{_GAP}{_TITLE}{_END}|{_END})",
        r"(?P<note>\[\^[^\]\n]++\]:)",
        # Behind the kind stand classes; other words than these are a title without its quotes.
        rf"(?:!!!|\?\?\?\+?)[ \t]*+(?P<kind>[\w-]++(?:[ \t]++(?:{_CLASSES})\b)*+)",
        r":::++[ \t]*+(?P<box>\{[^}\n]*+\}|[a-z][\w-]*+(?=[ \t\n\[{]|\Z))",
        # The item before it is replaced by the contents (kramdown).
        r"(?:[-*+]|1\.)[ \t]++(?=[^\n]*+\n[ \t>]*+\{:toc\b)"
        rf"(?P<replaced>{SEED}\n[ \t>]*+\{{:toc\b[^}}\n]*+\}})",
        rf"(?P<underline>=++){_END}",
        rf"(?:[-*+][ \t]++)?(?P<contents>\[TOC\]|\[\[_?TOC_?\]\]|TOC){_END}",
        # Bullets of - and * are no signs that count, so they may stay.
        r"(?P<begin>(?:(?:[-*]|(?P<counted>\+|\d{1,9}[.)]))(?:[ \t]++|(?=\n|\Z)))*+"
        r"(?:#{1,6}(?=[ \t\n]|\Z)|\[[ xX]\](?=[ \t])|(?(counted)|(?!))))",
    )
)
_LINE = (
    r"[ ]{0,3}\*\[(?P<abbreviation>[^\]\n]++)\]:(?P<meaning>[^\n]*+)"
    rf"|[ \t>]*+(?:{_BEGINNING})"
)

SYNTAX = re.compile(
    "|".join(
        (
            rf"\n(?=[ \t>]*+[-*+#\d=!?:\[T])(?:{_LINE})",
            rf"`(?<!``)(?:{_fence('`')}|(?P<tick>`*+)(?P<span>(?:[^`\n]++|\n(?![ \t]*+\n)"
            r"|(?!`(?P=tick)(?!`))`++)*+)`(?P=tick)(?!`))",
            rf"~(?<!~~){_fence('~')}",
            r"\\(?P<escaped>[!-/:-@\[-`{-~])",
            r"<(?:(?P<hidden>!--.*?-->|(?P<raw>(?i:script|style|iframe))\b[^>]*+>.*?</(?P=raw)\s*+>)"
            r"|(?P<block>(?P<verbatim>(?i:pre|textarea))\b[^>]*+>.*?</(?P=verbatim)\s*+>)"
            rf"|(?i:img)\b(?P<image>{_ATTRIBUTES})>|/?(?P<element>{_ELEMENT}))",
            r"&(?P<entity>#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});",
            rf"\](?:(?P<link>\(\s*+{_DESTINATION}(?:\s++{_TITLE})?+\s*+\)|\([^()\n]*+\n?+[^()\n]*+\))"
            rf"|(?P<same>\[\])|(?P<reference>(?:[ ]?\[(?!\^){_LABEL}\](?!\())++))",
            r"!(?P<bang>(?=\[))",
            r"\[(?:(?P<noted>\^[^\]\n]++\])|(?P<alert>![\w-]++(?:\|[^\]\n]*+)?\][+-]?))",
            r"\{(?:(?P<remark>::comment\}.*?\{:/(?:comment)?\})|(?P<attributes>[ ]*+[:#.][^{}\n]*+|[ ]*+[\w-]++=[^{}\n]*+)\})",
            r"=(?P<marked>=(?:(?=[^\s=])|(?<=[^\s=]==)))",
            r":(?P<emoji>(?<![\w:]:)[a-z+-][\w+-]*+:(?![\w:]))",
            rf"#(?P<closing>(?<=[ \t]#)#*+(?=[ \t]*+\{{[^{{}}\n]*+\}}{_END}|{_END}))",
        )
    ),
    re.DOTALL,
)
FORMULA = re.compile(
    r"\$\$.+?\$\$"
    r"|\\\(" + until(r"\\\)", r"\\\(", r"\\") + r"\\\)"
    r"|\\\[" + until(r"\\\]", r"\\\[", r"\\") + r"\\\]"
    r"|(?<![\\$\w])\$(?=\S)[^$\n]+?(?<=\S)\$(?!\w)",
    re.DOTALL,
)
