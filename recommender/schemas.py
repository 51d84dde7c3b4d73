"""What the SQLite files of a workspace hold.

CORPUS, what was read:
issue:  one row an issue.
clause: one row a clause, plain text, for LIKE searches (FTS5 finds no two-character Chinese words).
reading: one row a file's bytes, and the issue they gave or are a lesser copy of.
sketch: some numbers of each issue of a file, by which nearly equal ones are found.

CHOICES, what the editors decided; a file of its own, so that a corpus made anew loses none of it:
event:      one row a decision on an issue's list; rows are only ever added.
correction: one row a mended misreading of an issue; rows are only ever added.
"""

from recommender.database import Schema

# In JSON, no quotation mark inside a text comes without a backslash: this is the field itself.
PICKED = """instr(json, '"picks": []') = 0"""

_CORPUS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE issue (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE,  -- the printed key, with a suffix where two issues share it
            printed_key TEXT NOT NULL,
            kind TEXT NOT NULL,
            title TEXT NOT NULL,
            series TEXT NOT NULL,      -- folded title: one series of bulletins, or one policy
            date TEXT,
            time TEXT NOT NULL,        -- date, else the latest of the documents, else ''
            serial INTEGER,
            source TEXT NOT NULL,      -- path of the file
            file_sha256 TEXT NOT NULL,
            content_sha256 TEXT NOT NULL,
            json TEXT NOT NULL
        )""",
        "CREATE INDEX issue_content ON issue (content_sha256)",
        "CREATE INDEX issue_file ON issue (file_sha256)",
        "CREATE INDEX issue_source ON issue (source)",
        "CREATE INDEX issue_printed_key ON issue (printed_key)",
        """CREATE TABLE clause (
            issue INTEGER NOT NULL REFERENCES issue (id) ON DELETE CASCADE,
            document INTEGER NOT NULL,  -- positions in the issue, from 0
            position INTEGER NOT NULL,
            label TEXT NOT NULL,
            heading TEXT NOT NULL,
            text TEXT NOT NULL,
            PRIMARY KEY (issue, document, position)
        ) WITHOUT ROWID""",
    ),
    (
        # for a document of a collection: its issuer, title and date, hashed; NULL for a file of its own
        "ALTER TABLE issue ADD COLUMN identity TEXT",
        "CREATE UNIQUE INDEX issue_identity ON issue (identity)",
    ),
    (
        "ALTER TABLE issue ADD COLUMN form TEXT NOT NULL DEFAULT ''",  # how the file was written
        "CREATE INDEX issue_series ON issue (series, serial)",
        """CREATE TABLE reading (
            file_sha256 TEXT PRIMARY KEY,
            reader TEXT NOT NULL,      -- the code that read these bytes
            issue INTEGER NOT NULL REFERENCES issue (id) ON DELETE CASCADE,
            copy INTEGER NOT NULL      -- 1: the issue comes from another file that says nearly the same
        ) WITHOUT ROWID""",
        "CREATE INDEX reading_issue ON reading (issue)",
    ),
    (
        """CREATE TABLE sketch (
            band INTEGER NOT NULL,     -- a number that issues of nearly the same text share
            issue INTEGER NOT NULL REFERENCES issue (id) ON DELETE CASCADE,
            PRIMARY KEY (band, issue)
        ) WITHOUT ROWID""",
        "CREATE INDEX sketch_issue ON sketch (issue)",
    ),
    (f"CREATE INDEX issue_picked ON issue (id) WHERE {PICKED}",),  # or all texts are read to find the few
)
CORPUS = Schema(
    name="资料库",
    remedy="请把它改名留存，再用 recommender ingest 重新收录原文件。",
    tables=frozenset({"issue", "clause"}),
    migrations=_CORPUS,
)

_CHOICES: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE event (
            id INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given twice: it is the revision of a list
            at TEXT NOT NULL,                      -- ISO 8601 with its zone
            user TEXT NOT NULL,
            issue TEXT NOT NULL,                   -- key in the corpus
            action TEXT NOT NULL,
            payload TEXT NOT NULL                  -- JSON
        )""",
        "CREATE INDEX event_list ON event (issue, user, id)",
        """CREATE TABLE correction (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at TEXT NOT NULL,
            user TEXT NOT NULL,
            issue TEXT NOT NULL,            -- key at the time, for the reader
            content_sha256 TEXT NOT NULL,   -- of the issue as it was read
            file_sha256 TEXT NOT NULL,      -- of its file, '' where it was not known
            field TEXT NOT NULL,
            document INTEGER NOT NULL,      -- positions from 0; -1 for the issue itself
            clause INTEGER NOT NULL,
            before TEXT NOT NULL,
            after TEXT NOT NULL
        )""",
        "CREATE INDEX correction_content ON correction (content_sha256)",
        "CREATE INDEX correction_file ON correction (file_sha256)",
    ),
    (
        # of the document that was mended
        "ALTER TABLE correction ADD COLUMN about TEXT NOT NULL DEFAULT ''",
        # the correction of an earlier reading that this one repeats, 0 for none
        "ALTER TABLE correction ADD COLUMN follows INTEGER NOT NULL DEFAULT 0",
    ),
)
CHOICES = Schema(
    name="编辑选择记录",
    remedy="请把它改名留存，再用 recommender restore 恢复备份。",
    tables=frozenset({"event", "correction"}),
    migrations=_CHOICES,
    durable=True,
)
