"""The street map behind walks: which tiles a page may show, and how they are fetched and kept."""
