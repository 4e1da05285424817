#include "sim/ledger.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "base/check.h"
#include "proto/codec.h"

namespace kumquat::sim {
namespace {

std::string name_of(const ClientMessageId& id) {
    return std::to_string(id.device.value()) + "/" + std::to_string(id.counter);
}

// What an entry is about, and everything of it that stays for ever. An entry shows the state of
// now, so a nick, a remark or whether there still is a friendship may be another when it is read
// back.
std::string subject_of(const proto::Event& event) {
    struct Subject {
        // What can become of it is another thing.
        std::string operator()(const proto::MessageEvent& what) const {
            return "message " + place(what.conversation, what.message.seq) + " of " +
                   what.message.from.text() + " at " + std::to_string(what.message.time.value());
        }
        std::string operator()(const proto::MessageChangedEvent& what) const {
            return "changed " + place(what.conversation, what.message.seq) + ", unread " +
                   std::to_string(what.unread);
        }
        std::string operator()(const proto::MessageDeletedEvent& what) const {
            return "deleted " + place(what.conversation, what.seq) + ", unread " +
                   std::to_string(what.unread);
        }
        std::string operator()(const proto::PinsEvent& what) const {
            return "pins of " + what.conversation.text();
        }
        static std::string place(const ConversationId& conversation, Seq seq) {
            return conversation.text() + "/" + std::to_string(seq.value());
        }
        std::string operator()(const proto::ReadEvent& what) const {
            return proto::encode(proto::ServerFrame(proto::Event{FeedNumber(1), what}));
        }
        std::string operator()(const proto::FriendEvent& what) const {
            return "friend " + what.changed.profile.user_id.text();
        }
        std::string operator()(const proto::FriendGoneEvent& what) const {
            return "friend " + what.user_id.text();
        }
        std::string operator()(const proto::FriendRequestEvent& what) const {
            return request(what.changed.peer.user_id, what.changed.incoming);
        }
        std::string operator()(const proto::FriendRequestGoneEvent& what) const {
            return request(what.peer, what.incoming);
        }
        std::string operator()(const proto::BlockEvent& what) const {
            return "block " + what.profile.user_id.text();
        }
        std::string operator()(const proto::ProfileEvent& what) const {
            return "profile " + what.changed.user_id.text();
        }
        std::string operator()(const proto::AccountEvent& what) const {
            return "account " + what.changed.profile.user_id.text();
        }
        std::string operator()(const proto::ConversationEvent& what) const {
            return "conversation " + what.conversation.text();
        }
        static std::string request(const UserId& peer, bool incoming) {
            return (incoming ? "request of " : "request to ") + peer.text();
        }
    };
    return std::visit(Subject(), event.what);
}

std::string what_was_sent(const std::string& text, const std::optional<proto::Image>& image) {
    return image ? "picture of " + std::to_string(image->renditions.front().size) + " bytes" : text;
}

std::optional<proto::Image> image_of(const store::MessageRow& row) {
    return row.type == proto::kImageType ? proto::read_image(row.content) : std::nullopt;
}

// What the person has sent, whatever IDs its pictures have got.
std::string what_was_sent(const store::MessageRow& row) {
    return what_was_sent(row.content, image_of(row));
}

}  // namespace

void Ledger::fail(std::string what) {
    // The first few say what is wrong; the rest follows from them.
    if (failures_.size() < 20) failures_.push_back(std::move(what));
}

void Ledger::acknowledged(const UserId& user, const proto::SendMessage& request,
                          const proto::SendMessageReply& reply) {
    const auto [found, fresh] =
        acknowledged_.try_emplace(Owned(user, request.client_id), Acknowledged{request, reply});
    if (!fresh &&
        (found->second.reply.seq != reply.seq || found->second.reply.time != reply.time)) {
        fail(user.text() + ": message " + name_of(request.client_id) +
             " was acknowledged twice, differently");
    }
}

void Ledger::told(const UserId& user, const proto::Event& event) {
    const std::string text = subject_of(event);
    const auto [found, fresh] = told_.try_emplace({user, event.number}, text);
    if (!fresh && found->second != text) {
        fail(user.text() + ": entry " + std::to_string(event.number.value()) + " was told as " +
             found->second + " and as " + text);
    }
}

void Ledger::kept(const UserId& user, const client::OutboxEntry& entry) {
    if (entry.conversation.peer() == user) fail(user.text() + " writes to themselves");
}

bool Ledger::durable(const UserId& user, const ClientMessageId& id) {
    const auto row = state_.user(user);
    return row && state_.sent(row->key, id).has_value();
}

void Ledger::given_up(const UserId& user, const ClientMessageId& id) {
    if (discarded_.count(id) == 0 && !durable(user, id)) {
        fail(user.text() + ": message " + name_of(id) + " was given up before it was durable");
    }
}

void Ledger::check_store(const std::vector<UserId>& users) {
    check_acknowledged();
    contents_.clear();
    std::vector<UserKey> keys;
    for (const UserId& user : users) {
        if (const auto row = state_.user(user)) keys.push_back(row->key);
        check_feed(user);
    }
    for (std::size_t i = 0; i < keys.size(); ++i) {
        for (std::size_t j = i + 1; j < keys.size(); ++j)
            check_conversation(keys[i], keys[j]);
    }
}

void Ledger::check_acknowledged() {
    for (const auto& [owned, promise] : acknowledged_) {
        const auto& [user, id] = owned;
        const auto row = state_.user(user);
        const auto message = row ? state_.sent(row->key, id) : std::nullopt;
        if (!message) {
            fail(user.text() + ": acknowledged message " + name_of(id) +
                 " is lost: " + promise.request.body.content.substr(0, 40));
        } else if (message->seq != promise.reply.seq || message->time != promise.reply.time ||
                   (!message->recalled && message->edits == 0 &&
                    what_was_sent(*message) !=
                        what_was_sent(promise.request.body.content, promise.request.body.image))) {
            fail(user.text() + ": acknowledged message " + name_of(id) + " is stored otherwise");
        }
    }
}

void Ledger::check_conversation(UserKey a, UserKey b) {
    const auto key = state_.direct(store::UserPair::of(a, b));
    if (!key) return;
    const auto conversation = state_.conversation(*key);
    Seq last;
    TimeMs time;
    std::map<std::pair<UserKey, DeviceId>, std::int64_t> counters;
    state_.messages_from(*key, Seq(1), [&](const store::MessageRow& row) {
        // What one tab has thrown away, another may have been about to send.
        if (retried_.count(row.client_id) == 0 && discarded_.count(row.client_id) == 0) {
            std::int64_t& counter = counters[{row.sender, row.client_id.device}];
            if (row.client_id.counter <= counter) {
                fail("not in the order written: " + name_of(row.client_id));
            }
            counter = row.client_id.counter;
        }
        if (row.seq != last.next()) fail("a hole before seq " + std::to_string(row.seq.value()));
        if (row.time < time) fail("time runs back at seq " + std::to_string(row.seq.value()));
        check_change(row, *conversation);
        const std::string sent = what_was_sent(row);
        if (!row.recalled && !contents_.insert(sent).second)
            fail("stored twice: " + sent.substr(0, 40));
        last = row.seq;
        time = row.time;
        return true;
    });
    if (!conversation || conversation->last_seq != last)
        fail("last_seq is not that of the last message");
    for (const UserKey user : {a, b}) {
        const auto member = state_.member(*key, user);
        if (member) check_unread(*member);
    }
}

void Ledger::check_change(const store::MessageRow& row, const store::ConversationRow& in) {
    const std::string where = "message " + std::to_string(row.seq.value()) + ": ";
    if (!row.recalled) return;
    if (!row.content.empty() || !row.reactions.empty() || row.edits != 0)
        fail(where + "recalled, and something is left of it");
    if (std::count(in.pins.begin(), in.pins.end(), row.seq) != 0)
        fail(where + "recalled, and still pinned");
}

Ledger::Names Ledger::names_of_pictures(const std::vector<UserId>& users) {
    Names names;
    std::vector<UserKey> keys;
    for (const UserId& user : users) {
        const auto row = state_.user(user);
        if (!row) continue;
        keys.push_back(row->key);
        if (!row->avatar.empty()) names[row->avatar].push_back(row->key);
    }
    const auto name_all = [&names](const store::MessageRow& row) {
        const auto image = image_of(row);
        if (!image) return true;
        std::set<BlobId> once;
        for (const proto::Rendition& rendition : image->renditions) {
            if (once.insert(rendition.id).second) names[rendition.id].push_back(row.sender);
        }
        return true;
    };
    for (std::size_t i = 0; i < keys.size(); ++i) {
        for (std::size_t j = i + 1; j < keys.size(); ++j) {
            const auto key = state_.direct(store::UserPair::of(keys[i], keys[j]));
            if (key) state_.messages_from(*key, Seq(1), name_all);
        }
    }
    return names;
}

void Ledger::check_pictures(const std::vector<UserId>& users, const Pictures& pictures,
                            bool swept) {
    const Names names = names_of_pictures(users);
    for (const auto& [id, owners] : names) {
        const auto row = state_.blob(id);
        if (!row) {
            fail("a picture that is named is forgotten: " + id.text());
            continue;
        }
        if (!pictures.has(id)) fail("a picture that is named has no bytes: " + id.text());
        for (const UserKey owner : owners) {
            if (row->owner != owner) fail("somebody names another's picture: " + id.text());
        }
    }
    for (const BlobId& id : pictures.made()) {
        const auto row = state_.blob(id);
        const auto named = names.find(id);
        const std::size_t count = named == names.end() ? 0 : named->second.size();
        if (row && row->references != static_cast<std::int64_t>(count))
            fail("picture " + id.text() + " knows of " + std::to_string(row->references) +
                 " names and has " + std::to_string(count));
        if (row && swept && count == 0) fail("an orphan is left: " + id.text());
    }
}

void Ledger::check_unread(const store::MemberRow& member) {
    std::int64_t unread = 0;
    state_.messages_from(member.conversation, std::max(member.read.next(), member.first_visible),
                         [&](const store::MessageRow& row) {
                             if (row.sender != member.user && !row.recalled &&
                                 !state_.hides(row.conversation, member.user, row.seq))
                                 ++unread;
                             return true;
                         });
    if (unread != member.unread) {
        fail("unread is " + std::to_string(member.unread) + " where " + std::to_string(unread) +
             " lie above the mark and are neither deleted nor recalled");
    }
}

void Ledger::check_feed(const UserId& user) {
    const auto row = state_.user(user);
    if (!row) return;
    FeedNumber last;
    state_.feed(row->key, FeedNumber(), [&](const store::FeedRow& entry) {
        if (entry.number != last.next())
            fail(user.text() + ": a hole before entry " + std::to_string(entry.number.value()));
        last = entry.number;
        return true;
    });
    const auto head = state_.head(row->key);
    if (head && head->last != last)
        fail(user.text() + ": the head of the feed is not its last entry");
    for (const auto& [key, text] : told_) {
        if (key.first == user && key.second > last)
            fail(user.text() + ": was told of an entry that is not there: " + text);
    }
}

}  // namespace kumquat::sim
