"""One reader a form of file, behind the table in ``table.py``; each is bytes → Reading."""
