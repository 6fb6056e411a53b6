"""Write the harmonised data out, for sharing: CSV, Parquet, BODS 0.4."""

from bo_harmonise.export.run import FORMATS, ExportSummary, export

__all__ = ["FORMATS", "ExportSummary", "export"]
