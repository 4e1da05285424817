#include "client/view/session_rows.h"

#include <algorithm>

#include "base/stable_sort.h"

namespace kumquat::client {

SessionList build_session_list(const Model& model, TimeMs now, const OffsetMinutes& offset) {
    SessionList list;
    if (!model.sessions) {
        const TaskState* loading = model.find_task(Task::kSessions);
        if (loading && loading->error) {
            list.status = SessionList::Status::kFailed;
            list.error = loading->error;
        }
        return list;
    }
    list.status = SessionList::Status::kRows;
    for (const proto::SessionInfo& session : *model.sessions) {
        SessionRow row;
        row.id = session.id;
        row.device_name = session.device_name;
        row.last_seen = session.last_seen;
        row.date = date_kind(session.last_seen, now, offset);
        row.current = session.current;
        if (const TaskState* ending = model.find_task(Task::kEndSession, session.id)) {
            row.busy = !ending->error;
            row.error = ending->error;
        }
        list.rows.push_back(std::move(row));
    }
    stable_sort(list.rows, [](const SessionRow& a, const SessionRow& b) {
        if (a.current != b.current) return a.current;
        return a.last_seen > b.last_seen;
    });
    return list;
}

}  // namespace kumquat::client
