"""What policies refuse, put together: one entry for each cause, with the smallest statement that would mend it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from registry_preflight import EVERY_STAGE, Access, Need, PolicyAnswer, Proof, Stage, statements_for

_DOCUMENTS = {
    "identity": "a policy of the identity",
    "bucket": "the bucket's policy",
    "boundary": "its permissions boundary",
    "scp": "a service control policy",
    "session": "a session policy",
}


class Refusal(NamedTuple):
    """Actions that are refused for one cause, and the stages that fail without them."""

    what: str
    why: str
    fix: str
    breaks: tuple[Stage, ...]
    evidence: tuple[str, ...]
    serious: bool


class _Cause(NamedTuple):
    """Who refuses: a statement by its name, or the documents none of which allows it."""

    statement: str
    lacking: tuple[str, ...]


def refusals(proof: Proof) -> list[Refusal]:
    """The refusals, those that break the earliest stage first."""
    by_action: dict[tuple[_Cause, str], list[PolicyAnswer]] = {}
    for answer in proof.answers:
        if answer.access is Access.DENIED:
            cause = _Cause(answer.decision.by, tuple(kind.value for kind in answer.decision.lacking))
            by_action.setdefault((cause, answer.need.action), []).append(answer)
    together: dict[tuple[_Cause, tuple[Stage, ...]], list[PolicyAnswer]] = {}
    for (cause, _), answers in by_action.items():
        # What one statement denies is one thing, whatever it breaks.
        breaks = () if cause.statement else _broken(answers)
        together.setdefault((cause, breaks), []).extend(answers)
    made = [
        _refusal(cause, _broken(answers), [one.need for one in answers], proof)
        for (cause, _), answers in together.items()
    ]
    return sorted(
        made, key=lambda refusal: [EVERY_STAGE.index(stage) for stage in refusal.breaks] or [len(EVERY_STAGE)]
    )


def _broken(answers: list[PolicyAnswer]) -> tuple[Stage, ...]:
    return tuple(stage for stage in EVERY_STAGE if any(stage in answer.need.breaks for answer in answers))


def _refusal(cause: _Cause, breaks: tuple[Stage, ...], needs: list[Need], proof: Proof) -> Refusal:
    of_action: dict[str, list[Need]] = {}
    for need in needs:
        of_action.setdefault(need.action, []).append(need)
    purposes = [f"{action} {'; '.join(dict.fromkeys(one.purpose for one in of))}" for action, of in of_action.items()]
    them = "it" if len(of_action) == 1 else "them"
    fails = f"Without {them} {listed(breaks)} fail{'s' * (len(breaks) == 1)}. " if breaks else ""
    return Refusal(
        what=_what(cause, of_action, proof),
        why=f"{fails}The registry needs {'. It needs '.join(purposes)}.",
        fix=_fix(cause, needs, proof),
        breaks=breaks,
        evidence=tuple(_request(of[0]) for of in of_action.values())[:6],
        serious=any(need.serious for need in needs),
    )


def _what(cause: _Cause, of_action: dict[str, list[Need]], proof: Proof) -> str:
    by_kind: dict[str, list[str]] = {}
    for action, needs in of_action.items():
        kinds = dict.fromkeys(_kind(need, proof) for need in needs)
        by_kind.setdefault(listed(list(kinds)), []).append(action)
    asked = listed([f"{listed(actions)} on {on}" for on, actions in by_kind.items()])
    if cause.statement:
        return f"{cause.statement}, denies {asked}."
    silent = [_DOCUMENTS[kind] for kind in _given(cause, proof)]
    neither = f"not allowed by {silent[0]}" if len(silent) == 1 else f"allowed neither by {' nor by '.join(silent)}"
    return f"{asked} {'is' if len(of_action) == 1 else 'are'} {neither}."


def _given(cause: _Cause, proof: Proof) -> list[str]:
    """The kinds of documents that were given and do not allow it."""
    given = {policy.kind.value for policy in proof.policies}
    return [kind for kind in cause.lacking if kind in given] or ["identity"]


def _kind(need: Need, proof: Proof) -> str:
    bucket = f"arn:{proof.facts.partition}:s3:::{proof.facts.bucket}"
    if need.resource == bucket:
        return f"the bucket {proof.facts.bucket}"
    return "objects of the registry" if need.resource.startswith(bucket) else "the key of keyid"


def _fix(cause: _Cause, needs: list[Need], proof: Proof) -> str:
    if cause.statement:
        return "Change that statement so that it leaves out the registry's requests; no Allow outweighs it."
    given = _given(cause, proof)
    limits = [f"the {kind} policy" for kind in given if kind not in ("identity", "bucket")]
    grants = ["the identity's policy"] if "identity" in given else []
    if not grants and "bucket" in given:
        grants = ["the bucket's policy, with its Principal,"]
    where = " and ".join([*grants, *limits])
    statements = statements_for(needs, proof.facts)
    # Without a Sid, which the document may have already.
    ready = [json.dumps({name: value for name, value in one.items() if name != "Sid"}) for one in statements]
    return f"Add to {where}: {', '.join(ready)}"


def _request(need: Need) -> str:
    return f"{need.action} on {need.resource}" + (f" with {need.asks}" if need.asks else "")


def listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
