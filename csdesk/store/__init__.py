"""Where it is kept: driver, schema, journal, replica and document."""
