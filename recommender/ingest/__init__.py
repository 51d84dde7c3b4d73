"""Files and folders into the corpus: what can be read is kept, what cannot is named."""

from recommender.ingest.batch import Options, Progress, ingest_paths
from recommender.ingest.outcome import Duplicate, Failure, Ingested
from recommender.ingest.rows import Documents

__all__ = ["Documents", "Duplicate", "Failure", "Ingested", "Options", "Progress", "ingest_paths"]
