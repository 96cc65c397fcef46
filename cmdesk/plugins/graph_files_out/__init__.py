"""The network of a community as files of graph programs; apart from the importer, which opens no file itself."""
