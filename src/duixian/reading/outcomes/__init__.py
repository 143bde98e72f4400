"""What becomes of what: the states of objects that a text promises where its amounts do not say."""
