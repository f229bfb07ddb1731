"""Personal data that nothing marks as such.

What:
    The field is an e-mail address or a telephone number, or its name is one that personal data usually has
    (`date_of_birth`, `surname`, `postcode`, `iban` …), and it is not marked `@personal`.

Why:
    Everything that protects personal data follows from the mark: on which channels it may be shown, who may
    ask for it, which purpose is needed. Data that is not marked is treated like any other, and travels
    everywhere.

Fix:
    Write `@personal("contact")` behind the field, with the category that fits: contact, identity, financial,
    location, behaviour, or one of the special ones health, biometric, ethnicity, belief and orientation.

Limits:
    The compiler goes by the names of things, in English. It takes what has a word such as store, branch,
    partner or company in its name for no person, unless a person is named as well (`StoreEmployee`). A `type`
    counts as marked where every field that uses it is marked. Keys and fields typed `Entity.field` are left
    to the place they come from.

References:
    Regulation (EU) 2016/679 (GDPR), Article 4(1), 2016. McCallister, E., Grance, T. and Scarfone, K.: Guide
    to Protecting the Confidentiality of Personally Identifiable Information. NIST SP 800-122, 2010.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from cxc.diagnostics import Diagnostic, Edit, Kind, Severity, finding
from cxc.model.base import Declaration
from cxc.model.blueprint import Blueprint
from cxc.model.data import BuiltinType, DataField, DeclaredType, Entity, Error, Event, Parameter, ValueType
from cxc.model.structure import core, fields_within

KIND = Kind("CXC311", "unclassified-personal-data", Severity.WARNING)

BAD = """
package northwind.data

entity Patient {
  id: uuid @key
  allergies: [string(1..80)] @personal("health")
  mobile: phone?
}
"""

GOOD = """
package northwind.data

entity Patient {
  id: uuid @key
  allergies: [string(1..80)] @personal("health")
  mobile: phone? @personal("contact")
}
"""

_BY_TYPE = {"email": "contact", "phone": "contact"}
_NAMED_TYPES = frozenset({"string", "text", "int", "date", "datetime"})
"""The types in which the name of a field tells what it holds; a `bool` named `email` is a choice."""

_NAMES = {
    "contact": """
        email email_address e_mail phone phone_number mobile mobile_number mobile_phone telephone telephone_number
        home_phone cell_phone address street street_name street_address street_line house_number postcode postal_code
        post_code zip_code home_address postal_address mailing_address billing_address delivery_address
        shipping_address
    """,
    "identity": """
        first_name given_name middle_name last_name family_name surname forename maiden_name birth_name full_name
        date_of_birth birth_date birthdate birthday birth_day year_of_birth place_of_birth birth_place passport
        passport_number passport_no identity_card identity_card_number national_id national_id_number nhs_number
        national_insurance_number social_security_number ssn driving_licence driving_licence_number driver_license
        drivers_license ip_address
    """,
    "financial": """
        iban bank_account bank_account_number credit_card credit_card_number card_number salary income
    """,
    "health": "allergies blood_type blood_group medical_history medical_condition disability disabilities",
    "biometric": "fingerprint face_scan iris_scan",
    "ethnicity": "ethnicity ethnic_origin",
    "belief": "religion religious_belief",
    "orientation": "sexual_orientation",
}
_BY_NAME = {name: category for category, names in _NAMES.items() for name in names.split()}

_PLACES_AND_FIRMS = frozenset(
    """ agency airline airport authority bank branch brand building business carrier centre center chain clinic
    company contractor counter courier department depot desk device facility firm garage group helpdesk hospital
    hotel hotline institution insurer kiosk laboratory library location locker manufacturer merchant network
    office organisation organization outlet partner pharmacy place platform point producer provider restaurant
    retailer school seller service shop site station store supplier support surgery team terminal vendor venue
    warehouse workshop """.split()
)
_PEOPLE = frozenset(
    """ account adult adviser agent applicant borrower buyer caller carer child citizen claimant client colleague
    contact customer doctor donor driver employee family friend guest holder household human individual manager
    member neighbour nurse owner parent partnership passenger patient payer payee people person pharmacist
    policyholder prescriber profile recipient relative representative resident staff student subscriber technician
    tenant traveller user visitor worker """.split()
)
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


def check(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Yield the fields that hold personal data by their type or name and are not marked."""
    marked = _marked_where_used(blueprint)
    for declaration in blueprint.declarations:
        if isinstance(declaration, (ValueType, Entity, Event, Error)):
            if _is_no_person(declaration.name) or declaration.id in marked:
                continue
            for field in declaration.fields:
                category = _category(blueprint, field)
                if category is not None:
                    yield _report(declaration, field, category)


