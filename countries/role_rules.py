"""The rules of roles, committees and demo accounts."""

from countries.raw_declarations import Draft
from countries.reference_checks import Broken, all_known, known
from countries.roles import Role


def roles_name_layers(draft: Draft) -> Broken:
    for place, role in draft.items("roles"):
        yield from all_known(draft, (*place, "layers"), role.layers, "layers")


def somebody_not_signed_in_has_one_role(draft: Draft) -> Broken:
    taken: dict[str, str] = {}
    for place, role in draft.items("roles"):
        if role.visitors in taken:
            yield (*place, "visitors"), f"`{taken[role.visitors]}` is the role of visitors already; keep one"
        if role.visitors:
            taken.setdefault(role.visitors, role.id)
            root = draft.ids("layers")[:1]
            if root and list(role.layers) != root:
                yield (*place, "layers"), f"visitors look at the whole country: write [{root[0]}]"
    if draft.ids("roles") and draft.sound("roles") and "always" not in taken:
        yield ("roles",), "no role has `visitors: always`: say what somebody who is not signed in may see"


def committees_sign(draft: Draft) -> Broken:
    roles: dict[str, Role] = {role.id: role for _, role in draft.items("roles")}
    first: set[str] = set()
    for place, committee in draft.items("committees"):
        yield from known(draft, (*place, "layer"), committee.layer, "layers")
        if committee.layer in first:
            yield (*place, "layer"), f"the layer `{committee.layer}` has its committee already; keep one"
        first.add(committee.layer)
        yield from all_known(draft, (*place, "quorum"), committee.quorum, "roles")
        for number, name in enumerate(committee.quorum):
            role = roles.get(name)
            if role and "endorse" not in role.actions:
                yield (*place, "quorum", number), f"`{name}` cannot sign: `endorse` is not among its actions"
            elif role and committee.layer not in role.layers:
                yield (*place, "quorum", number), f"`{name}` is not held at the layer `{committee.layer}`"


def demo_accounts_name_what_exists(draft: Draft) -> Broken:
    roles: dict[str, Role] = {role.id: role for _, role in draft.items("roles")}
    names: set[str] = set()
    for place, account in draft.items("demo_accounts"):
        yield from known(draft, (*place, "role"), account.role, "roles")
        if account.name in names:
            yield (*place, "name"), f"the name `{account.name}` is taken; choose another"
        names.add(account.name)
        if account.administrator:
            yield from known(draft, (*place, "administrator"), account.administrator, "administrators")
        elif (role := roles.get(account.role)) and role.of_administrator:
            yield place, f"an account of the role `{role.id}` needs an `administrator`"


ROLE_RULES = (
    roles_name_layers,
    somebody_not_signed_in_has_one_role,
    committees_sign,
    demo_accounts_name_what_exists,
)
