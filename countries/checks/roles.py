"""The rules of roles, committees and demo accounts."""

from countries.checks.reference_checks import Broken, unknown, unknown_among
from countries.declarations.filing import FILINGS
from countries.declarations.roles import Committee, Role, all_actions
from countries.folder.raw_declarations import RawDeclarations


def roles_name_layers(declared: RawDeclarations) -> Broken:
    """Yields undeclared layers of roles."""
    for place, role in declared.items("roles"):
        yield from unknown_among(declared, (*place, "layers"), role.layers, "layers")


def roles_name_actions(declared: RawDeclarations) -> Broken:
    """Yields actions that are neither Sala's own nor brought in by a role of this country."""
    actions = all_actions(role for _, role in declared.items("roles"))
    for place, role in declared.items("roles"):
        for name in role.actions:
            if name not in actions:
                yield (
                    (*place, "actions"),
                    f"`{name}` is no action; it can be {', '.join(map(repr, actions))}. A new one is written once "
                    f"with its meaning: {{{name}: …}}",
                )


def roles_file_what_they_may(declared: RawDeclarations) -> Broken:
    """Yields datasets of `files` that the role's actions do not file, and reaches that mean nothing there."""
    for place, role in declared.items("roles"):
        for dataset, reach in (role.files or {}).items():
            filing, at = FILINGS[dataset], (*place, "files", dataset)
            if not set(filing.by) & set(role.actions):
                wanted = " or ".join(f"`{action}`" for action in filing.by)
                yield at, f"`{dataset}` is filed by {wanted}, which is not among the actions of `{role.id}`"
            if not reach:
                yield at, "say whose returns: own, below, administrators; or leave the dataset out"
            if dataset == "allocations" and role.visitors:
                yield at, "money is granted with an account: leave it out for visitors"
            elif dataset == "allocations" and set(reach) - {"below"}:
                yield at, "money is granted to areas below alone: write [below]"
            elif "administrators" in reach and (role.of_administrator or not filing.about):
                yield (
                    at,
                    f"`administrators` means nothing here: no other administrator has a part in this `{dataset}`",
                )
            if role.of_administrator and not filing.about:
                yield at, f"`{dataset}` belongs to areas, and an account of `{role.id}` to an administrator"


def somebody_not_signed_in_has_one_role(declared: RawDeclarations) -> Broken:
    """Yields second roles of visitors, visitors below the root, and roles of which none is for visitors always."""
    taken: dict[str, str] = {}
    for place, role in declared.items("roles"):
        if role.visitors in taken:
            yield (*place, "visitors"), f"`{taken[role.visitors]}` is the role of visitors already; keep one"
        if role.visitors:
            taken.setdefault(role.visitors, role.id)
            root = declared.ids("layers")[:1]
            if root and list(role.layers) != root:
                yield (*place, "layers"), f"visitors look at the whole country: write [{root[0]}]"
    if declared.ids("roles") and declared.sound("roles") and "always" not in taken:
        yield ("roles",), "no role has `visitors: always`: say what somebody who is not signed in may see"


def committees_sign(declared: RawDeclarations) -> Broken:
    """Yields undeclared or repeated layers, and quorum roles that may not sign or are not held at that layer."""
    roles: dict[str, Role] = {role.id: role for _, role in declared.items("roles")}
    first: set[str] = set()
    for place, committee in declared.items("committees"):
        yield from unknown(declared, (*place, "layer"), committee.layer, "layers")
        if committee.layer in first:
            yield (*place, "layer"), f"the layer `{committee.layer}` has its committee already; keep one"
        first.add(committee.layer)
        yield from unknown_among(declared, (*place, "quorum"), committee.quorum, "roles")
        for number, name in enumerate(committee.quorum):
            role = roles.get(name)
            if role and "endorse" not in role.actions:
                yield (*place, "quorum", number), f"`{name}` cannot sign: `endorse` is not among its actions"
            elif role and committee.layer not in role.layers:
                yield (*place, "quorum", number), f"`{name}` is not held at the layer `{committee.layer}`"
        yield from _signs_releases(declared, place, committee, roles)


def _signs_releases(
    declared: RawDeclarations, place: tuple[str | int, ...], committee: Committee, roles: dict[str, Role]
) -> Broken:
    """Yields a quorum of releases below the root, and roles of it that may not sign them or are not held there."""
    at, root = (*place, "releases"), declared.ids("layers")[:1]
    yield from unknown_among(declared, at, committee.releases, "roles")
    if committee.releases and [committee.layer] != root:
        yield at, f"releases are the whole country's: say it at the layer `{root[0] if root else 'root'}`"
    for number, name in enumerate(committee.releases):
        role = roles.get(name)
        if role and "approve" not in role.actions:
            yield (*at, number), f"`{name}` cannot sign releases: `approve` is not among its actions"
        elif role and committee.layer not in role.layers:
            yield (*at, number), f"`{name}` is not held at the layer `{committee.layer}`"


def demo_accounts_name_what_exists(declared: RawDeclarations) -> Broken:
    """Yields undeclared roles and administrators, names taken twice, and accounts that lack an administrator."""
    roles: dict[str, Role] = {role.id: role for _, role in declared.items("roles")}
    names: set[str] = set()
    for place, account in declared.items("demo_accounts"):
        yield from unknown(declared, (*place, "role"), account.role, "roles")
        if account.name in names:
            yield (*place, "name"), f"the name `{account.name}` is taken; choose another"
        names.add(account.name)
        if account.administrator:
            yield from unknown(declared, (*place, "administrator"), account.administrator, "administrators")
        elif (role := roles.get(account.role)) and role.of_administrator:
            yield place, f"an account of the role `{role.id}` needs an `administrator`"


ROLE_RULES = (
    roles_name_layers,
    roles_name_actions,
    roles_file_what_they_may,
    somebody_not_signed_in_has_one_role,
    committees_sign,
    demo_accounts_name_what_exists,
)
