"""Work in the background: supervised workers, one leader, and jobs set aside that cannot be done."""
