"""One person entered twice: found, looked at, merged, and parted again."""
