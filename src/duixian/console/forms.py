"""Small forms of the administrator's pages. What is allowed is the commands' to say; forms only read."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from duixian.audit.command import InvalidInput
from duixian.units.enums import Role
from duixian.units.models import Government, Unit


def tell(form: forms.Form, error: InvalidInput) -> None:
    """Put a command's refusal at the fields it names, else above the form."""
    known = {name: words for name, words in error.fields.items() if name in form.fields}
    for name in known:
        form.add_error(name, error.message)
    if not known:
        form.add_error(None, error.message)


class PasswordForm(forms.Form):
    """A first or a new password, given by the administrator."""

    password = forms.CharField(
        label=_("初始密码"),
        max_length=100,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_password(self) -> str:
        """By the same rules as one's own."""
        password: str = self.cleaned_data["password"]
        validate_password(password)
        return password


class AccountForm(PasswordForm):
    """A new account."""

    username = forms.CharField(label=_("账号"), max_length=40)
    name = forms.CharField(label=_("姓名"), max_length=40)
    post = forms.CharField(label=_("职务"), max_length=60, required=False)

    field_order = ("username", "name", "post", "password")


class AppointForm(forms.Form):
    """A role, for a unit where the role needs one."""

    role = forms.ChoiceField(label=_("角色"), choices=Role.choices)
    unit = forms.ModelChoiceField(
        label=_("单位（联络员、单位负责人须选）"), queryset=Unit.objects.none(), required=False
    )

    is_deputy = forms.BooleanField(label=_("副职（副联络员、B岗）"), required=False)

    def __init__(self, *args: Any, government: Government, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = self.fields["unit"]
        assert isinstance(units, forms.ModelChoiceField)
        units.queryset = Unit.objects.filter(government=government, is_active=True)
