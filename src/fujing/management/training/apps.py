from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "fujing.management.training"
    label = "training"
    verbose_name = "教育培训"

    def ready(self) -> None:
        """Answer duty orders, which import no higher chapter (docs/adr/0016-duty-facts.md)."""
        from fujing.duties.orders.facts import provide
        from fujing.management.training.duty import inductions_for_duty

        provide("inductions", inductions_for_duty)
