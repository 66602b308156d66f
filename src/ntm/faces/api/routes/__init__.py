"""Routes by subject; each asks one service or query."""
