"""Against the live decisions of a real store: 500 random bucket policies, 14 questions each.

The policies have all that Ceph decides otherwise than Amazon, too: there the evaluator claims nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import NamedTuple

from registry_preflight.fixtures.rgw import Cluster

from registry_preflight.iam.documents import Kind
from registry_preflight.iam.evaluate import Access, Documents, evaluate

from .asking import policy
from .live import Live, Question
from .making import KEYS, random_bucket_policy

POLICIES, AT_A_TIME = 500, 2
#: Answers that depend on Ceph's version, and so claim nothing, as a share of all.
MOST_IN_DOUBT = 0.1


class Compared(NamedTuple):
    """How many decisions were compared, of how many the answer depends, and those that differ."""

    decisions: int
    in_doubt: int
    different: list[str]


def questions(live: Live, random: Random) -> Iterator[Question]:
    """Those about the bucket, and about two of the keys."""
    yield from live.of_the_bucket
    for key in random.sample(KEYS, 2):
        yield from live.of_keys[key]


def compared(rgw: Cluster, seed: int) -> Compared:
    """The decisions of one part of the policies."""
    random, decisions, in_doubt, different = Random(seed), 0, 0, []
    with rgw.bucket("policies") as bucket:
        live = Live(rgw, bucket)
        for number in range(POLICIES // AT_A_TIME):
            document = random_bucket_policy(
                random, live.arn, bucket=bucket.name, negations=number % 3 == 0, with_conditions=number % 2 == 0
            )
            live.enforce(document)
            ours = Documents([policy(document, Kind.BUCKET)], ceph=True)
            for question in questions(live, random):
                decisions += 1
                said = evaluate(question.request, ours).access
                if said is Access.DEPENDS:
                    in_doubt += 1
                elif said is not (Access.ALLOWED if live.allows(question) else Access.DENIED):
                    different.append(f"{said}: {question.request} under {json.dumps(document)}")
    return Compared(decisions, in_doubt, different)


def test_the_evaluator_agrees_with_a_real_store(rgw: Cluster) -> None:
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        found = list(pool.map(lambda seed: compared(rgw, seed), range(AT_A_TIME)))
    assert [line for part in found for line in part.different] == []
    decisions = sum(part.decisions for part in found)
    assert decisions > POLICIES * 10
    assert sum(part.in_doubt for part in found) < MOST_IN_DOUBT * decisions
