"""The first start: enrol, download, or the training world."""
