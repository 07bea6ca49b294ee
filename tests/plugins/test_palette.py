"""The colours of a theme, from its CSS."""

from __future__ import annotations

import pytest

from plugins.palette import Role, roles, settled


def test_raw_colours_stand_where_they_are_used() -> None:
    """Their names are gone, in the middle of a rule and at its end."""
    css = ":root{--a:#aabbcc;--x:1rem;--b:#001122}:root{--paper:light-dark(var(--a),var(--b))}"
    assert settled(css) == ":root{--x:1rem;}:root{--paper:light-dark(#aabbcc,#001122)}"


@pytest.mark.parametrize(
    "css",
    [
        ":root{--a:#aabbcc}@media print{:root{--a:#000000}}p{color:var(--a)}",
        ":root{--a:#aabbcc}p{color:red}",
        ":root{--a:1px}p{border:var(--a)}",
        "p{color:var(--elsewhere)}",
        "p{color:var(--a,#aabbcc)}",
    ],
)
def test_what_may_change_or_is_read_elsewhere_stays(css: str) -> None:
    """A property that is set twice, that nothing here reads, or that is no colour."""
    assert settled(css) == css


def test_roles_have_two_colours() -> None:
    """What is not a light-dark() of two colours is no role."""
    css = ":root{--paper:light-dark(#aabbcc,#001122);--x:1px;--y:light-dark(var(--z),#001122)}"
    assert roles(css) == {"--paper": Role("#aabbcc", "#001122")}
