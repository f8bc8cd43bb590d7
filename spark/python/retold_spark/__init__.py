"""Retold on Apache Spark: the steps of a comparison spread over many machines, by the same executable as on one.

``compare`` writes the tables, charts and report that ``retold compare`` writes of the same articles, byte for byte; ``Search`` is
for corpora whose results are too many for one machine, and leaves them as Parquet.
"""

from retold_spark.compare import compare
from retold_spark.search import Search

__all__ = ["Search", "compare"]
