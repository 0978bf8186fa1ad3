"""Where attachment bytes lie: in a folder, in the database, or in an S3-compatible store."""
