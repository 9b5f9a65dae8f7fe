"""Finding what a reader means: names as written, spelt, in traditional characters, or one character off."""
