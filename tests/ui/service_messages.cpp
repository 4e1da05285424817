// What the scripted service does about messages that are there: changes of them, pages of history,
// and searches.
#include <algorithm>
#include <utility>
#include <variant>

#include <gtest/gtest.h>

#include "page.h"

namespace kumquat::uitest {

namespace {

UserId user(const std::string& id) {
    Result<UserId> parsed = UserId::parse(id);
    EXPECT_TRUE(parsed.has_value()) << id;
    return parsed ? *parsed : UserId();
}

void set_reaction(proto::Message& message, const proto::SetReaction& wish, const UserId& me) {
    std::vector<proto::Reaction>& all = message.reactions;
    auto found = std::find_if(all.begin(), all.end(), [&](const proto::Reaction& reaction) {
        return reaction.emoji == wish.emoji;
    });
    if (wish.on && found == all.end()) {
        all.push_back({wish.emoji, {me}});
    } else if (wish.on) {
        found->users.push_back(me);
    } else if (found != all.end()) {
        std::vector<UserId>& users = found->users;
        users.erase(std::remove(users.begin(), users.end(), me), users.end());
        if (users.empty()) all.erase(found);
    }
}

}  // namespace

proto::Message* Service::message(const std::string& peer, std::int64_t seq) {
    std::vector<proto::Message>& all = history_[ConversationId::with(user(peer)).text()];
    if (seq < 1 || seq > static_cast<std::int64_t>(all.size())) return nullptr;
    return &all[static_cast<std::size_t>(seq) - 1];
}

void Service::tell_changed(const std::string& peer, const proto::Message& changed) {
    tell(proto::MessageChangedEvent{ConversationId::with(user(peer)), changed, 0});
}

void Service::add_history(const std::string& peer, int count, const std::string& text) {
    std::vector<proto::Message>& all = history_[ConversationId::with(user(peer)).text()];
    for (int i = 0; i < count; ++i) {
        proto::Message message;
        message.seq = Seq(static_cast<std::int64_t>(all.size()) + 1);
        message.from = user(peer);
        message.time = TimeMs(world_.clock.now().value() - (count - i) * 60'000);
        message.body = {proto::kTextType, text + " " + std::to_string(message.seq.value()), "", {}};
        all.push_back(message);
    }
}

proto::Quote Service::quote_of(const proto::Message& message) const {
    proto::Quote quote;
    quote.seq = message.seq;
    if (message.recalled || message.deleted) return quote;
    quote.from = message.from;
    quote.type = message.body.type;
    quote.text = message.body.content;
    return quote;
}

std::variant<proto::Reply, Error> Service::change(const proto::Request& request) {
    if (auto* recall = std::get_if<proto::RecallMessage>(&request)) {
        proto::Message& target = *message(recall->conversation.peer().text(), recall->seq.value());
        target.body = {proto::kGoneType, "{}", "", {}};
        target.recalled = true;
        tell_changed(recall->conversation.peer().text(), target);
        return proto::RecallMessageReply{target};
    }
    if (auto* edit = std::get_if<proto::EditMessage>(&request)) {
        proto::Message& target = *message(edit->conversation.peer().text(), edit->seq.value());
        target.body = edit->body;
        target.edits = edit->edits + 1;
        target.edited = world_.clock.now();
        tell_changed(edit->conversation.peer().text(), target);
        return proto::EditMessageReply{target};
    }
    if (auto* reaction = std::get_if<proto::SetReaction>(&request)) {
        proto::Message& target =
            *message(reaction->conversation.peer().text(), reaction->seq.value());
        set_reaction(target, *reaction, user(me));
        tell_changed(reaction->conversation.peer().text(), target);
        return proto::SetReactionReply{target};
    }
    if (auto* pin = std::get_if<proto::PinMessage>(&request)) {
        std::vector<proto::Quote>& pins = pins_[pin->conversation.text()];
        pins.erase(std::remove_if(pins.begin(), pins.end(),
                                  [&](const proto::Quote& quote) { return quote.seq == pin->seq; }),
                   pins.end());
        if (pin->pinned) {
            const proto::Message& target =
                *message(pin->conversation.peer().text(), pin->seq.value());
            pins.insert(pins.begin(), quote_of(target));
        }
        tell(proto::PinsEvent{pin->conversation, pins});
        return proto::PinMessageReply{pins};
    }
    const auto& erase = *std::get_if<proto::DeleteMessages>(&request);
    for (Seq seq : erase.seqs) {
        proto::Message& target = *message(erase.conversation.peer().text(), seq.value());
        target.body = {proto::kGoneType, "{}", "", {}};
        target.deleted = true;
        tell(proto::MessageDeletedEvent{erase.conversation, seq, 0});
    }
    return proto::DeleteMessagesReply{0};
}

proto::SearchMessagesReply Service::search(const proto::SearchMessages& request) const {
    proto::SearchMessagesReply reply;
    for (const auto& [id, messages] : history_) {
        if (request.conversation && request.conversation->text() != id) continue;
        for (auto at = messages.rbegin(); at != messages.rend(); ++at) {
            bool text = at->body.type == proto::kTextType &&
                        at->body.content.find(request.text) != std::string::npos;
            bool picture = at->body.type == proto::kImageType;
            bool from = request.from.empty() || at->from.text() == request.from;
            bool then = at->time >= request.since &&
                        (request.until == TimeMs() || at->time < request.until);
            if (from && then && (request.pictures ? picture : text)) {
                reply.hits.push_back({*ConversationId::parse(id), *at});
            }
        }
    }
    return reply;
}

proto::GetHistoryReply Service::page_of(const proto::GetHistory& request) {
    using Anchor = proto::GetHistory::Anchor;
    const std::vector<proto::Message>& all = history_[request.conversation.text()];
    std::int64_t size = static_cast<std::int64_t>(all.size());
    std::int64_t count = std::min(request.limit, page_entries);
    std::int64_t begin = 0;
    switch (request.anchor) {
        case Anchor::kBefore:
            begin = (request.seq ? request.seq.value() - 1 : size) - count;
            break;
        case Anchor::kAfter:
            begin = request.seq.value();
            break;
        case Anchor::kAround:
            begin = request.seq.value() - 1 - count / 2;
            break;
        case Anchor::kAt: {
            auto found = std::find_if(all.begin(), all.end(), [&](const proto::Message& message) {
                return message.time >= request.time;
            });
            begin = found - all.begin() - count / 2;
            break;
        }
    }
    std::int64_t end = std::clamp<std::int64_t>(begin + count, 0, size);
    begin = std::clamp<std::int64_t>(begin, 0, size);
    proto::GetHistoryReply reply;
    reply.messages.assign(all.begin() + begin, all.begin() + end);
    reply.older = begin > 0;
    reply.newer = end < size;
    return reply;
}

std::optional<std::variant<proto::Reply, Error>> Service::reply_about_messages(
    const proto::Request& request) {
    if (auto* wanted = std::get_if<proto::SearchMessages>(&request)) {
        return proto::Reply(search(*wanted));
    }
    bool changes = std::holds_alternative<proto::RecallMessage>(request) ||
                   std::holds_alternative<proto::EditMessage>(request) ||
                   std::holds_alternative<proto::DeleteMessages>(request) ||
                   std::holds_alternative<proto::SetReaction>(request) ||
                   std::holds_alternative<proto::PinMessage>(request);
    if (!changes) return std::nullopt;
    if (change_error) return Error{*change_error, ""};
    return change(request);
}

}  // namespace kumquat::uitest
