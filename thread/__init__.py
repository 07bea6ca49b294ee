"""The replies to a post: what they are, how they look, and the files that hold them."""
