"""What a view shows before anyone draws it: values, classes, colours, legend, words, alt text."""
