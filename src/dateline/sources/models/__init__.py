"""Sources, what they are cited from, wire items, pictures and media."""

from dateline.sources.models.citations import Citation, KeptCopy
from dateline.sources.models.links import WatchedLink
from dateline.sources.models.pictures import MediaFile, Picture, PictureRendition
from dateline.sources.models.source import (
    Source,
    SourceCorrection,
    SourceMerge,
    SourceNote,
)
from dateline.sources.models.wire import WireItem, WireSignature

__all__ = [
    "Citation",
    "KeptCopy",
    "MediaFile",
    "Picture",
    "PictureRendition",
    "Source",
    "SourceCorrection",
    "SourceMerge",
    "SourceNote",
    "WatchedLink",
    "WireItem",
    "WireSignature",
]
