// How often a person may do something that costs others: in memory only, and outside the batches,
// so that a batch can be repeated.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <unordered_map>

#include "base/ids.h"

namespace kumquat::service {

class RateLimit {
  public:
    /// At most `limit` times within any `window_ms`.
    RateLimit(std::int64_t limit, std::int64_t window_ms) : limit_(limit), window_ms_(window_ms) {}

    /// Empty: done once more, and counted. Else not counted, and so many milliseconds from now the
    /// next is allowed.
    std::optional<std::int64_t> take(UserKey user, TimeMs now);
    /// Users who are remembered.
    std::size_t size() const { return taken_.size(); }

  private:
    void forget_old(std::deque<TimeMs>& times, TimeMs now) const;
    void sweep(TimeMs now);

    const std::int64_t limit_;
    const std::int64_t window_ms_;
    /// Never empty lists, oldest first.
    std::unordered_map<UserKey, std::deque<TimeMs>> taken_;
    TimeMs swept_;
};

}  // namespace kumquat::service
