"""Fastly, and what speaks as it does: `POST /service/ID/purge` with surrogate keys."""

import json
from collections.abc import Collection

from dateline.pagestore.adapters.batches import batches
from dateline.pagestore.adapters.calls import line
from dateline.pagestore.adapters.marks import purged_marks
from dateline.pagestore.adapters.vocabulary import SecretRefused

MOST_KEYS = 256
"""Keys that one call may name, by Fastly's documentation of the bulk purge."""


class Fastly:
    def __init__(self, url: str, service: str, token: str, *, seconds: float) -> None:
        self.url = url
        self.service = service
        self.token = token
        self.seconds = seconds

    def purge(
        self,
        tags: Collection[str],
        addresses: Collection[str],  # noqa: ARG002  (tags say all)
        *,
        hard: bool,
    ) -> None:
        if not self.token:
            raise SecretRefused("purge_fastly_token is empty.")
        headers = {"Fastly-Key": self.token, "Content-Type": "application/json"}
        headers["Accept"] = "application/json"
        if not hard:
            headers["Fastly-Soft-Purge"] = "1"
        path = f"/service/{self.service}/purge"
        with line(self.url, seconds=self.seconds) as fastly:
            for keys in batches(purged_marks(tags), most=MOST_KEYS):
                content = json.dumps({"surrogate_keys": keys}).encode()
                fastly.send("POST", path, headers=headers, content=content)
