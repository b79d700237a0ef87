"""The demonstration, told through the slices' own actions."""
