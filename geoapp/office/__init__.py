"""Briefings: views become Word documents and slides that people go on editing."""
