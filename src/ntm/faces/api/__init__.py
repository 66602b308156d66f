"""REST, for programs."""
