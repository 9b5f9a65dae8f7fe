"""What words mean in a plan: figures, years, places, headings, the names of what is measured."""
