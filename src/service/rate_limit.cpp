#include "service/rate_limit.h"

#include <iterator>

namespace kumquat::service {

std::optional<std::int64_t> RateLimit::take(UserKey user, TimeMs now) {
    sweep(now);
    std::deque<TimeMs>& times = taken_[user];
    forget_old(times, now);
    if (static_cast<std::int64_t>(times.size()) >= limit_)
        return times.front().value() + window_ms_ - now.value();
    times.push_back(now);
    return std::nullopt;
}

// The clock may have been set back: what then lies ahead would block the user for as long.
void RateLimit::forget_old(std::deque<TimeMs>& times, TimeMs now) const {
    while (!times.empty() && times.front().value() + window_ms_ <= now.value())
        times.pop_front();
    while (!times.empty() && times.back() > now)
        times.pop_back();
}

// Once per window, so that whoever came once is not remembered for ever.
void RateLimit::sweep(TimeMs now) {
    if (now >= swept_ && now.value() - swept_.value() < window_ms_) return;
    swept_ = now;
    for (auto at = taken_.begin(); at != taken_.end();) {
        forget_old(at->second, now);
        at = at->second.empty() ? taken_.erase(at) : std::next(at);
    }
}

}  // namespace kumquat::service
