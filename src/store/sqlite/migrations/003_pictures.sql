-- Uploaded pictures: whose they are, and how often messages and profiles name them. Their bytes lie
-- in files.

CREATE TABLE blob (
    id TEXT PRIMARY KEY,
    owner INTEGER NOT NULL,
    format INTEGER NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    created INTEGER NOT NULL,
    named INTEGER NOT NULL,
    released INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- Only what nothing names: a handful of rows, however many pictures there are.
CREATE INDEX blob_unnamed ON blob (released, id) WHERE named = 0;
