"""Study packages, the library's own format."""
