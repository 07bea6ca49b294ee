"""Pages: the frozen views, how they are made, and how a theme renders them."""
