"""Tasks adopted before there was a search get their words."""

from django.db import migrations

from duixian.register.searching import search_words


def fill(apps, schema_editor):
    search_texts = apps.get_model("register", "SearchText").objects
    tasks = apps.get_model("register", "Task").objects.filter(search=None).select_related("section")
    tasks = tasks.prefetch_related("parties", "outcomes", "targets__indicator")
    for task in tasks.iterator(chunk_size=500):
        texts = [task.text, task.section.heading, task.section.name, *(p.printed for p in task.parties.all())]
        texts += [str(p.get("name", "")) for p in task.projects]
        texts += [text for t in task.targets.all() for text in (t.text, t.indicator.name)]
        texts += [text for o in task.outcomes.all() for text in (o.object, o.text)]
        search_texts.create(task=task, words=search_words(texts))


class Migration(migrations.Migration):
    dependencies = [("register", "0004_search_and_views"), ("indicators", "0001_initial")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
