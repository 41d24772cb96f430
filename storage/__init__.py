"""What is kept: the models of the schema, one file per collection, and the embedded server."""
