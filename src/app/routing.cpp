#include "app/routing.h"

#include <utility>

#include "ui/layout.h"
#include "ui/share_link.h"

namespace kumquat::app {

namespace {

constexpr std::string_view kSecondTab = "second=";

std::optional<ConversationId> parse(std::string_view fragment) {
    Result<ConversationId> id = ConversationId::parse(fragment);
    if (!id) return std::nullopt;
    return *std::move(id);
}

}  // namespace

std::optional<ConversationId> Routing::start() {
    started_ = true;
    shown_ = history_.fragment();
    note_users();
    return parse(shown_);
}

void Routing::note_users() {
    std::string_view fragment = shown_;
    if (is_second_tab(fragment)) {
        Result<UserId> first = UserId::parse(fragment.substr(kSecondTab.size()));
        if (!first) return;
        first_user_ = *std::move(first);
    } else if (auto user = ui::shared_user(fragment)) {
        shared_user_ = std::move(user);
    } else {
        return;
    }
    history_.replace({});
    shown_.clear();
}

std::string Routing::second_tab(const UserId& user) {
    return std::string(kSecondTab) + user.text();
}

bool Routing::is_second_tab(std::string_view fragment) {
    return fragment.substr(0, kSecondTab.size()) == kSecondTab;
}

std::optional<UserId> Routing::take_first_user() {
    return std::exchange(first_user_, std::nullopt);
}

std::optional<UserId> Routing::take_shared_user() {
    return std::exchange(shared_user_, std::nullopt);
}

std::optional<ConversationId> Routing::on_fragment(std::string_view fragment) {
    shown_ = fragment;
    pushed_ = false;
    note_users();
    return parse(shown_);
}

void Routing::follow(const std::optional<ConversationId>& open, bool signed_in,
                     const platform::EnvironmentState& environment) {
    // While nobody is signed in the address keeps what it names.
    if (!signed_in && !started_) return;
    if (!started_) {
        shown_ = history_.fragment();
        note_users();
    }
    started_ = true;
    std::string wanted = open ? open->text() : std::string();
    if (wanted == shown_) return;
    // With one pane Back always leads to the list, never from chat to chat.
    bool from_list = shown_.empty();
    if (!wanted.empty() && (from_list || ui::make_layout(environment).two_columns)) {
        history_.push(wanted);
        pushed_ = from_list;
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
