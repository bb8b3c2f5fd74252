"""Reading a message someone was sent: what it says, and what in it tells."""
