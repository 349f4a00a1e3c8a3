"""Against the live decisions of a real store: 500 random bucket policies, 14 questions each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from random import Random

from registry_preflight.fixtures.rgw import Cluster

from registry_preflight.iam.documents import Kind
from registry_preflight.iam.evaluate import Access, Documents, evaluate

from .asking import policy
from .live import Live, Question, as_the_store_reads
from .making import KEYS, random_bucket_policy

POLICIES, AT_A_TIME = 500, 2


def questions(live: Live, random: Random, *, conditions: bool) -> Iterator[Question]:
    """Those about the bucket, and about two of the keys; of conditions about prefixes only listings know."""
    if conditions:
        yield from (question for question in live.of_the_bucket if question.request.action == "s3:ListBucket")
        return
    yield from live.of_the_bucket
    for key in random.sample(KEYS, 2):
        yield from live.of_keys[key]


def disagreements(rgw: Cluster, seed: int) -> tuple[int, list[str]]:
    """How many decisions were compared, and those that differ."""
    random, compared, different = Random(seed), 0, []
    with rgw.bucket("policies") as bucket:
        live = Live(rgw, bucket)
        for number in range(POLICIES // AT_A_TIME):
            conditions = number % 5 == 0
            made = random_bucket_policy(
                random, live.arn, bucket=bucket.name, negations=False, with_conditions=conditions
            )
            document = as_the_store_reads(made, bucket.name)
            live.enforce(document)
            ours = Documents([policy(document, Kind.BUCKET)])
            for question in questions(live, random, conditions=conditions):
                compared += 1
                said = evaluate(question.request, ours).access
                if said is not (Access.ALLOWED if live.allows(question) else Access.DENIED):
                    different.append(f"{said}: {question.request} under {json.dumps(document)}")
    return compared, different


def test_the_evaluator_agrees_with_a_real_store(rgw: Cluster) -> None:
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        found = list(pool.map(lambda seed: disagreements(rgw, seed), range(AT_A_TIME)))
    assert [line for _, different in found for line in different] == []
    assert sum(compared for compared, _ in found) > POLICIES * 10
