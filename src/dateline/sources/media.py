"""Audio, video and documents as readers reach them."""

from pathlib import PurePosixPath

from dateline.sources.models import MediaFile

PLAYED = {
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "ogg": "audio/ogg",
    "opus": "audio/ogg",
    "wav": "audio/wav",
    "mp4": "video/mp4",
    "webm": "video/webm",
}
"""What a page plays. Everything else is handed over as a download."""


def address(file: MediaFile) -> str:
    """
    Return where a file is found.

    The address holds the hash of the file: nobody guesses that of one that no
    article has shown yet, and it may be kept for ever.
    """
    return f"/files/{file.get_file_hash()}/{PurePosixPath(file.filename).name}"


def played_type(name: str) -> str | None:
    """Return the type under which a page plays a file, by its name."""
    return PLAYED.get(PurePosixPath(name).suffix.lstrip(".").lower())
