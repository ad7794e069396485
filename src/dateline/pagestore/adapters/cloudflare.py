"""
Cloudflare, and what speaks as it does: `POST /zones/ID/purge_cache` by tags.

It has no soft purge: a purged copy is not shown again.
"""

import json
from collections.abc import Collection

from dateline.pagestore.adapters.batches import batches
from dateline.pagestore.adapters.calls import line
from dateline.pagestore.adapters.marks import purged_marks
from dateline.pagestore.adapters.vocabulary import CacheRefused, SecretRefused

MOST_TAGS = 100
"""Operations that one call may name on every plan, by Cloudflare's documentation."""


class Cloudflare:
    def __init__(self, url: str, zone: str, token: str, *, seconds: float) -> None:
        self.url = url
        self.zone = zone
        self.token = token
        self.seconds = seconds

    def purge(
        self,
        tags: Collection[str],
        addresses: Collection[str],  # noqa: ARG002  (tags say all)
        *,
        hard: bool,  # noqa: ARG002  (it knows one way alone)
    ) -> None:
        if not self.token:
            raise SecretRefused("purge_cloudflare_token is empty.")
        headers = {"Authorization": f"Bearer {self.token}"}
        headers["Content-Type"] = "application/json"
        path = f"/zones/{self.zone}/purge_cache"
        with line(self.url, seconds=self.seconds) as cloudflare:
            for some in batches(purged_marks(tags), most=MOST_TAGS):
                content = json.dumps({"tags": some}).encode()
                reply = cloudflare.send("POST", path, headers=headers, content=content)
                if reply.data.get("success") is not True:
                    raise CacheRefused("Its answer does not say that it purged.")
