-- The first layout of a data directory's database.
--
-- Keys, seqs and numbers are those of rows.h; times are milliseconds since 1970. References are not
-- declared: the service writes whole, checked batches, and looking each one up again would cost
-- more than the write itself.
--
-- A commit's price is the number of different pages it touches. So what changes with every message
-- lies in small rows that share pages, apart from what hardly ever changes.

-- What the data directory remembers about itself.
CREATE TABLE setting (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE counters (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    next_user INTEGER NOT NULL,
    next_conversation INTEGER NOT NULL
) STRICT;
INSERT INTO counters VALUES (1, 1, 1);

CREATE TABLE user (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    nick TEXT NOT NULL,
    has_credential INTEGER NOT NULL,
    created INTEGER NOT NULL
) STRICT;

-- The numbers of an account that change with its traffic.
CREATE TABLE account (
    user INTEGER PRIMARY KEY,
    feed_last INTEGER NOT NULL DEFAULT 0,
    feed_trimmed INTEGER NOT NULL DEFAULT 0,
    friends INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE session (
    token BLOB PRIMARY KEY,
    user INTEGER NOT NULL,
    device INTEGER NOT NULL,
    device_name TEXT NOT NULL,
    created INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    last_seen INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- Finds what has expired without looking at what has not.
CREATE INDEX session_by_expiry ON session (expires);

CREATE TABLE friend (
    user INTEGER NOT NULL,
    peer INTEGER NOT NULL,
    remark TEXT NOT NULL,
    friend_group TEXT NOT NULL,
    source TEXT NOT NULL,
    wording TEXT NOT NULL,
    added INTEGER NOT NULL,
    PRIMARY KEY (user, peer)
) STRICT, WITHOUT ROWID;
CREATE INDEX friend_by_peer ON friend (peer, user);
-- Counting up to 3000 rows for every message between two people would cost more than the message.
CREATE TRIGGER friend_added AFTER INSERT ON friend BEGIN
    INSERT INTO account (user, friends) VALUES (new.user, 1)
        ON CONFLICT (user) DO UPDATE SET friends = friends + 1;
END;
CREATE TRIGGER friend_removed AFTER DELETE ON friend BEGIN
    UPDATE account SET friends = friends - 1 WHERE user = old.user;
END;

CREATE TABLE conversation (
    key INTEGER PRIMARY KEY,
    kind INTEGER NOT NULL,
    last_seq INTEGER NOT NULL,
    last_time INTEGER NOT NULL
) STRICT;

-- The one-to-one conversation of two accounts, smaller key first.
CREATE TABLE direct (
    low INTEGER NOT NULL,
    high INTEGER NOT NULL,
    conversation INTEGER NOT NULL,
    PRIMARY KEY (low, high)
) STRICT, WITHOUT ROWID;

-- Both members of a one-to-one conversation change with each message: by conversation they lie side
-- by side.
CREATE TABLE member (
    conversation INTEGER NOT NULL,
    user INTEGER NOT NULL,
    read_seq INTEGER NOT NULL,
    unread INTEGER NOT NULL,
    first_visible INTEGER NOT NULL,
    PRIMARY KEY (conversation, user)
) STRICT, WITHOUT ROWID;
CREATE INDEX member_by_user ON member (user, conversation);

-- Messages lie in the order in which they were committed: the texts of a batch fill few pages,
-- whoever wrote them, and only the narrow entries of the two indexes are spread. `number` is
-- stable, which a full-text index will need.
CREATE TABLE message (
    number INTEGER PRIMARY KEY,
    conversation INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    sender INTEGER NOT NULL,
    time INTEGER NOT NULL,
    device INTEGER NOT NULL,
    counter INTEGER NOT NULL,
    type TEXT NOT NULL,
    content TEXT NOT NULL,
    custom TEXT NOT NULL,
    UNIQUE (conversation, seq),
    UNIQUE (sender, device, counter)
) STRICT;

CREATE TABLE feed (
    user INTEGER NOT NULL,
    number INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    conversation INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    entity INTEGER NOT NULL,
    value INTEGER NOT NULL,
    PRIMARY KEY (user, number)
) STRICT, WITHOUT ROWID;
