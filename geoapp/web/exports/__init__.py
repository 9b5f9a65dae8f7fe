"""What leaves the atlas: files, pictures, briefings, embeds."""
