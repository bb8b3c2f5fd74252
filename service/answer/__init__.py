"""From a question to an answer: values, steps, and the list of steps."""
