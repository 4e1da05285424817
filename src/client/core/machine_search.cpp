// Looking for messages: one search at a time, page by page.
//
// A reply may have less than a page, because the service has looked long enough: then the client
// asks on by itself until the page is full.
#include <utility>

#include "client/core/machine.h"

namespace kumquat::client {

void Client::Machine::command(const SearchMessages& wish) {
    if (model_.me.user_id.empty()) return;
    model_.search = SearchState();
    model_.search.query = wish.query;
    model_.search.phase = SearchPhase::kRunning;
    SearchWish search;
    search.number = ++search_number_;
    search.wanted = kSearchPage;
    search_ = std::move(search);
    touch();
    if (wish.query.text.size() > limits::kSearchTextBytes) fail_search(ErrorCode::kTextTooLong);
}

void Client::Machine::command(const SearchMore&) {
    const SearchPhase phase = model_.search.phase;
    if (phase != SearchPhase::kPaused && phase != SearchPhase::kFailed) return;
    search_->wanted = kSearchPage;
    search_->retry = Retry();
    model_.search.phase = SearchPhase::kRunning;
    model_.search.error.reset();
    touch();
}

void Client::Machine::command(const EndSearch&) {
    search_.reset();
    model_.search = SearchState();
    touch();
}

void Client::Machine::send_search() {
    if (model_.search.phase != SearchPhase::kRunning || search_->in_flight) return;
    if (now_.monotonic_ms < search_->retry.at_ms) return;
    const SearchQuery& query = model_.search.query;
    proto::SearchMessages request;
    request.conversation = query.conversation;
    request.text = query.text;
    if (query.from) request.from = query.from->text();
    request.pictures = query.pictures;
    request.since = query.since;
    request.until = query.until;
    request.cursor = search_->cursor;
    request.limit = search_->wanted;
    search_->in_flight = send(std::move(request), purpose::Search{search_->number});
}

bool Client::Machine::is_searched(std::int64_t number) const {
    return search_ && search_->number == number;
}

void Client::Machine::on_found(const proto::SearchMessagesReply& reply) {
    SearchWish& wish = *search_;
    wish.in_flight = false;
    // It would go round in a circle.
    if (reply.more && (reply.cursor.empty() || reply.cursor == wish.cursor))
        return fail_search(ErrorCode::kBadFrame);
    wish.cursor = reply.cursor;
    wish.retry = Retry();
    wish.wanted -= static_cast<std::int64_t>(reply.hits.size());
    SearchState& search = model_.search;
    search.hits.insert(search.hits.end(), reply.hits.begin(), reply.hits.end());
    search.reached = reply.reached;
    if (!reply.more || search.hits.size() >= kSearchHits) {
        search.phase = SearchPhase::kDone;
    } else if (wish.wanted <= 0) {
        search.phase = SearchPhase::kPaused;
    }
    touch();
}

void Client::Machine::on_search_error(const Error& error) {
    search_->in_flight = false;
    if (is_transient(error.code) && search_->retry.failures + 1 < kHistoryTries)
        return wait_longer(search_->retry, &error);
    fail_search(error.code);
}

void Client::Machine::fail_search(ErrorCode code) {
    model_.search.phase = SearchPhase::kFailed;
    model_.search.error = code;
    touch();
}

}  // namespace kumquat::client
