// Who may upload at the same time: so many in all, so many of one person; and the way to tell them
// that the server stops.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "base/ids.h"
#include "base/result.h"
#include "server/config.h"
#include "server/metrics.h"

namespace kumquat::server {

/// Thread-safe. Outlives its places.
class UploadPlaces {
  public:
    /// One upload's; given back by its end.
    class Place {
      public:
        explicit Place(UploadPlaces& places) : places_(places) {}
        ~Place() { places_.leave(*this); }
        Place(const Place&) = delete;
        Place& operator=(const Place&) = delete;

        /// Counts it as one of `person`'s. At most once. Errors: kTooManyRequests.
        Status claim(UserKey person) { return places_.claim(*this, person); }

      private:
        friend class UploadPlaces;
        UploadPlaces& places_;
        UserKey person_;
    };

    /// Both outlive it.
    UploadPlaces(const Bounds& bounds, Metrics& metrics) : bounds_(bounds), metrics_(metrics) {}

    /// `stop` is called on any thread when the server stops, and must return at once. Errors:
    /// kOverloaded, kUnavailable when the server stops.
    Result<std::unique_ptr<Place>> enter(std::function<void()> stop);
    /// Lets nobody in any more and tells those who are here.
    void stop();
    bool empty() const;

  private:
    Status claim(Place& place, UserKey person);
    void leave(const Place& place);

    const Bounds& bounds_;
    Metrics& metrics_;
    mutable std::mutex mutex_;
    bool stopping_ = false;
    std::unordered_map<const Place*, std::function<void()>> stops_;
    std::unordered_map<UserKey, std::size_t> of_person_;
};

}  // namespace kumquat::server
