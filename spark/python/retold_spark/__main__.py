"""``python -m retold_spark``."""

import sys

from retold_spark.command import main

sys.exit(main())
