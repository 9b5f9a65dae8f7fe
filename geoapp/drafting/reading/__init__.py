"""Files as offices hand them out become one model: paragraphs and tables with pages and character places."""
