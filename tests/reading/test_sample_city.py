"""The list of the sample city that is shipped: read whole, without a warning."""

from importlib.resources import files

from duixian.reading import read_text


def test_the_shipped_list_keeps_what_it_claims() -> None:
    text = files("duixian.demo.city").joinpath("list.txt").read_text("utf-8")
    reading = read_text(text)
    assert reading.declared is not None
    assert len(reading.tasks) == reading.declared.tasks
    assert reading.warnings == ()
    assert all(task.leads for task in reading.tasks)
    assert all(task.quantities or task.outcomes or task.relations for task in reading.tasks)
