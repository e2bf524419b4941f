"""Locks a finished PDF with a password (AES-256, revision 6 of PDF 2.0).

Done by pikepdf: what ReportLab itself locks with 256 bits, other programs cannot open. The same
document locked twice gives other bytes, as it must: keys and salts are drawn by chance.
"""

from __future__ import annotations

import io
import secrets
import stringprep
import unicodedata

from csdesk.errors import UserError
from csdesk.i18n import _
from csdesk.report.archival import claims_to_be_archival

LONGEST_PASSWORD = 127
"""Bytes of UTF-8; programs look at no more."""

_FORBIDDEN = (
    stringprep.in_table_c12,
    stringprep.in_table_c21_c22,
    stringprep.in_table_c3,
    stringprep.in_table_c4,
    stringprep.in_table_c5,
    stringprep.in_table_c6,
    stringprep.in_table_c7,
    stringprep.in_table_c8,
    stringprep.in_table_c9,
    stringprep.in_table_a1,
)


def protected(data: bytes, password: str) -> bytes:
    """Return the PDF so that it opens only with `password`.

    Whoever opens it may read, print and copy from it, also by reading aloud, and change nothing.
    Raises UserError where the password is empty, too long, or has characters that cannot be
    typed everywhere, and where the file is one for archives, which must not be locked.
    """
    prepared = prepared_password(password)
    if claims_to_be_archival(data):
        raise UserError(
            _("A file for archives (PDF/A) cannot have a password."),
            _("Leave the password empty, or turn off the option for archives."),
        )
    import pikepdf

    # Some programs prepare what is typed as the standard says, others take it as it is: where that
    # differs, the file opens with either. Else nobody has the owner's rights.
    owner = password if password != prepared else secrets.token_urlsafe(32)
    rights = pikepdf.Permissions(
        accessibility=True,
        extract=True,
        print_lowres=True,
        print_highres=True,
        modify_annotation=False,
        modify_assembly=False,
        modify_form=False,
        modify_other=False,
    )
    locks = pikepdf.Encryption(owner=owner, user=prepared, R=6, allow=rights, metadata=True)
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(
            out,
            encryption=locks,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            fix_metadata_version=False,
        )
    return out.getvalue()


def prepared_password(password: str) -> str:
    """Return the password as PDF 2.0 keeps it (SASLprep, RFC 4013).

    Raises UserError where it cannot be one.
    """
    if not password.strip():
        raise UserError(
            _("The password is empty."), _("Enter a password, or leave the document unprotected.")
        )
    mapped = "".join(
        " " if stringprep.in_table_c12(letter) else letter
        for letter in password
        if not stringprep.in_table_b1(letter)
    )
    prepared = unicodedata.normalize("NFKC", mapped)
    if not prepared.strip() or _is_forbidden(prepared):
        raise UserError(
            _("The password has characters that cannot be typed everywhere."),
            _("Use letters, digits and marks that are on a keyboard."),
        )
    if max(len(text.encode()) for text in (prepared, password)) > LONGEST_PASSWORD:
        raise UserError(
            _("The password is too long."),
            _("Use at most 127 letters and digits, or 42 Japanese characters."),
        )
    return prepared


def _is_forbidden(text: str) -> bool:
    """Tell whether a prepared text breaks the rules for characters and for their direction."""
    if any(forbids(letter) for letter in text for forbids in _FORBIDDEN):
        return True
    if not any(stringprep.in_table_d1(letter) for letter in text):
        return False
    ends_right = stringprep.in_table_d1(text[0]) and stringprep.in_table_d1(text[-1])
    return not ends_right or any(stringprep.in_table_d2(letter) for letter in text)
