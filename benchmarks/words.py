"""The words that the posts of the corpus are made of, and how often each occurs."""

from __future__ import annotations

from itertools import accumulate

_TEXT = """
    the of and to in is that it for was on are as with his they at be this from have or by one had
    not but what all were when we there can an your which their said if do will each about how up
    out them then she many some so these would other into has more her two like him see time could
    no make than first been its who now people my made over did down only way find use may water
    long little very after words called just where most know get through back much before go good
    new write our used me man too any day same right look think also around another came come work
    three word must because does part even place well such here take why things help put years
    different away again off went old number great tell men say small every found still between
    name should home big give air line set own under read last never us left end along while might
    next sound below saw something thought both few those always looked show large often together
    asked house world going want school important until form food keep children feet land side
    without boy once animals life enough took sometimes four head above kind began almost live page
    got earth need far hand high year mother light parts country father let night following picture
    being study second eyes soon times story boys since white days ever paper hard near sentence
    better best across during today others however sure means knew try told young miles sun ways
    thing whole hear example heard several change answer room sea against top turned learn point
    city play toward five using himself usually money seen didn't car morning I'm body upon family
    later turn move face door cut done group true leave red plants living black eat short system
    customer product revenue pipeline marketing campaign audience segment growth retention funnel
    publish schedule editorial workflow template render cache latency throughput build deploy
    release metric dashboard insight experiment variant conversion landing newsletter subscriber
    content author category archive search index feed schema markup canonical redirect snippet
    preview draft review approve brand voice tone strategy quarter budget forecast vendor partner
    platform feature roadmap launch announce integrate migrate automate
"""
WORDS = _TEXT.split()
# As in any language, few words are frequent and most are rare (Zipf).
WEIGHTS = list(accumulate(1.0 / (rank + 3) for rank in range(len(WORDS))))
# From here on the words are rare enough to tell titles apart.
RARE = WORDS[60:]

_FIRST = "Ada Ben Cora Dev Elif Finn Gita Hugo Iris Jonas Kira Liam Mona Nils Olga Pavel Quinn Rosa Sven Tara"
_LAST = (
    "Archer Brandt Castell Dorsey Evans Fischer Gupta Hansen Ivanov Jansen "
    "Keller Lopez Meyer Novak Okafor Petrov Quist Rossi Silva Turner"
)
AUTHORS = [f"{first} {last}" for first, last in zip(_FIRST.split(), _LAST.split(), strict=True)]
CATEGORIES = [
    *("Engineering", "Product News", "Marketing", "Design", "Customer Stories", "Company"),
    *("Security", "Data", "How To", "Opinion", "Events", "Research"),
]
_THEMES = "web mobile cloud growth email brand seo data design ops api team sales video social media cost risk tools trend"
_KINDS = "basics tips guide news report case review plan lab faq"
TAGS = [f"{theme}-{kind}" for theme in _THEMES.split() for kind in _KINDS.split()]
