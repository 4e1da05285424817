-- Uploaded pictures. Their bytes are files beside the database.
CREATE TABLE blob (
    id TEXT PRIMARY KEY,
    owner INTEGER NOT NULL,
    format INTEGER NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    created INTEGER NOT NULL,
    references_count INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX orphan ON blob (created) WHERE references_count = 0;
