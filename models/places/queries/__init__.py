"""Reading places. Regions, councils and parties are no secrets: they are not scoped."""
