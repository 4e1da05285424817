#include "world/world_check.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "base/limits.h"
#include "base/utf8.h"
#include "picture/inspector.h"
#include "proto/codec.h"
#include "world/world_file.h"

namespace kumquat::world {
namespace {

using namespace store;

Error damaged(std::string what) {
    return Error{ErrorCode::kDataDamaged, "the rows do not fit together: " + std::move(what)};
}

Status require(bool sound, const char* what) {
    if (!sound) return damaged(what);
    return {};
}

bool is_text(const std::string& text, std::size_t bytes_max) {
    return text.size() <= bytes_max && is_valid_utf8(text);
}

bool is_count(std::int64_t value) {
    return value >= 0;
}

class WorldCheck {
  public:
    explicit WorldCheck(MemoryState& rows) : rows_(rows), counters_(rows.counters()) {}

    Status run() {
        KUMQUAT_TRY(
            require(counters_.next_user.value() >= 1 && counters_.next_conversation.value() >= 1,
                    "counters"));
        RowPlace place;
        while (!place.at_end) {
            const WriteSet part = rows_.rows_after(place, kWorldStepBytes);
            KUMQUAT_TRY(require(part.sessions.empty() && part.feed.empty(), "sessions or feed"));
            KUMQUAT_TRY(check_each(part.users));
            KUMQUAT_TRY(check_each(part.friends));
            KUMQUAT_TRY(check_each(part.friend_requests));
            KUMQUAT_TRY(check_each(part.blocks));
            for (const auto& [pair, key] : part.direct)
                KUMQUAT_TRY(check_direct(pair, key));
            KUMQUAT_TRY(check_each(part.conversations));
            KUMQUAT_TRY(check_each(part.members));
            KUMQUAT_TRY(check_each(part.messages));
            KUMQUAT_TRY(check_each(part.revisions));
            KUMQUAT_TRY(check_each(part.hidden));
            KUMQUAT_TRY(check_each(part.blobs));
            KUMQUAT_TRY(check_each(part.heads));
        }
        return check_counts();
    }

  private:
    template <typename Row>
    Status check_each(const std::vector<Row>& rows) {
        for (const Row& row : rows)
            KUMQUAT_TRY(check(row));
        return {};
    }

    bool is_user(UserKey key) { return rows_.user(key).has_value(); }
    bool are_two(UserKey a, UserKey b) { return a != b && is_user(a) && is_user(b); }

