"""An assessment as one web page that can be read, printed and passed on."""
