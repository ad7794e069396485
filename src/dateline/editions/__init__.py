"""The paper in each language, and what ties them together. Publishes nothing."""
