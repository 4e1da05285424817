#include "service/search.h"

#include <algorithm>
#include <memory>
#include <utility>

#include "base/fold.h"
#include "base/limits.h"
#include "service/cursor.h"
#include "service/handlers.h"
#include "service/to_proto.h"
#include "store/page_budget.h"

namespace kumquat::service {
namespace {

// Steps of a page: about a third of a second, then the person sees what there is so far.
constexpr int kSteps = static_cast<int>(300 / limits::kSearchStepMs);

store::SearchQuery query_of(const proto::SearchMessages& request, UserKey user) {
    store::SearchQuery query;
    query.viewer = user;
    if (request.conversation) query.peer = request.conversation->peer();
    query.text = fold_case(request.text);
    if (request.pictures) {
        query.type = proto::kImageType;
    } else if (!request.text.empty()) {
        query.type = proto::kTextType;
    }
    query.since = request.since;
    query.until = request.until;
    if (!request.cursor.empty()) query.cursor = *parse_search_cursor(request.cursor);
    query.limit = std::min(request.limit, limits::kPageEntries);
    query.bytes_max = limits::kPageBytes;
    return query;
}

// One page under way. Keeps itself alive through the callbacks that it waits for.
class Search : public std::enable_shared_from_this<Search> {
  public:
    Search(store::Store& store, const proto::SearchMessages& request, UserKey user, Answer answer)
        : store_(store),
          query_(query_of(request, user)),
          from_(request.from),
          nothing_fits_(request.pictures && !request.text.empty()),
          answer_(std::move(answer)) {}

    void start() {
        if (!query_.peer) return find_sender();
        find(*query_.peer, ErrorCode::kUnknownConversation, "conversation",
             [](Search& self, const store::UserRow&) { self.find_sender(); });
    }

  private:
    void find_sender() {
        if (from_.empty()) return step();
        find(*UserId::parse(from_), ErrorCode::kUnknownUser, "from",
             [](Search& self, const store::UserRow& user) {
                 self.query_.from = user.key;
                 self.step();
             });
    }

    void find(const UserId& id, ErrorCode unknown, const char* field,
              void (*then)(Search& self, const store::UserRow& user)) {
        store_.find_user(query_.viewer, id,
                         [self = shared_from_this(), unknown, field,
                          then](Result<std::optional<store::FoundUser>> found) {
                             if (!found) return self->answer_(with_retry(found.error()));
                             if (!*found) return self->answer_(Error{unknown, field});
                             then(*self, (*found)->user);
                         });
    }

    void step() {
        // A picture has no text.
        if (nothing_fits_) return finish(std::nullopt);
        ++steps_;
        store_.search(query_, [self = shared_from_this()](Result<store::SearchStep> step) {
            if (!step) return self->answer_(with_retry(step.error()));
            self->on_step(*step);
        });
    }

    void on_step(const store::SearchStep& step) {
        for (const store::StoredHit& hit : step.hits) {
            reply_.hits.push_back(
                {ConversationId::with(hit.peer), to_proto(hit.message, query_.viewer)});
            query_.bytes_taken += store::encoded_bytes(hit);
        }
        query_.limit -= static_cast<std::int64_t>(step.hits.size());
        if (!step.next || step.full || query_.limit <= 0 || steps_ == kSteps)
            return finish(step.next);
        query_.cursor = step.next;
        this->step();
    }

    // Of the place's own moment there may be more.
    void finish(std::optional<store::SearchPlace> next) {
        reply_.more = next.has_value();
        reply_.reached = next ? TimeMs(next->time.value() + 1) : query_.since;
        if (next) reply_.cursor = cursor_text(*next);
        answer_(proto::Reply(std::move(reply_)));
    }

    store::Store& store_;
    store::SearchQuery query_;
    const std::string from_;
    const bool nothing_fits_;
    const Answer answer_;
    proto::SearchMessagesReply reply_;
    int steps_ = 0;
};

}  // namespace

Status check_search_messages(const proto::SearchMessages& request, Work& work) {
    if (request.conversation) {
        KUMQUAT_TRY(
            check_conversation(*request.conversation, work, ErrorCode::kUnknownConversation));
    }
    KUMQUAT_TRY(check_length(request.text, limits::kSearchTextBytes, "text"));
    if (!request.from.empty() && !UserId::parse(request.from))
        return Error{ErrorCode::kUnknownUser, "from"};
    if (request.since.value() < 0) return Error{ErrorCode::kBadField, "since_ms"};
    if (request.until.value() < 0) return Error{ErrorCode::kBadField, "until_ms"};
    if (!request.cursor.empty()) KUMQUAT_TRY(parse_search_cursor(request.cursor));
    if (request.limit <= 0) return Error{ErrorCode::kBadField, "limit"};
    return Status();
}

void run_search(store::Store& store, const proto::SearchMessages& request, UserKey user,
                Answer answer) {
    std::make_shared<Search>(store, request, user, std::move(answer))->start();
}

}  // namespace kumquat::service
