"""导入: the office lays a document in, sees its reading beside the original, mends it."""

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from duixian.audit.command import CommandError, InvalidInput
from duixian.console.access import only_for, signed_in
from duixian.console.importing.editing import ItemForm, corrected, form_of
from duixian.console.importing.laying import lay
from duixian.console.importing.receiving import Received, receive_file, receive_text
from duixian.console.numbers import whole_number
from duixian.console.shell import Shell, the_shell
from duixian.reading import ReadingError
from duixian.register.commands import correct_item, start_county_import, start_import
from duixian.register.commands.importing import EARLIEST_YEAR, LATEST_YEAR
from duixian.register.coverage import CARRIERS
from duixian.register.models import ImportDraft
from duixian.register.queries import imports_with_counts
from duixian.register.reviews import review_of
from duixian.register.rules import may_adopt, reads_imports
from duixian.units.models import Government, Unit
from duixian.units.rules import counties_kept, require


def governments_of(shell: Shell) -> list[Government]:
    """Whose lists the person imports, their own first; for anybody else there are no such pages."""
    found = {m.government_id: m.government for m in shell.account.current_memberships}
    kept = Government.objects.filter(pk__in=counties_kept(shell.account))
    offices = [government for government in [*found.values(), *kept] if may_adopt(shell.account, government)]
    only_for(bool(offices))
    return offices


def _counties_of(governments: list[Government]) -> list[Unit]:
    """Counties and zones whose own plans the office may lay in too, whether or not they have had one before."""
    return list(Unit.objects.filter(government__in=governments, kind__in=CARRIERS, is_active=True))


def draft_or_404(shell: Shell, pk: int) -> ImportDraft:
    """An import of the person's own office."""
    visible = ImportDraft.objects.visible_to(shell.account).select_related("government", "plan")
    return get_object_or_404(visible, pk=pk)


@signed_in
@require_safe
def imports(request: HttpRequest) -> HttpResponse:
    """All imports, with how far each has come."""
    shell = the_shell(request)
    only_for(reads_imports(shell.account))
    found = imports_with_counts(ImportDraft.objects.visible_to(shell.account))
    may_import = any(may_adopt(shell.account, m.government) for m in shell.account.current_memberships)
    context = {"imports": found, "may_import": may_import or bool(counties_kept(shell.account))}
    return render(request, "console/imports.html", context)


@signed_in
def start(request: HttpRequest) -> HttpResponse:
    """Upload a file or paste a text."""
    shell = the_shell(request)
    governments = governments_of(shell)
    said = {"year": "", "text": "", "government": str(governments[0].pk)}
    error = ""
    if request.method == "POST":
        said = {name: request.POST.get(name, "").strip() for name in said}
        try:
            draft = _start(request, said, governments, shell)
        except (ReadingError, CommandError) as refused:
            error = str(refused)
        else:
            messages.success(request, _("已读出%(n)s项，请核对。") % {"n": draft.items.count()})
            return redirect("import-review", pk=draft.pk)
    counties = _counties_of(governments)
    context = {"said": said, "error": error, "governments": governments, "counties": counties, "today": shell.today}
    return render(request, "console/import-new.html", context, status=422 if error else 200)


def _start(request: HttpRequest, said: dict[str, str], governments: list[Government], shell: Shell) -> ImportDraft:
    wanted = whole_number(said["year"])
    if said["year"] and not EARLIEST_YEAR <= (wanted or 0) <= LATEST_YEAR:
        raise InvalidInput(_("计划年度请填四位数字，如2026；文件里写明的可以不填。"))
    received = _receive(request, said["text"], wanted)
    year = wanted or received.reading.document.year
    if year is None:
        raise InvalidInput(_("文件没有写明年度，请填上计划年度再导入。"))
    common = {"reading": received.reading, "content": received.content, "year": year, **shell.acting}
    county = next((u for u in _counties_of(governments) if f"county-{u.pk}" == said["government"]), None)
    if county is not None:
        return start_county_import(unit=county, **common)
    government = next((g for g in governments if str(g.pk) == said["government"]), governments[0])
    return start_import(government=government, **common)


def _receive(request: HttpRequest, text: str, year: int | None) -> Received:
    file = request.FILES.get("file")
    if file is not None:
        return receive_file(file, year)
    if text:
        return receive_text(text, year)
    raise InvalidInput(_("请选一份文件，或把正文粘贴进来。"))


@signed_in
@require_safe
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """The original left, the reading right, decisions first."""
    shell = the_shell(request)
    draft = draft_or_404(shell, pk)
    form = None
    wanted = whole_number(request.GET.get("edit", ""))
    if wanted is not None:
        item = get_object_or_404(draft.items, pk=wanted)
        item.draft = draft
        may = item.current_state.may_correct and may_adopt(shell.account, draft.government)
        form = form_of(item) if may else None
    return _shown(request, draft, form)


def _shown(request: HttpRequest, draft: ImportDraft, form: ItemForm | None, *, status: int = 200) -> HttpResponse:
    laid = lay(review_of(draft), request.GET)
    address = request.GET.copy()
    address.pop("edit", None)
    may_act = may_adopt(the_shell(request).account, draft.government)
    context = {"draft": draft, "laid": laid, "form": form, "back": address.urlencode(), "may_act": may_act}
    return render(request, "console/import-review.html", context, status=status)


@signed_in
def save_item(request: HttpRequest, pk: int, item_id: int) -> HttpResponse:
    """Save one item's form; what is wrong is told at its field and nothing typed is lost."""
    shell = the_shell(request)
    draft = draft_or_404(shell, pk)
    item = get_object_or_404(draft.items, pk=item_id)
    item.draft = draft
    if request.method != "POST":
        return redirect(f"{reverse('import-review', args=[pk])}?edit={item_id}#i{item_id}")
    require(may_adopt(shell.account, draft.government))
    form = form_of(item, request.POST.dict())
    made = corrected(form)
    seen = whole_number(request.POST.get("revision", "")) or 0
    if made is not None:
        try:
            correct_item(item=item, revision=seen, corrected=made, actor=shell.account, now=shell.now)
        except CommandError as refused:
            form.errors[""] = refused.message
        else:
            messages.success(request, _("%(item)s已保存。") % {"item": item})
            return redirect(f"{reverse('import-review', args=[pk])}?{request.GET.urlencode()}#i{item_id}")
    return _shown(request, draft, form, status=422)


@signed_in
@require_safe
def original_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file as it came, always to be saved and never shown in the browser."""
    draft = draft_or_404(the_shell(request), pk)
    only_for(bool(draft.stored_as) and default_storage.exists(draft.stored_as))
    return FileResponse(default_storage.open(draft.stored_as), as_attachment=True, filename=draft.file_name)
