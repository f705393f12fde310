"""Made-up grants: what the centre gives each area right below the root for the cash that its returns will pay."""

import numpy as np
import pandas as pd

ROUNDED_TO = 100_000


def grants(period: str, month: pd.DataFrame, dice: np.random.Generator) -> pd.DataFrame:
    """A row an area and scheme that pays, in the columns of `allocations`. `month`: lines of `scheme_returns`."""
    if "amount_paid" not in month:
        return pd.DataFrame()
    paid = month.groupby(["top", "scheme"], as_index=False)["amount_paid"].sum()
    paid = paid[paid["amount_paid"] > 0]
    share = dice.uniform(1.0, 1.3, len(paid))  # areas spend between three quarters and all of it
    amount = np.ceil(paid["amount_paid"] * share / ROUNDED_TO).astype("int64") * ROUNDED_TO
    return pd.DataFrame(
        {"period": period, "area_code": paid["top"], "scheme": paid["scheme"], "amount": amount}
    )
