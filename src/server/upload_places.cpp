#include "server/upload_places.h"

#include <utility>
#include <vector>

#include "base/check.h"

namespace kumquat::server {
namespace {

constexpr std::int64_t kRetryAfterMs = 1000;

}  // namespace

Result<std::unique_ptr<UploadPlaces::Place>> UploadPlaces::enter(std::function<void()> stop) {
    const std::lock_guard lock(mutex_);
    if (stopping_) return Error{ErrorCode::kUnavailable, "", kRetryAfterMs};
    if (stops_.size() >= bounds_.uploads)
        return Error{ErrorCode::kOverloaded, "uploads", kRetryAfterMs};
    auto place = std::make_unique<Place>(*this);
    stops_.emplace(place.get(), std::move(stop));
    ++metrics_.uploads_open;
    return place;
}

Status UploadPlaces::claim(Place& place, UserKey person) {
    const std::lock_guard lock(mutex_);
    KUMQUAT_CHECK(!place.person_);
    std::size_t& count = of_person_[person];
    if (count >= bounds_.uploads_of_person)
        return Error{ErrorCode::kTooManyRequests, "uploads", kRetryAfterMs};
    ++count;
    place.person_ = person;
    return {};
}

void UploadPlaces::leave(const Place& place) {
    const std::lock_guard lock(mutex_);
    stops_.erase(&place);
    --metrics_.uploads_open;
    if (!place.person_) return;
    const auto found = of_person_.find(place.person_);
    if (--found->second == 0) of_person_.erase(found);
}

void UploadPlaces::stop() {
    std::vector<std::function<void()>> stops;
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        for (const auto& [place, stop] : stops_)
            stops.push_back(stop);
    }
    for (const auto& stop : stops)
        stop();
}

bool UploadPlaces::empty() const {
    const std::lock_guard lock(mutex_);
    return stops_.empty();
}

}  // namespace kumquat::server
