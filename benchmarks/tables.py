"""What was measured, for people: tables in Markdown, and each claim with whether it holds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure that has to be at most ``limit``."""

    text: str
    found: float
    limit: float

    @property
    def holds(self) -> bool:
        """Whether the claim holds by what was found."""
        return self.found <= self.limit

    def __str__(self) -> str:
        verdict = "holds" if self.holds else "DOES NOT HOLD"
        return f"{self.text}: {self.found:.3g} (claim: at most {self.limit:g}): {verdict}"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text below ``heads``, as a Markdown table."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __str__(self) -> str:
        ruler = ("---",) * len(self.heads)
        return "\n".join(f"| {' | '.join(row)} |" for row in (self.heads, ruler, *self.rows))


@dataclass(frozen=True, slots=True)
class Report:
    """What one benchmark found on a blog of so many posts: a table, and what we claim of it."""

    posts: int
    table: Table
    claims: tuple[Claim, ...]

    @property
    def holds(self) -> bool:
        """Whether all claims hold by what was found."""
        return all(claim.holds for claim in self.claims)

    def __str__(self) -> str:
        return "\n".join([str(self.table), "", *(f"- {claim}" for claim in self.claims)])
