"""The award and its editions: phases, rounds, criteria and the form."""
