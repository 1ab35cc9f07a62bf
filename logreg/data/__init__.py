"""Where the path starts: points with two labels, made, read from a file, or written out for the lecture."""
