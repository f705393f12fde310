"""What a file is called in the ledger: names of lists may name persons themselves ("Sok Dara.csv")."""

import re

from validators.contracts.contract import contracts

_KINDS = re.compile(r"\.(csv|tsv|txt|xlsx|xlsm|xlsb|xls|ods|zip|gz|json|xml)$", re.IGNORECASE)


def kept_name(filename: str, receipt: str, dataset: str | None) -> str:
    """The name as its sender gave it; the receipt in its place where the dataset is one that names persons."""
    return (
        nameless(filename, receipt)
        if dataset in contracts() and contracts()[dataset].names_persons
        else filename
    )


def nameless(filename: str, receipt: str) -> str:
    """The receipt, with the ending that says of what kind the file is."""
    kind = _KINDS.search(filename)
    return receipt + (kind[0].lower() if kind else "")
