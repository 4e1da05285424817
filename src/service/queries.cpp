#include "service/queries.h"

#include <utility>
#include <variant>

#include "base/limits.h"
#include "service/cursor.h"
#include "service/feed.h"
#include "service/handlers.h"
#include "service/to_proto.h"

namespace kumquat::service {
namespace {

constexpr std::int64_t kReadRetryMs = 1000;

// Reading has changed nothing, so trying again is always allowed.
Error with_retry(Error error) {
    if (!error.retry_after_ms) error.retry_after_ms = kReadRetryMs;
    return error;
}

proto::Reply snapshot_reply(const store::SnapshotPage& page) {
    proto::SyncReply reply;
    reply.reset = true;
    reply.number = page.number;
    reply.more = page.next.has_value();
    if (page.next) reply.cursor = cursor_text(*page.next);
    for (const auto& friendship : page.friends)
        reply.friends.push_back(to_proto(friendship));
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
    store.read_snapshot(query, [answer = std::move(answer)](Result<store::SnapshotPage> page) {
        if (!page) return answer(with_retry(page.error()));
        answer(snapshot_reply(*page));
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
                        answer(proto::Reply(
                            proto::FindUserReply{to_proto((*found)->user), (*found)->is_friend}));
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
    }
    query.seq = request.seq;
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

}  // namespace

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

void run_query(store::Store& store, const Work& work, Answer answer) {
    const UserKey user = work.session->user;
    if (const auto* sync = std::get_if<proto::Sync>(&work.request))
        return run_sync(store, *sync, user, std::move(answer));
    if (std::holds_alternative<proto::FindUser>(work.request))
        return run_find_user(store, work, std::move(answer));
    const auto* history = std::get_if<proto::GetHistory>(&work.request);
    KUMQUAT_CHECK(history != nullptr);
    run_get_history(store, *history, work, std::move(answer));
}

}  // namespace kumquat::service
