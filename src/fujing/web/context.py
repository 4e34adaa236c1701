"""What every page knows."""


def page(request):  # type: ignore[no-untyped-def]
    """Nothing yet."""
    return {}
