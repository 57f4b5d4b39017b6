"""What the golden vectors are made of: a cast of two parties, one module an area, and the files' format."""
