"""Put the demonstration paper into an empty newsroom."""

from dateline.demo.actions.load import NewsroomNotEmpty, load_demonstration

__all__ = ["NewsroomNotEmpty", "load_demonstration"]
