#include "app/routing.h"

#include <utility>

#include "ui/layout.h"
#include "ui/share_link.h"

namespace kumquat::app {

namespace {

std::optional<ConversationId> parse(std::string_view fragment) {
    Result<ConversationId> id = ConversationId::parse(fragment);
    if (!id) return std::nullopt;
    return *std::move(id);
}

}  // namespace

std::optional<ConversationId> Routing::start() {
    started_ = true;
    shown_ = history_.fragment();
    note_shared_user();
    return parse(shown_);
}

void Routing::note_shared_user() {
    auto user = ui::shared_user(shown_);
    if (!user) return;
    shared_user_ = std::move(user);
    history_.replace({});
    shown_.clear();
}

std::optional<UserId> Routing::take_shared_user() {
    return std::exchange(shared_user_, std::nullopt);
}

std::optional<ConversationId> Routing::on_fragment(std::string_view fragment) {
    shown_ = fragment;
    pushed_ = false;
    note_shared_user();
    return parse(shown_);
}

void Routing::follow(const std::optional<ConversationId>& open, bool signed_in,
                     const platform::EnvironmentState& environment) {
    // While nobody is signed in the address keeps what it names.
    if (!signed_in && !started_) return;
    if (!started_) {
        shown_ = history_.fragment();
        note_shared_user();
    }
    started_ = true;
    std::string wanted = open ? open->text() : std::string();
    if (wanted == shown_) return;
    bool one_pane = !ui::make_layout(environment).two_columns;
    if (one_pane && shown_.empty() && !wanted.empty()) {
        history_.push(wanted);
        pushed_ = true;
    } else {
        history_.replace(wanted);
    }
    shown_ = wanted;
}

bool Routing::leave() {
    if (!pushed_) return false;
    pushed_ = false;
    history_.back();
    return true;
}

}  // namespace kumquat::app
