"""The shipped sample city: an invented prefecture, its people, its list and its counties' plans for 2026, its story."""

from .people import City, CityGroup, CityUnit, Person, list_path, load_city
from .plans import county_plans
from .story import Story, load_story

__all__ = ["City", "CityGroup", "CityUnit", "Person", "Story", "county_plans", "list_path", "load_city", "load_story"]
