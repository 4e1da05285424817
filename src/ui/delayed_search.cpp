#include "ui/delayed_search.h"

namespace kumquat::ui {

namespace {

constexpr double kPauseMs = 200;

}  // namespace

void DelayedSearch::want(Frame& frame, const client::SearchQuery& query) {
    if (!wanted_ || query_ != query) {
        wanted_ = true;
        asked_ = false;
        query_ = query;
        changed_ms_ = frame.now_ms;
    }
    // It went with the session that had asked.
    bool idle = frame.model.search(query_.scope()).phase == client::SearchPhase::kIdle;
    if (idle) asked_ = false;
    if (asked_) return;
    if (frame.now_ms < changed_ms_ + kPauseMs) {
        frame.change_at(changed_ms_ + kPauseMs);
        return;
    }
    asked_ = true;
    frame.command(client::SearchMessages{query_});
}

void DelayedSearch::end(Frame& frame) {
    if (asked_ && answered(frame.model)) frame.command(client::EndSearch{query_.scope()});
    *this = DelayedSearch();
}

bool DelayedSearch::answered(const client::Model& model) const {
    const client::SearchState& search = model.search(query_.scope());
    return asked_ && search.phase != client::SearchPhase::kIdle && search.query == query_;
}

}  // namespace kumquat::ui
