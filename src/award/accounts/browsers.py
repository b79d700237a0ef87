"""What a browser is called where people look after their sessions; pure."""

_BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = ("Windows", "Android", "iPhone", "iPad", "Mac OS", "Linux")


def browser(user_agent: str) -> str:
    """A few words by which a person knows the own browser again, such as Firefox, Linux."""
    known = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    system = next((name for name in _SYSTEMS if name in user_agent), "")
    return ", ".join(filter(None, (known, system)))