    Status check(const UserRow& row) {
        return require(row.key.value() >= 1 && row.key < counters_.next_user && !row.id.empty() &&
                           is_text(row.nick, limits::kNickBytes) && is_count(row.created.value()) &&
                           (row.avatar.empty() || rows_.blob(row.avatar)),
                       "a user");
    }
    Status check(const FriendRow& row) {
        return require(are_two(row.user, row.peer) && is_text(row.remark, limits::kRemarkBytes) &&
                           is_text(row.group, limits::kGroupNameBytes) &&
                           is_text(row.source, limits::kSourceBytes) &&
                           is_text(row.wording, limits::kWordingBytes) &&
                           is_count(row.added.value()),
                       "a friend");
    }
    Status check(const FriendRequestRow& row) {
        return require(
            are_two(row.requester, row.target) && is_text(row.wording, limits::kWordingBytes) &&
                is_text(row.source, limits::kSourceBytes) &&
                is_text(row.remark, limits::kRemarkBytes) &&
                is_text(row.group, limits::kGroupNameBytes) && is_count(row.time.value()),
            "a friend request");
    }
    Status check(const BlockRow& row) { return require(are_two(row.user, row.peer), "a block"); }
    Status check_direct(const UserPair& pair, ConversationKey key) {
        ++direct_;
        return require(pair.low < pair.high && are_two(pair.low, pair.high) &&
                           rows_.conversation(key) && rows_.member(key, pair.low) &&
                           rows_.member(key, pair.high) && pairs_.emplace(key, pair).second,
                       "a pair");
    }
    Status check(const ConversationRow& row) {
        ++conversations_;
        return require(row.key.value() >= 1 && row.key < counters_.next_conversation &&
                           is_count(row.last_seq.value()) && is_count(row.last_time.value()) &&
                           are_pins(row),
                       "a conversation");
    }
    bool are_pins(const ConversationRow& row) {
        const std::set<Seq> different(row.pins.begin(), row.pins.end());
        return row.pins.size() <= limits::kPins && different.size() == row.pins.size() &&
               std::all_of(different.begin(), different.end(),
                           [&](Seq seq) { return is_whole(row.key, seq); });
    }
    /// A message that is there and not recalled.
    bool is_whole(ConversationKey conversation, Seq seq) {
        const auto message = rows_.message(conversation, seq);
        return message && !message->recalled;
    }
    Status check(const MemberRow& row) {
        ++members_;
        const auto conversation = rows_.conversation(row.conversation);
        return require(conversation && is_user(row.user) && is_count(row.read.value()) &&
                           row.read <= conversation->last_seq && is_count(row.unread) &&
                           row.unread <= conversation->last_seq.value() &&
                           row.first_visible.value() >= 1 &&
                           row.first_visible <= conversation->last_seq.next(),
                       "a member");
    }
    Status check(const MessageRow& row) {
        ++messages_[row.conversation];
        const auto conversation = rows_.conversation(row.conversation);
        KUMQUAT_TRY(
            require(conversation && row.seq.value() >= 1 && row.seq <= conversation->last_seq &&
                        rows_.member(row.conversation, row.sender) && is_count(row.time.value()) &&
                        row.client_id.device && row.client_id.counter >= 1 &&
                        is_text(row.type, limits::kMessageTypeBytes) &&
                        row.content.empty() == row.recalled && is_content(row) &&
                        is_count(row.reply_to.value()) && row.reply_to < row.seq &&
                        is_count(row.edits) && is_count(row.edited.value()) && are_reactions(row),
                    "a message"));
        if (row.recalled) {
            return require(
                row.custom.empty() && !row.reply_to && row.edits == 0 && row.reactions.empty(),
                "a recalled message");
        }
        return check_body(row);
    }
    template <typename Row>
    bool is_content(const Row& row) {
        return is_text(row.content, limits::kMessageBytes) &&
               is_text(row.custom, limits::kMessageBytes) &&
               row.content.size() + row.custom.size() <= limits::kMessageBytes;
    }
    bool are_reactions(const MessageRow& row) {
        std::set<std::string> kinds;
        std::set<std::pair<std::string, UserKey>> parts;
        for (const ReactionPart& part : row.reactions) {
            if (part.emoji.empty() || !is_text(part.emoji, limits::kReactionBytes) ||
                !rows_.member(row.conversation, part.user) ||
                !parts.emplace(part.emoji, part.user).second)
                return false;
            kinds.insert(part.emoji);
        }
        return kinds.size() <= limits::kReactionKinds;
    }
    Status check_body(const MessageRow& row) {
        // It will stand in frames: it must be what a client could have sent.
        proto::SendMessage sent;
        sent.conversation = ConversationId::with(rows_.user(row.sender)->id);
        sent.client_id = row.client_id;
        sent.body.type = row.type;
        sent.body.content = row.content;
        sent.body.custom = row.custom;
        const auto again =
            proto::decode_client_frame(proto::encode(proto::ClientFrame{RequestId(1), sent}));
        const auto* frame = std::get_if<proto::ClientFrame>(&again);
        const auto* read =
            frame == nullptr ? nullptr : std::get_if<proto::SendMessage>(&frame->request);
        // The codec writes {} for a payload that is no JSON.
        return require(read != nullptr && read->body.content == row.content, "a message's body");
    }
    Status check(const RevisionRow& row) {
        const auto message = rows_.message(row.conversation, row.seq);
        return require(message && is_count(row.edits) && row.edits < message->edits &&
                           !row.content.empty() && is_content(row),
                       "an earlier text");
    }
    Status check(const HiddenRow& row) {
        return require(
            rows_.member(row.conversation, row.user) && rows_.message(row.conversation, row.seq),
            "a deleted message");
    }
    Status check(const BlobRow& row) {
        const auto format = static_cast<picture::Format>(row.format);
        const bool is_format = format == picture::Format::kJpeg ||
                               format == picture::Format::kGif || format == picture::Format::kPng ||
                               format == picture::Format::kWebp;
        return require(!row.id.empty() && is_user(row.owner) && is_format && row.width >= 1 &&
                           row.height >= 1 && row.width <= limits::kPictureSide &&
                           row.height <= limits::kPictureSide &&
                           row.width * row.height <= limits::kPicturePixels && row.bytes >= 1 &&
                           row.bytes <= limits::kPictureBytes && is_count(row.created.value()) &&
                           row.references >= 1 && is_count(row.released.value()),
                       "a picture");
    }
    Status check(const FeedHeadRow& row) {
        return require(is_user(row.user) && is_count(row.last.value()) && row.trimmed == row.last,
                       "a feed's head");
    }
    // Seqs are dense, and a one-to-one conversation has two members: what is not missing is there.
    Status check_counts() {
        KUMQUAT_TRY(require(direct_ == conversations_ && members_ == 2 * conversations_,
                            "conversations and members"));
        for (const auto& [key, pair] : pairs_) {
            KUMQUAT_TRY(require(messages_[key] == rows_.conversation(key)->last_seq.value(),
                                "a conversation's messages"));
        }
        return {};
    }

    MemoryState& rows_;
    const KeyCounters counters_;
    std::int64_t direct_ = 0;
    std::int64_t conversations_ = 0;
    std::int64_t members_ = 0;
    std::map<ConversationKey, UserPair> pairs_;
    std::map<ConversationKey, std::int64_t> messages_;
};

}  // namespace

Status check_world(MemoryState& rows) {
    return WorldCheck(rows).run();
}

}  // namespace kumquat::world
