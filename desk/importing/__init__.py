"""Moving in: the content and the settings of an old blog, written as ours."""
