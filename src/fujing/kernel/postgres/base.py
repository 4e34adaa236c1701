"""Connects as the application role; starts the embedded server on first use."""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql import base

from fujing.kernel.postgres.server import connection_settings


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL, with host and role resolved when the first connection is opened."""

    resolved = False

    def resolve(self) -> None:
        """Fill host, user and role from the FUJING settings, once a process."""
        if not self.resolved and "FUJING" in self.settings_dict:
            self.settings_dict.update(connection_settings(self.settings_dict))
            self.resolved = True

    def get_connection_params(self) -> dict[str, Any]:
        self.resolve()
        return super().get_connection_params()

    @property
    def pool(self) -> Any:
        self.resolve()
        return super().pool
