#include "service/queries.h"

#include <algorithm>
#include <tuple>
#include <utility>
#include <variant>
#include <vector>

#include "base/limits.h"
#include "base/stable_sort.h"
#include "service/cursor.h"
#include "service/feed.h"
#include "service/handlers.h"
#include "service/search.h"
#include "service/sessions.h"
#include "service/to_proto.h"

namespace kumquat::service {
namespace {

proto::Reply snapshot_reply(const store::SnapshotPage& page, UserKey viewer) {
    proto::SyncReply reply;
    reply.reset = true;
    reply.number = page.number;
    reply.more = page.next.has_value();
    if (page.next) reply.cursor = cursor_text(*page.next);
    if (page.self) reply.me = account_to_proto(*page.self);
    for (const auto& friendship : page.friends)
        reply.friends.push_back(to_proto(friendship));
    for (const auto& request : page.requests)
        reply.requests.push_back(to_proto(request, viewer));
    for (const auto& user : page.blocked)
        reply.blocked.push_back(to_proto(user));
    for (const auto& conversation : page.conversations)
        reply.conversations.push_back(to_proto(conversation));
    return reply;
}

void run_snapshot(store::Store& store, UserKey user, std::optional<store::SnapshotCursor> cursor,
                  Answer answer) {
    store::SnapshotQuery query;
    query.user = user;
    query.cursor = cursor;
    query.limit = limits::kPageEntries;
    query.bytes_max = limits::kPageBytes;
    store.read_snapshot(query,
                        [user, answer = std::move(answer)](Result<store::SnapshotPage> page) {
                            if (!page) return answer(with_retry(page.error()));
                            answer(snapshot_reply(*page, user));
                        });
}

proto::Reply tail_reply(FeedNumber since, const store::FeedPage& page) {
    proto::SyncReply reply;
    reply.number = page.items.empty() ? since : page.items.back().row.number;
    reply.more = page.more;
    for (const auto& item : page.items) {
        if (auto event = to_event(item)) reply.events.push_back(*std::move(event));
    }
    return reply;
}

void run_sync(store::Store& store, const proto::Sync& request, UserKey user, Answer answer) {
    if (!request.cursor.empty())
        return run_snapshot(store, user, *parse_cursor(request.cursor), std::move(answer));
    if (!request.since) return run_snapshot(store, user, std::nullopt, std::move(answer));

    store::FeedQuery query;
    query.user = user;
    query.since = *request.since;
    query.tail_max = limits::kFeedTailMax;
    query.limit = limits::kPageEntries;
    query.bytes_max = limits::kPageBytes;
    store.read_feed(query, [&store, user, since = *request.since,
                            answer = std::move(answer)](Result<store::FeedPage> page) {
        if (!page) return answer(with_retry(page.error()));
        if (page->too_far) return run_snapshot(store, user, std::nullopt, answer);
        answer(tail_reply(since, *page));
    });
}

void run_find_user(store::Store& store, const Work& work, Answer answer) {
    store.find_user(work.session->user, work.target,
                    [answer = std::move(answer)](Result<std::optional<store::FoundUser>> found) {
                        if (!found) return answer(with_retry(found.error()));
                        if (!*found) return answer(Error{ErrorCode::kUnknownUser, "user_id"});
                        const store::UserRow& user = (*found)->user;
                        answer(proto::Reply(proto::FindUserReply{
                            to_proto(user), (*found)->is_friend, to_proto(user.allow)}));
                    });
}

store::HistoryQuery history_query(const proto::GetHistory& request, const Work& work) {
    store::HistoryQuery query;
    query.viewer = work.session->user;
    query.peer = work.target;
    switch (request.anchor) {
        case proto::GetHistory::Anchor::kBefore:
            query.anchor = store::HistoryQuery::Anchor::kBefore;
            break;
        case proto::GetHistory::Anchor::kAfter:
            query.anchor = store::HistoryQuery::Anchor::kAfter;
            break;
        case proto::GetHistory::Anchor::kAround:
            query.anchor = store::HistoryQuery::Anchor::kAround;
            break;
        case proto::GetHistory::Anchor::kAt:
            query.anchor = store::HistoryQuery::Anchor::kAt;
            break;
    }
    query.seq = request.seq;
    query.time = request.time;
    query.limit = request.limit < limits::kPageEntries ? request.limit : limits::kPageEntries;
    query.bytes_max = limits::kPageBytes;
    return query;
}

// A conversation without messages is empty; one with nobody is an error.
void answer_empty_history(store::Store& store, const store::HistoryQuery& query,
                          const Answer& answer) {
    store.find_user(query.viewer, query.peer,
                    [answer](Result<std::optional<store::FoundUser>> found) {
                        if (!found) return answer(with_retry(found.error()));
                        if (!*found)
                            return answer(Error{ErrorCode::kUnknownConversation, "conversation"});
                        answer(proto::Reply(proto::GetHistoryReply{}));
                    });
}

void run_get_history(store::Store& store, const proto::GetHistory& request, const Work& work,
                     Answer answer) {
    const store::HistoryQuery query = history_query(request, work);
    store.read_history(
        query, [&store, query, answer = std::move(answer)](Result<store::HistoryPage> page) {
            if (!page) return answer(with_retry(page.error()));
            if (page->messages.empty() && !page->older && !page->newer)
                return answer_empty_history(store, query, answer);
            proto::GetHistoryReply reply;
            for (const auto& message : page->messages)
                reply.messages.push_back(to_proto(message, query.viewer));
            reply.older = page->older;
            reply.newer = page->newer;
            answer(proto::Reply(std::move(reply)));
        });
}

proto::SessionInfo session_info(const store::SessionRow& row, const Work& work,
                                const QueryMoment& moment) {
    proto::SessionInfo info;
    info.id = session_name(row.token);
    info.device_name = row.device_name;
    info.created = row.created;
    // The store learns of it once a day.
    info.last_seen = moment.connected.count(row.token) != 0 ? moment.now : row.last_seen;
    info.expires = row.expires;
    info.current = row.token == work.session->token;
    return info;
}

proto::Reply sessions_reply(const std::vector<store::SessionRow>& rows, const Work& work,
                            const QueryMoment& moment) {
    proto::ListSessionsReply reply;
    for (const store::SessionRow& row : rows) {
        if (row.expires > moment.now) reply.sessions.push_back(session_info(row, work, moment));
    }
    const auto order = [](const proto::SessionInfo& info) {
        return std::tuple(-info.last_seen.value(), !info.current, -info.created.value());
    };
    stable_sort(reply.sessions, [&](const auto& a, const auto& b) { return order(a) < order(b); });
    const auto most = static_cast<std::size_t>(limits::kSessionsListed);
    if (reply.sessions.size() > most) reply.sessions.resize(most);
    return proto::Reply(std::move(reply));
}

void run_list_sessions(store::Store& store, const Work& work, QueryMoment moment, Answer answer) {
    store.read_sessions(work.session->user,
                        [work, moment = std::move(moment),
                         answer = std::move(answer)](Result<std::vector<store::SessionRow>> rows) {
                            if (!rows) return answer(with_retry(rows.error()));
                            answer(sessions_reply(*rows, work, moment));
                        });
}

}  // namespace

Error with_retry(Error error) {
    constexpr std::int64_t kReadRetryMs = 1000;
    if (!error.retry_after_ms) error.retry_after_ms = kReadRetryMs;
    return error;
}

Status check_list_sessions(const proto::ListSessions&, Work&) {
    return Status();
}

Status check_sync(const proto::Sync& request, Work&) {
    if (request.since && request.since->value() < 0) return Error{ErrorCode::kBadField, "since"};
    if (!request.cursor.empty()) KUMQUAT_TRY(parse_cursor(request.cursor));
    return Status();
}

Status check_find_user(const proto::FindUser& request, Work& work) {
    const Result<UserId> target = UserId::parse(request.user_id);
    if (!target) return Error{ErrorCode::kUnknownUser, target.error().context};
    work.target = *target;
    return Status();
}

Status check_get_history(const proto::GetHistory& request, Work& work) {
    KUMQUAT_TRY(check_conversation(request.conversation, work, ErrorCode::kUnknownConversation));
    if (request.seq.value() < 0) return Error{ErrorCode::kBadField, "seq"};
    if (request.limit <= 0) return Error{ErrorCode::kBadField, "limit"};
    return Status();
}

void run_query(store::Store& store, const Work& work, QueryMoment moment, Answer answer) {
    const UserKey user = work.session->user;
    if (const auto* sync = std::get_if<proto::Sync>(&work.request))
        return run_sync(store, *sync, user, std::move(answer));
    if (std::holds_alternative<proto::FindUser>(work.request))
        return run_find_user(store, work, std::move(answer));
    if (std::holds_alternative<proto::ListSessions>(work.request))
        return run_list_sessions(store, work, std::move(moment), std::move(answer));
    if (const auto* search = std::get_if<proto::SearchMessages>(&work.request))
        return run_search(store, *search, user, std::move(answer));
    const auto* history = std::get_if<proto::GetHistory>(&work.request);
    KUMQUAT_CHECK(history != nullptr);
    run_get_history(store, *history, work, std::move(answer));
}

}  // namespace kumquat::service
