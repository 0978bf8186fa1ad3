"""Attacks on the seal itself: its gap, its CMS structure, its key, its time stamps."""

from __future__ import annotations

import os
import re
from datetime import timedelta
from typing import Any

from asn1crypto import cms, core
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.sign import fields

from tests.signing import sealed
from tests.signing.attack_list import attack
from tests.signing.authorities import NOW, Authority, network
from tests.signing.hostile import (
    Freely,
    basic,
    chosen_rsa,
    cms_of,
    drawn,
    expired,
    gap,
    issued_by,
    self_made,
    stamped,
    token_over,
    with_attributes,
    with_changed_cms,
    with_cms,
    with_usage,
)
from tests.signing.time_stamp_authority import TimeStampAuthority

LATER = NOW + timedelta(days=400)
_STAMP = "signature_time_stamp_token"


# -- the gap --------------------------------------------------------------------------------------


@attack()
def bytes_behind_the_structure() -> bytes:
    _start, end = gap(basic())
    return basic()[: end - 4] + b"41" + basic()[end - 2 :]


@attack()
def blanks_between_the_digits() -> bytes:
    _start, end = gap(basic())
    return basic()[: end - 8] + b"  0 0\n00" + basic()[end:]


@attack()
def mixed_case_digits() -> bytes:
    start, _end = gap(basic())
    letters = [i for i in range(start, start + 400) if basic()[i : i + 1].isalpha()]
    other = basic()[letters[0] : letters[0] + 1].swapcase()
    return basic()[: letters[0]] + other + basic()[letters[0] + 1 :]


@attack()
def comment_closes_the_gap_early() -> bytes:
    _start, end = gap(basic())
    return basic()[: end - 20] + b">" + b"/Extra (x)".ljust(19) + basic()[end:]


@attack()
def seal_emptied() -> bytes:
    start, end = gap(basic())
    return basic()[:start] + b"0" * (end - start) + basic()[end:]


@attack()
def contents_entry_renamed() -> bytes:
    return basic().replace(b"/Contents <30", b"/Kontents <30")


def _byte_range(change: Any) -> bytes:
    found = re.search(rb"/ByteRange \[([^\]]*)\]", basic())
    assert found
    fresh = change([int(n) for n in found[1].split()])
    text = b" ".join(b"%d" % n for n in fresh)
    assert len(text) <= len(found[1]) + 40
    return basic()[: found.start(1)] + text.ljust(len(found[1])) + basic()[found.end(1) :]


@attack()
def range_without_the_end() -> bytes:
    return _byte_range(lambda r: [r[0], r[1], r[2], r[3] - 10])


@attack()
def range_with_a_wider_gap() -> bytes:
    return _byte_range(lambda r: [r[0], r[1] - 100, r[2], r[3]])


@attack()
def range_that_begins_later() -> bytes:
    return _byte_range(lambda r: [20, r[1] - 20, r[2], r[3]])


@attack()
def negative_range() -> bytes:
    return _byte_range(lambda r: [0, -1, r[2], r[3]])


@attack()
def range_of_huge_numbers() -> bytes:
    return _byte_range(lambda _: [0, 10**12, 10**13, 10**9])


@attack()
def range_entry_renamed() -> bytes:
    return basic().replace(b"/ByteRange [", b"/ByteRang_ [")


# -- the CMS structure ----------------------------------------------------------------------------


@attack()
def structure_in_indefinite_length() -> bytes:
    der = cms_of(basic()).dump()
    return with_cms(basic(), b"\x30\x80" + der[4:] + b"\x00\x00")


@attack()
def structure_in_a_longer_length() -> bytes:
    der = cms_of(basic()).dump()
    return with_cms(basic(), b"\x30\x83\x00" + der[2:])


@attack()
def unknown_attribute_stuffed() -> bytes:
    return with_attributes(basic(), ("1.2.3.4", core.OctetString(b"secret")))


@attack()
def two_time_stamps() -> bytes:
    def stuff(data: Any) -> None:
        token = token_over(data["signer_infos"][0]["signature"].native)
        data["signer_infos"][0]["unsigned_attrs"] = cms.CMSAttributes(
            [cms.CMSAttribute({"type": _STAMP, "values": [token]})] * 2
        )

    return with_changed_cms(basic(), stuff)


