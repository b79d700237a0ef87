"""award: nominations, jury and results of an award, from the call to the winners."""

__version__ = "0.1.0"
