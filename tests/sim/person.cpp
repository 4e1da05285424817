#include "sim/person.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace kumquat::sim {

using client::SignInPhase;

Person::Person(EventQueue& queue, Rng rng, Home& home, Browser& browser, Ledger& ledger,
               std::string name, std::vector<std::string> peers)
    : queue_(queue),
      rng_(rng),
      home_(home),
      browser_(browser),
      ledger_(ledger),
      name_(std::move(name)),
      peers_(std::move(peers)),
      salt_(rng_.next() % 1'000'000) {}

void Person::reload() {
    close_tab();
    client::Settings settings;
    settings.device = DeviceId(1 + rng_.below(kIntegerMax));
    settings.random_seed = rng_.next();
    pages_.push_back(std::make_unique<Page>(queue_, home_, browser_, ledger_, storage_, settings));
    page_ = pages_.back().get();
    page_->start();
}

void Person::close_tab() {
    if (page_ != nullptr) page_->die();
}

bool Person::signed_in() const {
    return page_->model().sign_in.phase == SignInPhase::kSignedIn;
}

UserId Person::peer() {
    return *UserId::parse(
        peers_[static_cast<std::size_t>(rng_.below(static_cast<std::int64_t>(peers_.size())))]);
}

template <typename Map>
UserId Person::any_of(const Map& people) {
    const auto index = rng_.below(static_cast<std::int64_t>(people.size()));
    return std::next(people.begin(), index)->first;
}

void Person::act() {
    if (!signed_in()) return come_back();
    const std::int64_t what = rng_.below(100);
    if (what < 30) return write();
    if (what < 40) return change_message();
    if (what < 48) return add_friend();
    if (what < 62) return change_people();
    if (what < 68) return settle_chat();
    if (what < 69) return look_at_sessions();
    if (what < 88) return look_around();
    if (what < 91) return tidy_failed();
    if (what < 94) return page_->command(client::SetVisible{rng_.percent(50)});
    if (what < 98) return reload();
    if (what < 99) return page_->command(client::RetryNow{});
    page_->command(client::SignOut{});
}

void Person::come_back() {
    if (!page_->alive()) return reload();
    const auto& model = page_->model();
    switch (model.sign_in.phase) {
        case SignInPhase::kSignedOut: {
            client::SignIn wish;
            wish.user_id = name_;
            wish.nick = "的" + name_;
            return page_->command(wish);
        }
        case SignInPhase::kSigningIn:
            return;
        case SignInPhase::kEnded:
            return page_->command(client::LeaveEndedSession{});
        case SignInPhase::kSignedIn:
            if (!model.visible) page_->command(client::SetVisible{true});
            return;
    }
}

bool Person::settled() const {
    return signed_in() && page_->model().connection.phase == client::ConnectionPhase::kLive &&
           page_->model().loaded;
}

// Every text is another, so that one that is stored twice or shown at the wrong place is found.
void Person::write() {
    const std::int64_t count = rng_.percent(10) ? rng_.between(2, 6) : 1;
    const ConversationId to = ConversationId::with(peer());
    if (rng_.percent(30)) page_->command(client::OpenConversation{to});
    if (rng_.percent(20)) page_->command(client::SetTyping{to, true});
    if (home_.codec() && rng_.percent(20)) return send_pictures(to);
    for (std::int64_t i = 0; i < count; ++i) {
        std::string text = name_ + "-" + std::to_string(salt_) + "-" + std::to_string(++written_) +
                           " 你好 \"👋\"\n";
        if (rng_.percent(5)) text += std::string(static_cast<std::size_t>(rng_.below(3000)), 'x');
        page_->command(client::SendText{to, text, ""});
    }
}

// No two are of the same size, so that one that is stored twice is found.
client::LocalPicture Person::pick_picture() {
    client::LocalPicture picture;
    picture.key = name_ + "-" + std::to_string(salt_) + "-" + std::to_string(++written_);
    picture.format = 3;  // what the browser home finds in picture::png_of()
    const std::int64_t bytes = ledger_.new_picture_bytes();
    picture.renditions[0] = {800, 600, bytes};
    const bool small = rng_.percent(50);
    for (std::size_t i = 1; i < picture.renditions.size(); ++i) {
        picture.renditions[i] = picture.renditions[i - 1];
        if (!small) picture.renditions[i].width /= 2;
    }
    browser_.keep_picture(*UserId::parse(name_), picture.key);
    return picture;
}

void Person::send_pictures(const ConversationId& to) {
    client::SendPictures wish;
    wish.conversation = to;
    const std::int64_t count = rng_.percent(20) ? rng_.between(2, 4) : 1;
    for (std::int64_t i = 0; i < count; ++i)
        wish.pictures.push_back(pick_picture());
    if (rng_.percent(30))
        wish.caption = name_ + "-" + std::to_string(salt_) + "-" + std::to_string(++written_);
    page_->command(wish);
}

void Person::add_friend() {
    client::AddFriend wish;
    wish.user_id = peer().text();
    wish.remark = "remark of " + name_;
    wish.open = rng_.percent(50);
    page_->command(wish);
}

// Both tabs of a person may do the same at once, and the other side as well.
void Person::change_people() {
    const auto& model = page_->model();
    switch (rng_.below(8)) {
        case 0:
        case 1:
            if (!model.received.empty())
                page_->command(client::AcceptFriend{any_of(model.received), "accepted", ""});
            return;
        case 2:
            if (!model.received.empty())
                page_->command(client::RefuseFriend{any_of(model.received)});
            return;
        case 3:
            if (!model.sent.empty()) page_->command(client::WithdrawFriend{any_of(model.sent)});
            return;
        case 4:
            return page_->command(client::ReadFriendRequests{});
        case 5:
            // Mostly nobody is blocked: else nobody would hear anything of anybody.
            if (!model.blocked.empty())
                return page_->command(client::UnblockUser{any_of(model.blocked)});
            if (rng_.percent(30)) page_->command(client::BlockUser{peer()});
            return;
        case 6:
            return change_profile();
        default:
            return change_friend();
    }
}