@attack()
def time_stamp_of_another_document() -> bytes:
    return with_attributes(basic(), (_STAMP, token_over(b"another signature")))


def _signature() -> bytes:
    value: bytes = cms_of(basic())["content"]["signer_infos"][0]["signature"].native
    return value


@attack(is_resealed=True)
def time_stamp_by_a_self_made_authority() -> bytes:
    forged = TimeStampAuthority(Authority("Zeitstempel-CA", "fremd"))
    return with_attributes(basic(), (_STAMP, token_over(_signature(), forged)))


@attack()
def time_stamp_changed_inside() -> bytes:
    token = token_over(_signature()).dump()
    index = token.index(b"20261124") + 3
    changed = token[:index] + b"5" + token[index + 1 :]
    return with_attributes(basic(), (_STAMP, cms.ContentInfo.load(changed)))


@attack()
def attribute_stuffed_into_the_time_stamp() -> bytes:
    token = cms.ContentInfo.load(token_over(_signature()).dump())
    token["content"]["signer_infos"][0]["unsigned_attrs"] = cms.CMSAttributes(
        [cms.CMSAttribute({"type": "1.2.3.4", "values": [core.OctetString(b"x")]})]
    )
    fresh = cms.ContentInfo.load(token.dump(force=True))
    return with_attributes(basic(), (_STAMP, fresh))


@attack()
def second_signer_in_the_structure() -> bytes:
    other = cms_of(Freely(self_made()).sign(drawn()))["content"]

    def add(data: Any) -> None:
        data["signer_infos"] = cms.SignerInfos([data["signer_infos"][0], other["signer_infos"][0]])

    return with_changed_cms(basic(), add)


@attack()
def structure_of_another_seal() -> bytes:
    return with_cms(basic(), cms_of(sealed.make_sealed("B-B", pdf=drawn(b"another"))).dump())


@attack()
def structure_of_somebody_else_over_the_same_file() -> bytes:
    return with_cms(basic(), cms_of(Freely(self_made()).sign(drawn())).dump())


@attack()
def foreign_certificate_stuffed() -> bytes:
    foreign = asn1_x509.Certificate.load(Authority("Versteck", "x").der)

    def add(data: Any) -> None:
        held = [choice.chosen for choice in data["certificates"]]
        data["certificates"] = cms.CertificateSet([*held, foreign])

    return with_changed_cms(basic(), add)


@attack()
def root_certificate_altered() -> bytes:
    def alter(data: Any) -> None:
        raw = [choice.chosen.dump() for choice in data["certificates"]]
        changed = [r[:-1] + bytes([r[-1] ^ 1]) if r == network().der else r for r in raw]
        data["certificates"] = cms.CertificateSet([asn1_x509.Certificate.load(r) for r in changed])

    return with_changed_cms(basic(), alter)


@attack()
def issuer_of_the_root_certificate_altered() -> bytes:
    root = network().der
    place = root.index(b"Netzwerk-CA")
    altered = root[:place] + b"Netzwerk-CB" + root[place + 11 :]
    start, end = gap(basic())
    der = bytes.fromhex(basic()[start:end].decode())
    assert root in der
    return basic()[:start] + der.replace(root, altered).hex().encode() + basic()[end:]


@attack()
def parameter_in_the_time_stamp_altered() -> bytes:
    start, end = gap(stamped())
    der = bytes.fromhex(stamped()[start:end].decode())
    sha256 = bytes.fromhex("0609608648016503040201")
    place = der.rindex(sha256 + b"\x05\x00") + len(sha256)
    altered = der[:place] + b"\x04" + der[place + 1 :]
    return stamped()[:start] + altered.hex().encode() + stamped()[end:]


@attack()
def revocation_list_stuffed() -> bytes:
    from asn1crypto import crl

    def add(data: Any) -> None:
        listed = crl.CertificateList.load(network().revocation_list())
        data["crls"] = cms.RevocationInfoChoices([listed])

    return with_changed_cms(basic(), add)


