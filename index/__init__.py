"""How a passage is found: the encoder, full text, vectors, and the snapshot that holds them."""
