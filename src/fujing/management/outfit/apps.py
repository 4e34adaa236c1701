from django.apps import AppConfig


class OutfitConfig(AppConfig):
    name = "fujing.management.outfit"
    label = "outfit"
    verbose_name = "证装"

    def ready(self) -> None:
        """Answer duty orders, which import no higher chapter (docs/adr/0016-duty-facts.md)."""
        from fujing.duties.orders.facts import provide
        from fujing.management.outfit.duty import cards_for_duty

        provide("cards", cards_for_duty)
