"""Makes the area files of ``data/parks`` from recorded facts and from what people decided."""
