"""The commands of ``mdmr-conform``: a module for each, named as it is, with a click command called ``command``."""
