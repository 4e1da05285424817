#include "platform/web/web_storage.h"

#include <utility>

#include "platform/web/page_calls.h"
#include "platform/web/pieces.h"

namespace kumquat::platform::web {
namespace {

enum Area { kLocal = 0, kSession = 1 };

Status status_of(int failure) {
    if (failure == 0) return {};
    return Error{failure == 2 ? ErrorCode::kDiskFull : ErrorCode::kIo, "browser storage"};
}

// One change: kind, whether there is a value, key, value; texts with their 32-bit length.
void append_change(std::string& block, const RecordChange& change) {
    block.push_back(static_cast<char>(change.kind));
    block.push_back(change.value ? 1 : 0);
    append_piece(block, change.key);
    append_piece(block, change.value ? *change.value : std::string_view());
}

}  // namespace

std::optional<std::string> WebStorage::preference(std::string_view key) const {
    return take_text(kq_stored(kLocal, key.data(), size_of(key)));
}

Status WebStorage::set_preference(std::string_view key, std::string_view value) {
    return status_of(kq_store(kLocal, key.data(), size_of(key), value.data(), size_of(value)));
}

std::optional<std::string> WebStorage::tab_value(std::string_view key) const {
    return take_text(kq_stored(kSession, key.data(), size_of(key)));
}

Status WebStorage::set_tab_value(std::string_view key, std::string_view value) {
    return status_of(kq_store(kSession, key.data(), size_of(key), value.data(), size_of(value)));
}

void WebStorage::apply(const std::string& user, std::vector<RecordChange> changes, Done done) {
    std::string block;
    for (const RecordChange& change : changes)
        append_change(block, change);
    int request = next_request_++;
    writes_[request] = std::move(done);
    kq_records_apply(request, user.data(), size_of(user),
                     reinterpret_cast<const unsigned char*>(block.data()), size_of(block));
}

void WebStorage::load(const std::string& user, RecordKind kind, Loaded loaded) {
    int request = next_request_++;
    loads_[request] = std::move(loaded);
    kq_records_load(request, user.data(), size_of(user), static_cast<int>(kind));
}

void WebStorage::erase_user(const std::string& user, Done done) {
    int request = next_request_++;
    writes_[request] = std::move(done);
    kq_records_erase(request, user.data(), size_of(user));
}

void WebStorage::on_answer(int request, int failure, std::string_view block) {
    if (auto write = writes_.find(request); write != writes_.end()) {
        Done done = std::move(write->second);
        writes_.erase(write);
        if (done) done(status_of(failure));
        return;
    }
    auto load = loads_.find(request);
    if (load == loads_.end()) return;
    Loaded loaded = std::move(load->second);
    loads_.erase(load);
    if (!loaded) return;
    if (failure != 0) {
        loaded(status_of(failure).error());
        return;
    }
    std::vector<Record> records;
    Record record;
    while (take_piece(block, &record.key) && take_piece(block, &record.value))
        records.push_back(record);
    loaded(std::move(records));
}

}  // namespace kumquat::platform::web
