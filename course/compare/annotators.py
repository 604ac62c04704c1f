"""Do people who mark the same items agree? Agreement beyond chance, by category, with the items on which they differ.

Krippendorff's alpha (Krippendorff 1980) and Cohen's kappa (Cohen 1960), as in `nltk.metrics.agreement`, which follows Artstein and
Poesio (2008).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any

import pandas as pd
from nltk.metrics.agreement import AnnotationTask

from course.compare.sentence import Sentence


@dataclass(frozen=True, eq=False)
class Agreement(Sentence):
    """How far coders agree.

    `observed` is the share of pairs of marks on one item that are equal. `alpha` and `kappa` are 1 for full agreement and 0 for what
    chance would give; None where they are not defined, because nobody used a second category. `kappa` is Cohen's, the mean over pairs of
    coders on the items that both marked. `by_category` has one row a category: `category`, `marks`, `alpha`, `kappa` (that category against all
    others). `disagreements` has one row an item on which coders differ, one column a coder.
    """

    coders: tuple[str, ...]
    items: int
    observed: float
    alpha: float | None
    kappa: float | None
    by_category: pd.DataFrame
    disagreements: pd.DataFrame

    def __str__(self) -> str:
        differ = len(self.disagreements)
        # where some pair differs, it is never called 100 %
        share = f"{self.observed:.0%}" if self.observed == 1 or self.observed < 0.995 else f"{self.observed:.1%}"
        head = f"{len(self.coders)} coders marked {self.items} items alike in {share} of all pairs"
        if self.alpha is None:
            return f"{head}. They used one category only, so agreement beyond chance is not defined."
        kappa = "" if self.kappa is None else f", Cohen's kappa is {self.kappa:.2f}"
        on = f"differ on {differ} item{'' if differ == 1 else 's'}" if differ else "differ on none"
        return (
            f"{head}, and {on}. Krippendorff's alpha is {self.alpha:.2f}{kappa}. "
            "Agreement says that they read alike, not that they are right."
        )


def agreement(annotations: pd.DataFrame | Any, *, pairwise: bool = True) -> Agreement:
    """How far coders agree on categories.

    Args:
        annotations: a table with one row a mark and the columns `coder`, `item`, `label`; or one with one row an item and one column a
            coder; or triples (coder, item, label). An empty cell means that the coder did not mark the item.
        pairwise: whether to compute kappa over all pairs of coders, which takes long for a large class; without it, kappa is None.

    Errors: ValueError for fewer than two coders, a coder who marks one item twice, or no item that two have marked.
    """
    marks = _marks(annotations)
    twice = marks[marks.duplicated(["coder", "item"])]
    if len(twice):
        first = twice.iloc[0]
        raise ValueError(f"{first['coder']} marks the item {first['item']!r} twice; keep one mark a coder and item.")
    wide = marks.pivot(index="item", columns="coder", values="label")
    if wide.shape[1] < 2:
        raise ValueError(f"Agreement needs at least two coders, and there are {wide.shape[1]}.")
    wide = wide[wide.notna().sum(axis=1) >= 2]
    if wide.empty:
        raise ValueError("No item was marked by two coders, so there is nothing to agree on.")
    pairs = [pair for row in wide.to_numpy() for pair in combinations([label for label in row if pd.notna(label)], 2)]
    categories = sorted({label for pair in pairs for label in pair})
    counts = wide.stack().value_counts()
    rows = []
    for category in categories:
        alone = wide.map(lambda label, c=category: label if pd.isna(label) else str(label == c))
        alpha, kappa = _coefficients(alone, pairwise)
        rows.append((category, int(counts[category]), alpha, kappa))
    alpha, kappa = _coefficients(wide, pairwise)
    differ = wide[[row.dropna().nunique() > 1 for _, row in wide.iterrows()]].fillna("")
    return Agreement(
        coders=tuple(wide.columns),
        items=len(wide),
        observed=sum(one == two for one, two in pairs) / len(pairs),
        alpha=alpha,
        kappa=kappa,
        by_category=pd.DataFrame(rows, columns=["category", "marks", "alpha", "kappa"]),
        disagreements=differ.rename_axis(columns=None).reset_index(),
    )


def _marks(annotations: Any) -> pd.DataFrame:
    """One row a mark, with coder, item and label as words."""
    columns = ["coder", "item", "label"]
    if not isinstance(annotations, pd.DataFrame):
        annotations = pd.DataFrame(list(annotations), columns=columns)
    if set(columns) <= set(annotations.columns):
        marks = annotations[columns]
    else:
        wide = annotations.rename_axis(index="item")
        if "item" in annotations:
            wide = annotations.set_index("item")
        marks = wide.melt(ignore_index=False, var_name="coder", value_name="label").reset_index()[columns]
    marks = marks[marks["label"].notna() & (marks["label"].astype(str).str.strip() != "")]
    return marks.astype(str).reset_index(drop=True)


def _coefficients(wide: pd.DataFrame, pairwise: bool) -> tuple[float | None, float | None]:
    """Alpha, and the mean of kappa over the pairs of coders who share items; None where chance alone would agree fully."""
    if wide.stack().nunique() < 2:
        return None, None
    alpha = float(AnnotationTask(data=_triples(wide)).alpha())
    kappas = []
    for one, two in combinations(wide.columns, 2) if pairwise else ():
        both = wide[[one, two]].dropna()
        if both.stack().nunique() > 1:
            kappas.append(float(AnnotationTask(data=_triples(both)).kappa()))
    return alpha, sum(kappas) / len(kappas) if kappas else None


def _triples(wide: pd.DataFrame) -> list[tuple[str, str, str]]:
    return [(coder, item, label) for (item, coder), label in wide.stack().dropna().items()]  # type: ignore[misc]
