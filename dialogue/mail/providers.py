"""How the large mail providers read an address: which of its parts lead to the same inbox.

What a provider documents, or what its rules for new names imply:

- Gmail: dots do not count, googlemail.com is gmail.com (support.google.com/mail/answer/7436150).
  Domains of companies that are hosted at Google cannot be known here, and there dots do count.
- Outlook, Hotmail, Live, MSN: "+" begins a tag ("Plus Addressing in Exchange Online").
- Yahoo: "-" begins the keyword of a disposable address; no name of an account has a hyphen.
- iCloud: icloud.com, me.com and mac.com are one account ("About @icloud.com, @me.com, and @mac.com
  email addresses").
- Fastmail: ``anything@name.fastmail.com`` is ``name@fastmail.com`` ("Plus addressing and subdomain
  addressing").
- Proton: dots, hyphens and underscores do not count; a name belongs to one account in all of
  Proton's domains ("Addresses and aliases").
- Yandex: a dot is a hyphen; a name is one account in the domains of all countries ("Aliases").

A "+" begins a tag nearly everywhere (RFC 5233 calls it the detail), so it does so for all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Provider:
    """``domain`` stands for all its domains, the characters of ``ignored`` do not count.

    A dot is read as ``dot``; ``tag`` begins a tag besides "+". With ``subdomains`` the label before
    the domain is the name.
    """

    domain: str = ""
    ignored: str = ""
    dot: str = "."
    tag: str = ""
    subdomains: bool = False

    def name(self, local: str) -> str:
        """The name of the account that ``local``, in lower case, is delivered to."""
        name = _untagged(local, "+")
        name = _untagged(name, self.tag) if self.tag else name
        kept = name.translate(dict.fromkeys(map(ord, self.ignored))).replace(".", self.dot)
        return kept or name


PLAIN = Provider()
_FASTMAIL = Provider(subdomains=True)
_YAHOO = Provider(tag="-")
_YAHOO_ENDINGS = """
    at be ca cl cn cz de dk ee es fi fr gr hr hu ie in it lt lv nl no pl pt ro rs ru se si sk ua
    co.id co.il co.in co.jp co.kr co.nz co.th co.uk co.za com com.ar com.au com.br com.cn com.co
    com.hk com.mx com.my com.pe com.ph com.sg com.tr com.tw com.ua com.ve com.vn
"""
_YANDEX_ENDINGS = """
    az by co.il com com.am com.ge com.tr com.ua de ee eu fi fr kg kz lt lv md pl ru tj tm ua uz
"""
_FASTMAIL_ENDINGS = """
    ca cn co co.uk com com.au de es fm fr im in jp mx net nl org se to tw uk us
"""


def _below(name: str, endings: str) -> tuple[str, ...]:
    """The domains of ``name`` with each of ``endings``, which have spaces between them."""
    return tuple(f"{name}.{ending}" for ending in endings.split())


_GROUPS: tuple[tuple[Provider, tuple[str, ...]], ...] = (
    (Provider("gmail.com", ignored="."), ("gmail.com", "googlemail.com")),
    (Provider("icloud.com"), ("icloud.com", "me.com", "mac.com")),
    (
        Provider("proton.me", ignored=".-_"),
        ("proton.me", "pm.me", "protonmail.com", "protonmail.ch"),
    ),
    (
        Provider("yandex.com", dot="-"),
        ("ya.ru", "narod.ru", *_below("yandex", _YANDEX_ENDINGS)),
    ),
    (_YAHOO, ("ymail.com", "rocketmail.com", "myyahoo.com")),
    (_YAHOO, _below("yahoo", _YAHOO_ENDINGS)),
    (_FASTMAIL, _below("fastmail", _FASTMAIL_ENDINGS)),
)
_PROVIDERS: Mapping[str, Provider] = MappingProxyType(
    {domain: provider for provider, domains in _GROUPS for domain in domains}
)


def account(local: str, domain: str) -> tuple[str, str]:
    """The name and domain that ``local@domain``, both in lower case, is delivered to."""
    above, _, rest = domain.partition(".")
    if _PROVIDERS.get(rest, PLAIN).subdomains:
        return _untagged(above, "+"), rest
    provider = _PROVIDERS.get(domain, PLAIN)
    return provider.name(local), provider.domain or domain


def _untagged(local: str, mark: str) -> str:
    """What stands before ``mark``; all of it where nothing would be left."""
    return local.partition(mark)[0] or local
