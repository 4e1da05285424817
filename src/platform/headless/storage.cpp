#include "platform/headless/headless.h"

namespace kumquat::platform::headless {
namespace {

using Values = std::map<std::string, std::string, std::less<>>;

std::optional<std::string> value_of(const Values& values, std::string_view key) {
    auto found = values.find(key);
    if (found == values.end()) return std::nullopt;
    return found->second;
}

Status set_value(Values& values, std::string_view key, std::string_view value, bool fail) {
    if (fail) return Error{ErrorCode::kDiskFull, "storage"};
    if (value.empty()) {
        values.erase(std::string(key));
    } else {
        values[std::string(key)] = std::string(value);
    }
    return {};
}

}  // namespace

std::optional<std::string> MemoryStorage::preference(std::string_view key) const {
    return value_of(preferences, key);
}
std::optional<std::string> MemoryStorage::tab_value(std::string_view key) const {
    return value_of(tab_values, key);
}

Status MemoryStorage::set_preference(std::string_view key, std::string_view value) {
    return set_value(preferences, key, value, fail_writes);
}

Status MemoryStorage::set_tab_value(std::string_view key, std::string_view value) {
    return set_value(tab_values, key, value, fail_writes);
}

void MemoryStorage::apply(const std::string& user, std::vector<RecordChange> changes, Done done) {
    waiting_.push_back([this, user, changes = std::move(changes), done = std::move(done)] {
        if (fail_writes) {
            done(Error{ErrorCode::kDiskFull, "storage"});
            return;
        }
        for (const RecordChange& change : changes) {
            auto& kept = records[{user, change.kind}];
            if (change.value) {
                kept[change.key] = *change.value;
            } else {
                kept.erase(change.key);
            }
        }
        done({});
    });
}

void MemoryStorage::load(const std::string& user, RecordKind kind, Loaded loaded) {
    waiting_.push_back([this, user, kind, loaded = std::move(loaded)] {
        std::vector<Record> found;
        for (const auto& [key, value] : records[{user, kind}])
            found.push_back({key, value});
        loaded(std::move(found));
    });
}

void MemoryStorage::erase_user(const std::string& user, Done done) {
    waiting_.push_back([this, user, done = std::move(done)] {
        if (fail_writes) {
            done(Error{ErrorCode::kIo, "storage"});
            return;
        }
        records.erase({user, RecordKind::kOutbox});
        records.erase({user, RecordKind::kDraft});
        done({});
    });
}

void MemoryStorage::run() {
    while (!waiting_.empty()) {
        std::function<void()> next = std::move(waiting_.front());
        waiting_.pop_front();
        next();
    }
}

}  // namespace kumquat::platform::headless
