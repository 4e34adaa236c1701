"""Pages of compliance are held to the same templates rule as all pages."""

from tests.web.conftest import strict_templates

__all__ = ["strict_templates"]
