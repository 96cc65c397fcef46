"""One file a page; a page is made when it is first shown."""
