"""The names of what pages read of pictures."""


def picture(picture_id: int) -> str:
    """Name a picture's renditions and credit. Its texts are an article's own."""
    return f"picture:{picture_id}"


def cropped(picture_id: int) -> str:
    """Name what lists show of it besides: its focal point, its alternative texts."""
    return f"picture:{picture_id}:card"
