"""Being found: heads, structured data, the sitemap, redirects."""
