"""Network files of graph programs, in and out."""
