"""What makes the drawn pages accessible and fit for the archive: tags, PDF/A, PDF/UA."""
