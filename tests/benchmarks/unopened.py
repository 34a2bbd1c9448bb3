"""Addresses whose page is not measured, by why not. Whatever stands neither here nor among the visits fails a test."""

from __future__ import annotations

_SENDS_ON = "only leads to another page"
_TAKES_FORMS = "only takes what was sent"
_NO_FILE = "a file or a picture that nothing here has"
_NO_ROW = "about a row of a kind that nothing here has; the tables of its own tests open it"
_ASKS_FIRST = "asks for the password or a proof first, on a page that is measured"
_KEPT = "made once and kept: public_pages.py measures it from a server"


def _each(why: str, names: str) -> dict[str, str]:
    return dict.fromkeys(names.split(), why)


UNOPENED: dict[str, str] = {
    **_each(
        _SENDS_ON,
        "home icon workflows:year_now workflows:publish_now workflows:publish_again notices:open first:start first:steps"
        " account_set_password mfa_authenticate openid_connect_login",
    ),
    **_each(
        _TAKES_FORMS,
        "notices:mark_read notices:line workflows:disposal_approve workflows:person_link workflows:person_login"
        " workflows:remove_day workflows:publication_check memos:live memos:paste memos:withdraw_form memos:draft_word",
    ),
    **_each(
        _NO_FILE,
        "workflows:disposal_answer_scan workflows:disposal_list workflows:appointment_scan workflows:order_scan"
        " workflows:ink_file workflows:scan workflows:preview_image workflows:publish_pdf workflows:publish_image"
        " workflows:final_pdf workflows:final_image workflows:page_image memos:rendering_page first:garuda",
    ),
    **_each(
        _NO_ROW,
        "workflows:release workflows:disposal_answer workflows:void_number workflows:unpublish workflows:comment"
        " workflows:publication workflows:publication_receipt workflows:publication_receipt_json"
        " workflows:publication_pack first:new openid_connect_callback",
    ),
    **_each(
        _ASKS_FIRST,
        "mfa_reauthenticate mfa_activate_totp mfa_deactivate_totp mfa_view_recovery_codes"
        " mfa_generate_recovery_codes mfa_download_recovery_codes mfa_add_webauthn mfa_reauthenticate_webauthn"
        " mfa_remove_webauthn mfa_edit_webauthn mfa_login_webauthn",
    ),
    **_each(
        _KEPT,
        "public:proof_of public:heads_of_day public:heads_of public:sites public:site public:site_feed public:site_embed"
        " public:site_year public:copy public:copy_file public:copy_version public:copy_version_file public:nowhere",
    ),
}
