"""The forms of the door: allauth's own, in the office's words and without placeholders."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.translation import gettext_lazy as _


class Worded:
    """Gives the fields of a form their labels (`words`) and takes their placeholders away."""

    words: dict[str, Any] = {}
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.words.get(name, field.label)
            if name in {"password", "oldpassword", "code"}:
                field.help_text = ""
        for name in ("login", "code"):
            if name in self.fields:
                self.fields[name].widget.attrs |= {"autocapitalize": "none", "spellcheck": "false"}


class SignIn(Worded, account.LoginForm):
    """Sign in with the user name or e-mail address and the password (đăng nhập)."""

    words = {"login": _("User name or e-mail"), "password": _("Password")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class Confirm(Worded, account.ReauthenticateForm):
    """Confirm by password that it is still you (xác nhận lại)."""

    words = {"password": _("Password")}


class _TwoPasswords(Worded):
    words = {
        "oldpassword": _("Current password"),
        "password1": _("New password"),
        "password2": _("New password, once more"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = " ".join(str(text) for text in password_validators_help_texts())


class ChangePassword(_TwoPasswords, account.ChangePasswordForm):
    """Change one's password (đổi mật khẩu)."""


class FirstPassword(_TwoPasswords, account.SetPasswordForm):
    """Choose a first password (đặt mật khẩu)."""


class NewPassword(_TwoPasswords, account.ResetPasswordKeyForm):
    """Choose a password by the link of an invitation or of a forgotten password."""


class ForgottenPassword(Worded, account.ResetPasswordForm):
    """Ask for a link to choose a new password (quên mật khẩu)."""

    words = {"email": _("E-mail")}


class Code(Worded, mfa.AuthenticateForm):
    """The second step: a code of the authenticator app or a recovery code (bước xác thực thứ hai)."""

    words = {"code": _("Code of the app, or a recovery code")}


class ConfirmCode(Worded, mfa.ReauthenticateForm):
    """Confirm by a code that it is still you."""

    words = {"code": _("Code of the app, or a recovery code")}


class ActivateApp(Worded, totp.ActivateTOTPForm):
    """Prove that the authenticator app shows the right code."""

    words = {"code": _("Code that the app shows")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class AddKey(Worded, webauthn.AddWebAuthnForm):
    """Add a passkey or security key (thêm khóa truy cập)."""

    words = {"name": _("Name of the key"), "passwordless": _("Sign in with this key alone, without the password")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = False
        self.fields["passwordless"].help_text = _("The key must then ask for a fingerprint, a face or its PIN.")


class NameKey(Worded, webauthn.EditWebAuthnForm):
    """Give a key another name."""

    words = {"name": _("Name of the key")}
