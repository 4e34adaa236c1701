"""A full backup and its way back: the database as one moment saw it, the files it names, never the keys.

Both are made beside the place that they are for, checked there, and put into it by one rename: whoever is killed in
between leaves what was there before.
"""

from fujing.kernel.backup.making import backup_make
from fujing.kernel.backup.manifest import Manifest, NotDone
from fujing.kernel.backup.restoring import Restore

__all__ = ["Manifest", "NotDone", "Restore", "backup_make"]
