"""Who is who in two readings of one project, and where a quotation stands in a text."""
