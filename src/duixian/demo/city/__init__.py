"""The shipped sample city: an invented prefecture, its people, its list for 2026 and six months of its story."""

from .people import City, CityGroup, CityUnit, Person, list_path, load_city
from .story import Story, load_story

__all__ = ["City", "CityGroup", "CityUnit", "Person", "Story", "list_path", "load_city", "load_story"]
