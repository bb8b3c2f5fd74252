"""What may be said: documents, how they are read, and how they are checked."""
