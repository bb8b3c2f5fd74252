"""How good the answers are: questions with labels, what became of them, figures and a report."""
