// Looking for messages: one search in a chat and one over all of them, page by page.
//
// A reply may have less than a page, because the service has looked long enough: then the client
// asks on by itself until the page is full.
#include <utility>

#include "client/core/machine.h"

namespace kumquat::client {

void Client::Machine::command(const SearchMessages& wish) {
    if (model_.me.user_id.empty()) return;
    const SearchScope scope = wish.query.scope();
    SearchState& state = model_.search(scope) = SearchState();
    state.query = wish.query;
    state.phase = SearchPhase::kRunning;
    SearchWish search;
    search.number = ++search_number_;
    search.wanted = kSearchPage;
    search_wish(scope) = std::move(search);
    touch();
    if (wish.query.text.size() > limits::kSearchTextBytes)
        fail_search(scope, ErrorCode::kTextTooLong);
}

void Client::Machine::command(const SearchMore& wish) {
    SearchState& state = model_.search(wish.scope);
    if (state.phase != SearchPhase::kPaused && state.phase != SearchPhase::kFailed) return;
    SearchWish& search = *search_wish(wish.scope);
    search.wanted = kSearchPage;
    search.retry = Retry();
    state.phase = SearchPhase::kRunning;
    state.error.reset();
    touch();
}

void Client::Machine::command(const EndSearch& wish) {
    search_wish(wish.scope).reset();
    model_.search(wish.scope) = SearchState();
    touch();
}

void Client::Machine::send_searches() {
    send_search(SearchScope::kOneChat);
    send_search(SearchScope::kAllChats);
}

void Client::Machine::send_search(SearchScope scope) {
    const SearchState& state = model_.search(scope);
    if (state.phase != SearchPhase::kRunning) return;
    SearchWish& search = *search_wish(scope);
    if (search.in_flight || now_.monotonic_ms < search.retry.at_ms) return;
    const SearchQuery& query = state.query;
    proto::SearchMessages request;
    request.conversation = query.conversation;
    request.text = query.text;
    if (query.from) request.from = query.from->text();
    request.pictures = query.pictures;
    request.since = query.since;
    request.until = query.until;
    request.cursor = search.cursor;
    request.limit = search.wanted;
    search.in_flight = send(std::move(request), purpose::Search{search.number});
}

std::optional<SearchScope> Client::Machine::searching(std::int64_t number) const {
    for (const SearchScope scope : {SearchScope::kAllChats, SearchScope::kOneChat}) {
        const auto& search = searches_[static_cast<std::size_t>(scope)];
        if (search && search->number == number) return scope;
    }
    return std::nullopt;
}

void Client::Machine::on_found(SearchScope scope, const proto::SearchMessagesReply& reply) {
    SearchWish& wish = *search_wish(scope);
    wish.in_flight = false;
    // It would go round in a circle.
    if (reply.more && (reply.cursor.empty() || reply.cursor == wish.cursor))
        return fail_search(scope, ErrorCode::kBadFrame);
    wish.cursor = reply.cursor;
    wish.retry = Retry();
    wish.wanted -= static_cast<std::int64_t>(reply.hits.size());
    SearchState& search = model_.search(scope);
    search.hits.insert(search.hits.end(), reply.hits.begin(), reply.hits.end());
    search.reached = reply.reached;
    if (!reply.more || search.hits.size() >= kSearchHits) {
        search.phase = SearchPhase::kDone;
    } else if (wish.wanted <= 0) {
        search.phase = SearchPhase::kPaused;
    }
    touch();
}

void Client::Machine::on_search_error(SearchScope scope, const Error& error) {
    SearchWish& wish = *search_wish(scope);
    wish.in_flight = false;
    if (is_transient(error.code) && wish.retry.failures + 1 < kHistoryTries)
        return wait_longer(wish.retry, &error);
    fail_search(scope, error.code);
}

void Client::Machine::fail_search(SearchScope scope, ErrorCode code) {
    model_.search(scope).phase = SearchPhase::kFailed;
    model_.search(scope).error = code;
    touch();
}

}  // namespace kumquat::client
