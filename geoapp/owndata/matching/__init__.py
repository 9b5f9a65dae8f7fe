"""Rows become regions through the gazetteer, or say why not. Nothing is guessed."""
