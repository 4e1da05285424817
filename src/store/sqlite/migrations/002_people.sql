-- Friend requests, blocked people, profiles, and what a member has settled about a conversation.

ALTER TABLE user ADD COLUMN avatar TEXT NOT NULL DEFAULT '';
ALTER TABLE user ADD COLUMN allow INTEGER NOT NULL DEFAULT 0;
ALTER TABLE user ADD COLUMN friends_only INTEGER NOT NULL DEFAULT 0;

ALTER TABLE member ADD COLUMN pinned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE member ADD COLUMN muted INTEGER NOT NULL DEFAULT 0;
ALTER TABLE member ADD COLUMN has_draft INTEGER NOT NULL DEFAULT 0;

-- By target: those that wait for one person's answer are counted and shown together.
CREATE TABLE friend_request (
    requester INTEGER NOT NULL,
    target INTEGER NOT NULL,
    wording TEXT NOT NULL,
    source TEXT NOT NULL,
    remark TEXT NOT NULL,
    friend_group TEXT NOT NULL,
    one_way INTEGER NOT NULL,
    time INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    PRIMARY KEY (target, requester)
) STRICT, WITHOUT ROWID;
CREATE INDEX friend_request_by_requester ON friend_request (requester, target);

-- Looked at for every message, in both directions: narrow, so that its pages stay in the cache.
CREATE TABLE block (
    user INTEGER NOT NULL,
    peer INTEGER NOT NULL,
    PRIMARY KEY (user, peer)
) STRICT, WITHOUT ROWID;
CREATE INDEX block_by_peer ON block (peer, user);

CREATE INDEX session_by_user ON session (user);
