"""Score pairs with Splink on Spark: the same models, the same comparisons, another backend."""

from typing import Any

from splink.backends.spark import SparkAPI
from sqlglot import exp, parse_one

from bo_harmonise.errors import ResolutionError
from bo_harmonise.resolve.scoring import Model, predict, quiet, score_columns

_PAIRED = "blocked_with_cols"
"""What Splink calls the pairs with the columns of both their sides."""

_WITH_FREQUENCIES = "__splink__df_concat_with_tf"
"""What Splink calls the records with the frequencies of their values."""


class _EvidenceAPI(SparkAPI):
    """Splink's Spark backend for a table of evidence, in which every row is paired with itself.

    Splink joins such a table with itself by the registered pairs, and with the frequencies of its values:
    on Spark that is three shuffles of all pairs, and the frequencies of the evidence would be ambiguous.
    """

    def _setup_for_execute_sql(self, sql: str, physical_name: str) -> str:
        return str(super()._setup_for_execute_sql(without_self_join(sql), physical_name))


def without_self_join(sql: str) -> str:
    """Return the SQL that reads both sides of a pair from its one row; other SQL as it is.

    >>> without_self_join("WITH blocked_with_cols AS (SELECT l.a AS a_l, r.a AS a_r, b.match_key "
    ...     "FROM __splink__blocked_id_pairs AS b JOIN t AS l ON l.id = b.join_key_l "
    ...     "JOIN t AS r ON r.id = b.join_key_r) SELECT a_l FROM blocked_with_cols")
    "WITH blocked_with_cols AS (SELECT l.a AS a_l, l.a AS a_r, '0' AS match_key FROM __splink__df_concat \
AS l) SELECT a_l FROM blocked_with_cols"
    >>> without_self_join("SELECT 1 AS a")
    'SELECT 1 AS a'
    """
    tree = parse_one(sql, read="spark")
    paired = next((cte for cte in tree.find_all(exp.CTE) if cte.alias == _PAIRED), None)
    if paired is None:
        return tree.sql(dialect="spark")
    chosen = []
    for item in paired.this.expressions:
        for column in item.find_all(exp.Column):
            if column.table not in {"l", "r", "b"}:
                raise ResolutionError(
                    f"Splink pairs records in a way that is not known here: {item.sql(dialect='spark')}.",
                    hint="Use the version of Splink in constraints.txt, or --engine duckdb.",
                )
        own = item.transform(_one_side)
        chosen.append(own if isinstance(own, exp.Alias) else exp.alias_(own, item.alias_or_name))
    paired.set(
        "this", exp.select(*chosen).from_(exp.alias_(exp.to_table("__splink__df_concat"), "l", table=True))
    )
    for cte in list(tree.find_all(exp.CTE)):
        if cte.alias == _WITH_FREQUENCIES:
            cte.pop()
    return tree.sql(dialect="spark")


def _one_side(node: exp.Expression) -> exp.Expression:
    if isinstance(node, exp.Column):
        return exp.Literal.string("0") if node.table == "b" else exp.column(node.this, table="l")
    return node


def score_on_spark(spark: Any, model: Model, evidence: Any) -> Any:
    """Score a data frame of evidence; return a data frame with the columns that `scoring.score` gives.

    Evidence of type FLOAT is read as the number that it prints: DuckDB compares it with the bounds of a model
    as FLOAT, where 0.9 is 0.9, Spark as DOUBLE, where it would be less.
    """
    columns = [
        f"CAST(CAST({name} AS STRING) AS DOUBLE) AS {name}" if kind == "float" else name
        for name, kind in evidence.dtypes
    ]
    evidence.selectExpr(*columns).createOrReplaceTempView("resolve_evidence_spark")
    api = _EvidenceAPI(  # type: ignore[no-untyped-call]
        spark_session=spark,
        break_lineage_method="persist",
        # The models use no function of Splink's jar.
        register_udfs_automatically=False,
    )
    with quiet():
        scored = predict(api, model, "resolve_evidence_spark", spark.sql)
    return scored.as_spark_dataframe().selectExpr(*score_columns(model))
