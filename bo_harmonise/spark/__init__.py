"""Run the heavy stages on a Spark cluster: the same SQL on each executor, the same tables as on one machine.

The driver holds the workspace. What executors read and write lies in a place that both see (`Store`): a
shared file system, or an object store by a URI of `pyarrow.fs`. Importing this package does not import
pyspark.
"""
