"""Service account keys, as Google's library for Go reads them."""

from __future__ import annotations

#: Larger than any key file.
MOST = 1 << 20
#: Fields that the library reads into text; a number there is refused.
TEXTS = ("type", "client_email", "private_key_id", "private_key", "auth_uri", "token_uri", "project_id", "client_id")


def trouble_with(text: bytes) -> str:
    """Why the library refuses a key file; empty where it takes it."""
    import json

    try:
        content = json.loads(text)
    except ValueError:
        return "is not JSON" if text.strip() else "is empty"
    return trouble_with_fields(content) if isinstance(content, dict) else "holds no JSON object"


def trouble_with_fields(content: dict[str, object]) -> str:
    """Why the library refuses the fields of a key; empty where it takes them."""
    # Go reads field names without regard to case.
    folded = {name.lower(): value for name, value in content.items()}
    kind = folded.get("type")
    if kind != "service_account":
        shown = f"is of type {kind!r}" if isinstance(kind, str) and kind else "names no type"
        return f"{shown}, and the driver takes service_account alone"
    wrong = next((name for name in TEXTS if folded.get(name) is not None and not isinstance(folded[name], str)), "")
    return f"has a {wrong} that is no text" if wrong else ""


def lacks(content: dict[str, object]) -> list[str]:
    """What a key needs for its first request and does not have."""
    folded = {name.lower(): value for name, value in content.items()}
    return [name for name in ("client_email", "private_key", "token_uri") if not folded.get(name)]
