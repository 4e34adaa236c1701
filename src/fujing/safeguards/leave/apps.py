from django.apps import AppConfig


class LeaveConfig(AppConfig):
    name = "fujing.safeguards.leave"
    label = "leave"
    verbose_name = "假期"

    def ready(self) -> None:
        """Answer duty orders and training, which import no higher chapter (docs/adr/0016-duty-facts.md)."""
        from fujing.duties.orders.facts import provide
        from fujing.management.training.absences import provide as provide_to_training
        from fujing.safeguards.leave.duty import leave_for_duty, leave_for_training

        provide("leave", leave_for_duty)
        provide_to_training(leave_for_training)