void Person::change_friend() {
    const auto& friends = page_->model().friends;
    if (friends.empty()) return;
    const UserId user = any_of(friends);
    if (rng_.percent(30)) return page_->command(client::DeleteFriend{user});
    client::UpdateFriend wish;
    wish.user_id = user;
    if (rng_.percent(70)) wish.remark = name_ + " says " + std::to_string(++changed_);
    if (rng_.percent(50)) wish.group = rng_.percent(50) ? "group" : "";
    page_->command(wish);
}

void Person::change_profile() {
    using proto::AllowType;
    client::UpdateProfile wish;
    if (rng_.percent(50)) wish.nick = name_ + " is " + std::to_string(++changed_);
    if (rng_.percent(50)) {
        wish.allow = rng_.percent(60)   ? AllowType::kConfirm
                     : rng_.percent(80) ? AllowType::kAny
                                        : AllowType::kDeny;
    }
    if (rng_.percent(20)) wish.friends_only = rng_.percent(20);
    page_->command(wish);
    if (home_.codec() && rng_.percent(40)) {
        client::SetAvatar avatar;
        if (rng_.percent(70)) avatar.picture = pick_picture();
        page_->command(avatar);
    }
}

void Person::settle_chat() {
    const ConversationId chat = ConversationId::with(peer());
    const auto* known = page_->model().find(chat);
    switch (rng_.below(6)) {
        case 0:
        case 1:
            return page_->command(client::SetConversation{chat, rng_.percent(50), std::nullopt});
        case 2:
            return page_->command(client::SetConversation{chat, std::nullopt, rng_.percent(50)});
        case 3:
        case 4:
            return page_->command(
                client::SetDraft{chat, rng_.percent(50) ? "a draft of " + name_ : ""});
        default:
            if (known == nullptr) return;
            for (const auto& echo : known->echoes)
                ledger_.discarded(echo.client_id);
            page_->command(client::DeleteConversation{chat});
    }
}

void Person::change_message() {
    const auto* chat = page_->model().find(ConversationId::with(peer()));
    if (chat == nullptr || chat->timeline.empty()) return;
    const auto& messages = chat->timeline.messages();
    // Mostly one of the last: those that others look at too.
    const auto size = static_cast<std::int64_t>(messages.size());
    const std::int64_t back = rng_.below(rng_.percent(70) ? std::min<std::int64_t>(size, 4) : size);
    const proto::Message& message = *messages[static_cast<std::size_t>(size - 1 - back)];
    const ConversationId id = chat->id;
    const Seq seq = message.seq;
    const std::string text =
        name_ + "-" + std::to_string(salt_) + "-" + std::to_string(++written_) + " again";
    switch (rng_.below(7)) {
        case 0:
            return page_->command(client::RecallMessage{id, seq});
        case 1:
            if (message.body.type == proto::kTextType)
                page_->command(client::EditMessage{id, seq, text});
            return;
        case 2:
            return page_->command(client::DeleteMessages{id, {seq}});
        case 3:
            return page_->command(client::PinMessage{id, seq, rng_.percent(60)});
        case 4:
            return page_->command(client::SendText{id, text, "", seq});
        default:
            return page_->command(
                client::SetReaction{id, seq, rng_.percent(50) ? "👍" : "🍊", rng_.percent(70)});
    }
}

void Person::look_at_sessions() {
    const auto& sessions = page_->model().sessions;
    if (!sessions || sessions->empty() || rng_.percent(30))
        return page_->command(client::LoadSessions{});
    const auto index = rng_.below(static_cast<std::int64_t>(sessions->size()));
    page_->command(client::EndSession{(*sessions)[static_cast<std::size_t>(index)].id});
}

void Person::look_around() {
    const auto& model = page_->model();
    if (!model.open || rng_.percent(30))
        return page_->command(client::OpenConversation{ConversationId::with(peer())});
    const auto* open = model.find(*model.open);
    if (open == nullptr) return;
    switch (rng_.below(6)) {
        case 0:
            return page_->command(client::LoadOlder{open->id});
        case 1:
            return page_->command(client::LoadNewest{open->id});
        case 2:
            if (open->last_seq)
                page_->command(
                    client::LoadAround{open->id, Seq(rng_.between(1, open->last_seq.value()))});
            return;
        default:
            // Mostly to the end, sometimes to the middle.
            if (!open->timeline.empty()) {
                const Seq last = open->timeline.last_seq();
                const Seq first = open->timeline.first_seq();
                const Seq seq =
                    rng_.percent(70) ? last : Seq(rng_.between(first.value(), last.value()));
                page_->command(client::MarkVisible{open->id, seq});
            }
            return;
    }
}

void Person::tidy_failed() {
    for (const auto& [id, conversation] : page_->model().conversations) {
        for (const auto& echo : conversation.echoes) {
            if (echo.state != client::MessageState::kFailed) continue;
            const ClientMessageId client_id = echo.client_id;
            if (rng_.percent(50)) {
                ledger_.retried(client_id);
                return page_->command(client::RetryMessage{client_id});
            }
            ledger_.discarded(client_id);
            return page_->command(client::DiscardMessage{client_id});
        }
    }
}

}  // namespace kumquat::sim
