#include "client/view/request_rows.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "base/stable_sort.h"
#include "client/view/avatar.h"

namespace kumquat::client {
namespace {

RequestRow make_row(const Model& model, const proto::FriendRequest& request, TimeMs now,
                    const OffsetMinutes& offset) {
    const UserId& id = request.peer.user_id;
    RequestRow row;
    row.user_id = id;
    row.name = model.name_of(id);
    row.initials = avatar_initials(row.name, id.text());
    row.color = avatar_color(id.text());
    row.avatar = request.peer.avatar;
    row.wording = request.wording;
    row.time = request.time;
    row.date = date_kind(request.time, now, offset);
    row.fresh = request.incoming && !request.read;
    for (const Task task : {Task::kAcceptFriend, Task::kRefuseFriend, Task::kWithdrawFriend}) {
        const bool of_this_list = (task != Task::kWithdrawFriend) == request.incoming;
        const TaskState* state = model.find_task(task, id.text());
        if (!state || !of_this_list) continue;
        row.busy = row.busy || !state->error;
        if (state->error) row.error = state->error;
    }
    if (row.busy) row.error.reset();
    return row;
}

std::vector<RequestRow> rows_of(const Model& model,
                                const std::map<UserId, proto::FriendRequest>& requests, TimeMs now,
                                const OffsetMinutes& offset) {
    std::vector<RequestRow> rows;
    rows.reserve(requests.size());
    for (const auto& [id, request] : requests)
        rows.push_back(make_row(model, request, now, offset));
    stable_sort(rows, [](const RequestRow& a, const RequestRow& b) {
        return std::tie(b.time, a.user_id) < std::tie(a.time, b.user_id);
    });
    return rows;
}

}  // namespace

RequestList build_request_list(const Model& model, TimeMs now, const OffsetMinutes& offset) {
    RequestList list;
    list.received = rows_of(model, model.received, now, offset);
    list.sent = rows_of(model, model.sent, now, offset);
    list.list_revision = model.list_revision;
    return list;
}

}  // namespace kumquat::client
