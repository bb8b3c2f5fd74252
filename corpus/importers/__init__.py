"""Texts from outside: official statutes to quote, and documents to turn into drafts."""
