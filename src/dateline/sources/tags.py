"""The names of what pages read of pictures."""


def picture(picture_id: int) -> str:
    """Name a picture's renditions, focal point, credit and alternative texts."""
    return f"picture:{picture_id}"
