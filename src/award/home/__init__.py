"""Each role's first page: what is next for you."""
