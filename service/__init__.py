"""What is answered: the steps from a question to an answer, and the ways to ask."""
