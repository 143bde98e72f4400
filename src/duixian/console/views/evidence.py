"""佐证材料: handed out as a download to whoever may see the task, never shown inside a page."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from duixian.console.access import signed_in
from duixian.console.shell import the_shell
from duixian.reporting.models import EvidenceFile


@signed_in
@require_safe
def download(request: HttpRequest, pk: int) -> FileResponse:
    """The file under the name the unit gave it."""
    evidence = get_object_or_404(EvidenceFile.objects.visible_to(the_shell(request).account), pk=pk)
    try:
        content = default_storage.open(evidence.stored_as)
    except FileNotFoundError as error:
        raise Http404(_("文件不在了，请联系系统管理员从备份恢复。")) from error
    response = FileResponse(
        content, as_attachment=True, filename=evidence.file_name, content_type="application/octet-stream"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
