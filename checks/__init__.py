"""The built-in checks, one a file, found as any other package's checks are."""
