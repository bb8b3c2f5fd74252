"""How the bundled encoder is made; never imported by the running service."""
