// The friend requests: those that wait for one's own answer, and those that wait for others'.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "client/core/model.h"
#include "client/view/local_time.h"

namespace kumquat::client {

struct RequestRow {
    /// Stable: one person has one row in each list.
    UserId user_id;
    std::string name;
    std::string initials;
    std::uint32_t color = 0;
    BlobId avatar;
    /// The greeting, as written.
    std::string wording;
    TimeMs time;
    DateKind date = DateKind::kToday;
    /// Received only: it was not looked at before.
    bool fresh = false;
    /// The answer, or taking it back, is on its way.
    bool busy = false;
    /// Why that did not work.
    std::optional<ErrorCode> error;
};

struct RequestList {
    /// Both newest first.
    std::vector<RequestRow> received;
    std::vector<RequestRow> sent;
    /// Built from this; also depends on the local date.
    Revision list_revision = 0;
};

RequestList build_request_list(const Model& model, TimeMs now, const OffsetMinutes& offset);

}  // namespace kumquat::client
