"""The outbox: what happened, written in the transaction in which it happened."""

from django.db import models


class Event(models.Model):
    """Something that happened, named in the past tense (``article.published``)."""

    name = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.name} #{self.pk}"


class Delivery(models.Model):
    """One handler's duty towards one event: done once, retried until then."""

    event = models.ForeignKey(
        Event, on_delete=models.CASCADE, related_name="deliveries"
    )
    handler = models.CharField(max_length=120)
    attempts = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["event", "handler"], name="delivery_once"),
        )
        indexes = (
            models.Index(
                fields=["due_at", "id"],
                name="delivery_due",
                condition=models.Q(done_at__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.handler} of event {self.event_id}"


class Heartbeat(models.Model):
    """When a background process was last seen alive."""

    process = models.CharField(max_length=40, primary_key=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.process