def _report(declaration: Declaration, field: DataField, category: str) -> Diagnostic:
    end = field.default_span or field.type.span
    at = end._replace(line=end.end_line, column=end.end_column)
    return finding(
        KIND,
        f"`{field.name}` of the {declaration.word} `{declaration.name}` looks like personal data and has no category",
        field.span,
        help=f'Write `@personal("{category}")` behind it, or the category that fits.',
        fix=[Edit(at, f' @personal("{category}")')],
    )


def _category(blueprint: Blueprint, field: DataField) -> str | None:
    """Return the category that a field without a mark most likely needs, or None."""
    type_ = core(field.type)
    if isinstance(type_, DeclaredType) and isinstance(blueprint.get(type_.ref), ValueType):
        by_name = _BY_NAME.get(field.name) if _is_open(field) else None
        # All that is inside is looked at only where it matters.
        is_judged_inside = by_name and any(part.personal or _of_plain(part) for part in fields_within(blueprint, type_))
        return None if is_judged_inside else by_name
    return _of_plain(field) if blueprint.is_complete(field) else None


def _of_plain(field: DataField) -> str | None:
    """Return the category that a field of a built-in type most likely needs."""
    type_ = core(field.type)
    if not isinstance(type_, BuiltinType) or not _is_open(field):
        return None
    by_name = _BY_NAME.get(field.name) if type_.name in _NAMED_TYPES else None
    return _BY_TYPE.get(type_.name) or by_name


def _is_open(field: DataField) -> bool:
    return not field.personal and not field.key and not _is_no_person(field.name)


def _words(name: str) -> set[str]:
    found = {word.lower() for word in _WORD.findall(name)}
    return found | {word.removesuffix("s") for word in found}


def _is_no_person(name: str) -> bool:
    """Whether a name is that of a place or an organisation, and no person is named in it."""
    words = _words(name)
    return not words.isdisjoint(_PLACES_AND_FIRMS) and words.isdisjoint(_PEOPLE)


def _marked_where_used(blueprint: Blueprint) -> frozenset[str]:
    """Return the ids of the value types that are used only by fields that are marked, or in things that are no people.

    Where one type stands in another, it is as harmless as that one: found from the outside inwards.
    """
    inside_of = {type_.id: holders for type_ in blueprint.every(ValueType) if (holders := _holders(blueprint, type_))}
    found: set[str] = set()
    waiting = {id: holders - {""} for id, holders in inside_of.items()}
    within: dict[str, list[str]] = defaultdict(list)
    for id, holders in waiting.items():
        for holder in holders:
            within[holder].append(id)
    ready = [id for id, holders in waiting.items() if not holders]
    while ready:
        id = ready.pop()
        found.add(id)
        for inner in within[id]:
            waiting[inner].discard(id)
            if not waiting[inner]:
                ready.append(inner)
    return frozenset(found)


def _holders(blueprint: Blueprint, type_: ValueType) -> set[str] | None:
    """Return the value types on which it depends whether all uses are harmless; "" for one that is by itself."""
    holders: set[str] = set()
    for use in blueprint.used_by.get(type_.id, ()):
        user = blueprint.get(use.user)
        if not isinstance(user, DataField):
            return None
        holder = blueprint.holder(user)
        if user.personal:
            holders.add("")
        elif holder is None or isinstance(user, Parameter):
            return None
        elif _is_no_person(holder.name) or _is_no_person(user.name):
            holders.add("")
        elif isinstance(holder, ValueType):
            holders.add(holder.id)
        else:
            return None
    return holders or None
