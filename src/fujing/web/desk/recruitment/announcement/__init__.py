"""An announcement revised part by part: every key of the public format has a field, and no other key is touched."""
