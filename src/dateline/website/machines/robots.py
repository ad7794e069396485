"""robots.txt (RFC 9309): everything may be read but the desk."""

from dateline.website.machines.addresses import absolute


def render() -> str:
    """Return the file."""
    lines = (
        "User-agent: *",
        "Disallow: /desk/",
        "",
        f"Sitemap: {absolute('/sitemap.xml')}",
    )
    return "\n".join(lines) + "\n"
