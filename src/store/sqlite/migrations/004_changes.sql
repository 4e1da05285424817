-- What becomes of messages: answers, copies, edits, recalls, reactions, pins, and what people have
-- deleted for themselves. Lists are text (packed_columns.h): a row is written whole, and none of
-- them is ever looked through by SQL.

ALTER TABLE conversation ADD COLUMN pins TEXT NOT NULL DEFAULT '';

ALTER TABLE message ADD COLUMN reply_to INTEGER NOT NULL DEFAULT 0;
ALTER TABLE message ADD COLUMN forwarded INTEGER NOT NULL DEFAULT 0;
ALTER TABLE message ADD COLUMN recalled INTEGER NOT NULL DEFAULT 0;
ALTER TABLE message ADD COLUMN edits INTEGER NOT NULL DEFAULT 0;
ALTER TABLE message ADD COLUMN edited INTEGER NOT NULL DEFAULT 0;
ALTER TABLE message ADD COLUMN reactions TEXT NOT NULL DEFAULT '';

-- Earlier texts of edited messages.
CREATE TABLE revision (
    conversation INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    edits INTEGER NOT NULL,
    content TEXT NOT NULL,
    custom TEXT NOT NULL,
    PRIMARY KEY (conversation, seq, edits)
) STRICT, WITHOUT ROWID;

-- Messages that a member has deleted for oneself.
CREATE TABLE hidden (
    conversation INTEGER NOT NULL,
    user INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (conversation, user, seq)
) STRICT, WITHOUT ROWID;
