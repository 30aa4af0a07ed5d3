"""Addresses of the door and of one's own account. allauth finds its pages by these names."""

from __future__ import annotations

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as keys
from allauth.usersessions import views as sessions
from django.urls import path, re_path

from dienhong.desks.signin import views
from dienhong.desks.signin.adapters import no_sign_up

PREFIX = ""

urlpatterns = [
    path("sign-in/", views.SignInView.as_view(), name="account_login"),
    path("sign-in/as/<int:account_id>/", views.sign_in_as, name="sign_in_as"),
    path("sign-in/code/", mfa.authenticate, name="mfa_authenticate"),
    path("sign-in/passkey/", keys.login_webauthn, name="mfa_login_webauthn"),
    path("sign-in/suspended/", account.account_inactive, name="account_inactive"),
    path("sign-in/none/", no_sign_up, name="account_signup"),
    path("sign-in/single/<slug:provider_id>/", views.single_sign_on, name="openid_connect_login"),
    path("sign-in/single/<slug:provider_id>/back/", views.single_sign_on_back, name="openid_connect_callback"),
    path("sign-in/single/ended/", no_sign_up, name="socialaccount_login_cancelled"),
    path("sign-in/single/failed/", no_sign_up, name="socialaccount_login_error"),
    path("sign-in/single/none/", no_sign_up, name="socialaccount_signup"),
    path("sign-in/password/", account.password_reset, name="account_reset_password"),
    path("sign-in/password/sent/", account.password_reset_done, name="account_reset_password_done"),
    path("sign-in/password/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^sign-in/password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[\w-]+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("sign-out/", account.logout, name="account_logout"),
    path("language/", views.set_language, name="set_language"),
    path("me/", views.me, name="me"),
    path("me/password/", account.password_change, name="account_change_password"),
    path("me/password/first/", account.password_set, name="account_set_password"),
    path("me/confirm/", account.reauthenticate, name="account_reauthenticate"),
    path("me/confirm/code/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("me/confirm/key/", keys.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    path("me/second/", mfa.index, name="mfa_index"),
    path("me/second/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("me/second/app/off/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("me/second/codes/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("me/second/codes/new/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("me/second/codes/file/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
    path("me/second/keys/", keys.list_webauthn, name="mfa_list_webauthn"),
    path("me/second/keys/new/", keys.add_webauthn, name="mfa_add_webauthn"),
    path("me/second/keys/<int:pk>/remove/", keys.remove_webauthn, name="mfa_remove_webauthn"),
    path("me/second/keys/<int:pk>/", keys.edit_webauthn, name="mfa_edit_webauthn"),
    path("me/sessions/", sessions.list_usersessions, name="usersessions_list"),
    path("me/sessions/end/", views.end_my_sessions, name="end_my_sessions"),
]
