"""问据 (Wenju): answers, sentence by sentence, from a curated corpus."""
