"""The texts of documents: their headings, and every record looked up in the section it cites."""
