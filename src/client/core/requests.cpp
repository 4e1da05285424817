#include "client/core/requests.h"

#include <utility>

namespace kumquat::client {

RequestId Requests::add(Purpose purpose, std::int64_t deadline_ms) {
    last_id_ = last_id_.next();
    waiting_.emplace(last_id_, Waiting{std::move(purpose), deadline_ms});
    return last_id_;
}

std::optional<Purpose> Requests::take(RequestId id) {
    const auto found = waiting_.find(id);
    if (found == waiting_.end()) return std::nullopt;
    Purpose purpose = std::move(found->second.purpose);
    waiting_.erase(found);
    return purpose;
}

std::optional<std::int64_t> Requests::first_deadline_ms() const {
    std::optional<std::int64_t> first;
    for (const auto& [id, waiting] : waiting_) {
        if (!first || waiting.deadline_ms < *first) first = waiting.deadline_ms;
    }
    return first;
}

std::vector<Purpose> Requests::take_all() {
    std::vector<Purpose> purposes;
    for (auto& [id, waiting] : waiting_)
        purposes.push_back(std::move(waiting.purpose));
    waiting_.clear();
    return purposes;
}

}  // namespace kumquat::client
