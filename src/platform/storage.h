// What a page keeps: small preferences, the tab's own session, and per-user records (outbox,
// drafts).
//
// Values are opaque bytes. Nothing here may be relied on: private windows forget, quotas run out,
// policies forbid. So every write reports whether it holds, and every read may find nothing.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace kumquat::platform {

/// Kinds of records. Persisted by name; never reuse one for other content.
enum class RecordKind { kOutbox, kDraft };

struct Record {
    std::string key;
    std::string value;
};

/// One step of a batch: puts `value`, or erases the record if there is none.
struct RecordChange {
    RecordKind kind;
    std::string key;
    std::optional<std::string> value;
};

class Storage {
  public:
    using Done = std::function<void(Status)>;
    using Loaded = std::function<void(Result<std::vector<Record>>)>;

    virtual ~Storage() = default;

    /// Preferences shared by all tabs (theme, language, remembered names): localStorage. Keys are
    /// plain ASCII.
    virtual std::optional<std::string> preference(std::string_view key) const = 0;
    /// Errors: kIo (forbidden here), kDiskFull. An empty value erases.
    virtual Status set_preference(std::string_view key, std::string_view value) = 0;

    /// This tab's own values (the session token): sessionStorage. Survives a reload; a duplicated
    /// tab starts with a copy.
    virtual std::optional<std::string> tab_value(std::string_view key) const = 0;
    /// As set_preference.
    virtual Status set_tab_value(std::string_view key, std::string_view value) = 0;

    /// Applies all changes of `user` or none, durably, then calls `done` (never before apply() has
    /// returned). Batches are carried out in the order of the calls. Errors: kIo, kDiskFull.
    virtual void apply(const std::string& user, std::vector<RecordChange> changes, Done done) = 0;
    /// All records of one kind of `user`, sorted by key (bytewise). Sees every apply() called
    /// before it. Errors: kIo.
    virtual void load(const std::string& user, RecordKind kind, Loaded loaded) = 0;
    /// Erases everything kept for `user`.
    virtual void erase_user(const std::string& user, Done done) = 0;
};

}  // namespace kumquat::platform
