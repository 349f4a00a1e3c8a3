"""A registry that is a cache of another one."""
