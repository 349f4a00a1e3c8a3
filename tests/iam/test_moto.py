"""Against moto's own engine, on what both claim to know.

moto decides by Action, NotAction, Resource and Effect. It compares names of actions with their case, has no question marks,
no NotResource and no conditions, and these are left out.
"""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from moto.iam.access_control import IAMPolicy, PermissionResult

from registry_preflight.iam.evaluate import Access

from .asking import REQUESTS, access, patient
from .making import identity_policies


def _without_what_moto_lacks(document: dict[str, Any]) -> dict[str, Any]:
    statements = [{key: value for key, value in one.items() if key != "Condition"} for one in document["Statement"]]
    return {**document, "Statement": [one for one in statements if "NotResource" not in one]}


@patient
@given(identity_policies(largest=8))
def test_both_engines_agree(document: dict[str, Any]) -> None:
    document = _without_what_moto_lacks(document)
    theirs = IAMPolicy(json.dumps(document))
    for request in REQUESTS:
        permitted = theirs.is_action_permitted(request.action, request.resource) is PermissionResult.PERMITTED
        assert (access(request, document) is Access.ALLOWED) == permitted, request
