"""What a web server should send with the files of the site: types, caching, security."""
