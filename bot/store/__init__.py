"""All SQL: the only room that knows the database."""
