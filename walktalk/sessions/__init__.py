"""What is agreed: sessions, share links, accounts, photographs; and the store they are kept in."""
