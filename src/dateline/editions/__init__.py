"""The paper in each language, and what ties translations together. Publishes nothing."""
