"""The names of what pages read of pictures and of sources."""


def picture(picture_id: int) -> str:
    """Name a picture's renditions and credit. Its texts are an article's own."""
    return f"picture:{picture_id}"


def cropped(picture_id: int) -> str:
    """Name what lists show of it besides: its focal point, its alternative texts."""
    return f"picture:{picture_id}:card"


def source(source_id: int) -> str:
    """Name what a source is: its name, kind, address, and which it was merged into."""
    return f"source:{source_id}"


def named(source_id: int, language: str) -> str:
    """Name what a source is called in a language of its own."""
    return f"source:{source_id}:{language}"


def noted(source_id: int) -> str:
    """Name what readers are told of a source's reliability and corrections."""
    return f"source:{source_id}:noted"
