"""What crosses the pipe between the server and a build arrives as it was sent."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desk.job import Finding, Job, Outcome

ANY = st.text(st.characters())  # surrogates too: a file name may be no valid text
FINDINGS = st.lists(st.builds(Finding, ANY, st.integers(1), ANY, ANY, ANY, ANY), max_size=3)


@given(st.builds(Job, ANY, ANY, ANY))
def test_a_job_arrives_on_one_line(job: Job) -> None:
    """Whatever the paths hold."""
    assert len(job.to_json().splitlines()) == 1
    assert Job.from_json(job.to_json()) == job


@given(
    st.builds(
        Outcome,
        ok=st.booleans(),
        summary=ANY,
        notices=FINDINGS.map(tuple),
        problems=FINDINGS.map(tuple),
        traceback=ANY,
        base=ANY,
        folders=st.lists(ANY).map(tuple),
    )
)
def test_an_outcome_arrives(outcome: Outcome) -> None:
    """With every problem and notice, as bytes."""
    assert Outcome.from_json(outcome.to_json().encode()) == outcome
