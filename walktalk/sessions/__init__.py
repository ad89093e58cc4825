"""What is agreed: sessions, share links, accounts, and the database they live in."""