@attack()
def content_put_into_the_structure() -> bytes:
    def add(data: Any) -> None:
        data["encap_content_info"] = {"content_type": "data", "content": b"hidden"}

    return with_changed_cms(basic(), add)


@attack()
def version_of_the_structure_changed() -> bytes:
    def change(data: Any) -> None:
        data["version"] = "v3"

    return with_changed_cms(basic(), change)


@attack()
def signature_value_changed() -> bytes:
    def change(data: Any) -> None:
        data["signer_infos"][0]["signature"] = os.urandom(70)

    return with_changed_cms(basic(), change)


@attack()
def signed_attributes_removed() -> bytes:
    def change(data: Any) -> None:
        data["signer_infos"][0]["signed_attrs"] = cms.CMSAttributes([])

    return with_changed_cms(basic(), change)


# -- the key --------------------------------------------------------------------------------------


@attack(is_resealed=True)
def sealed_anew_by_somebody_of_the_same_name() -> bytes:
    return sealed.make_sealed("B-B", self_made(), pdf=drawn(b"99.000 Euro"))


@attack(is_resealed=True)
def sealed_by_a_self_made_authority_of_the_same_name() -> bytes:
    other = Authority("Netzwerk-CA", "netzwerk", chosen_rsa())
    return sealed.make_sealed("B-B", issued_by(other), pdf=drawn(b"99.000 Euro"))


@attack(is_resealed=True)
def sealed_by_a_server_s_key() -> bytes:
    usage = x509.KeyUsage(True, False, False, False, False, False, False, False, False)
    key = with_usage(usage, [ExtendedKeyUsageOID.SERVER_AUTH])
    return Freely(key).sign(drawn())


@attack(is_resealed=True)
def sealed_by_a_key_for_encryption() -> bytes:
    usage = x509.KeyUsage(False, False, True, False, False, False, False, False, False)
    return Freely(with_usage(usage, [])).sign(drawn())


@attack(is_resealed=True, now=LATER)
def expired_certificate_without_time_stamp() -> bytes:
    return Freely(expired()).sign(drawn())


@attack(is_resealed=True, now=LATER)
def time_stamp_stripped_from_an_expired_seal() -> bytes:
    whole = sealed.add_time_stamp(Freely(expired()).sign(drawn()), sealed.service())
    return with_changed_cms(whole, lambda d: d["signer_infos"][0].__delitem__("unsigned_attrs"))


@attack(is_resealed=True, now=LATER)
def expired_certificate_with_a_late_time_stamp() -> bytes:
    late = TimeStampAuthority(at=NOW + timedelta(days=200))
    return sealed.add_time_stamp(Freely(expired()).sign(drawn()), sealed.service(late))


@attack(is_resealed=True)
def certificate_that_is_not_valid_yet() -> bytes:
    key = issued_by(network(), begins=NOW + timedelta(days=2), ends=NOW + timedelta(days=9))
    return Freely(key).sign(drawn())


@attack(is_resealed=True)
def sealed_in_the_future() -> bytes:
    return sealed.make_sealed("B-B", pdf=drawn(), at=NOW + timedelta(days=30))


@attack()
def weak_digest() -> bytes:
    return Freely(issued_by(network(), key=chosen_rsa()), digest="sha1").sign(drawn())


@attack()
def other_kind_of_signature() -> bytes:
    kind = fields.SigSeedSubFilter.ADOBE_PKCS7_DETACHED
    return Freely(sealed.advisor(), subfilter=kind).sign(drawn())


@attack()
def signature_that_certifies_nothing() -> bytes:
    return Freely(sealed.advisor(), is_certification=False).sign(drawn())


@attack()
def seal_that_allows_filling_in() -> bytes:
    return Freely(sealed.advisor(), level=fields.MDPPerm.FILL_FORMS).sign(drawn())


@attack()
def seal_in_another_field() -> bytes:
    return Freely(sealed.advisor(), field="Unterschrift").sign(drawn())


@attack()
def seal_in_the_field_of_the_time_stamp() -> bytes:
    return Freely(sealed.advisor(), field="Zeitstempel").sign(drawn())


@attack(needs_record=True)
def another_honest_report_in_its_place() -> bytes:
    return sealed.make_sealed("B-B", pdf=drawn(b"99.000 Euro"))
