"""Flask only: pages, forms and addresses; everything else is called, never written here."""
