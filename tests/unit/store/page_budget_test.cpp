#include "store/page_budget.h"

#include <string>

#include <gtest/gtest.h>

#include "proto/codec.h"
#include "proto/fields_events.h"

namespace kumquat::store {
namespace {

TEST(PageBudget, FirstRowAlwaysFits) {
    PageBudget none(0, 0);
    EXPECT_FALSE(none.full());
    EXPECT_TRUE(none.take(1000));
    EXPECT_TRUE(none.full());
    EXPECT_FALSE(none.take(0));
}

TEST(PageBudget, CountsRows) {
    PageBudget budget(2, 100);
    EXPECT_TRUE(budget.take(1));
    EXPECT_FALSE(budget.full());
    EXPECT_TRUE(budget.take(1));
    EXPECT_TRUE(budget.full());
    EXPECT_FALSE(budget.take(1));
}

TEST(PageBudget, CountsBytesUpToTheLast) {
    PageBudget budget(10, 100);
    EXPECT_TRUE(budget.take(60));
    EXPECT_FALSE(budget.take(41));
    EXPECT_TRUE(budget.take(40));
    EXPECT_TRUE(budget.full());
    EXPECT_FALSE(budget.take(1));
}

TEST(PageBudget, FirstRowMayBeLargerThanThePage) {
    PageBudget budget(10, 100);
    EXPECT_TRUE(budget.take(1000));
    EXPECT_FALSE(budget.take(1));
    PageBudget huge(10, 100);
    EXPECT_TRUE(huge.take(1));
    EXPECT_FALSE(huge.take(static_cast<std::size_t>(-1)));
}

// The worst that limits and codec allow, against what the codec makes of it.
class EncodedBytes : public testing::Test {
  protected:
    static UserRow user() {
        UserRow row;
        row.id = UserId::parse(std::string(32, '"')).value();
        row.nick = std::string(500, '\x01');
        row.avatar = *BlobId::parse(std::string(32, 'a'));
        return row;
    }
    static MessageRow message() {
        MessageRow row;
        row.seq = Seq(kIntegerMax);
        row.time = TimeMs(kIntegerMax);
        row.client_id = {DeviceId(kIntegerMax), kIntegerMax};
        row.type = std::string(32, '\\');
        row.content = std::string(6000, '\0') + std::string(6000, '\n');
        row.custom = std::string(288, '"');
        return row;
    }
    static proto::Profile profile(const UserRow& row) { return {row.id, row.nick, row.avatar}; }
    static proto::ConversationState state() { return {true, true, true, Seq(kIntegerMax)}; }
    static proto::Event event(proto::EventBody what) {
        return {FeedNumber(kIntegerMax), std::move(what)};
    }
    static proto::Message to_proto(const MessageRow& row, const UserId& from) {
        return {row.seq, from, row.time, row.client_id, {"TIMTextElem", row.content, row.custom}};
    }
    // The same with everything that can become of a message.
    static StoredMessage changed() {
        StoredMessage stored{message(), user().id};
        stored.row.forwarded = true;
        stored.row.edits = kIntegerMax;
        stored.row.edited = TimeMs(kIntegerMax);
        stored.quote = quote();
        for (int i = 0; i < 20; ++i) {
            for (int person = 0; person < 2; ++person) {
                stored.row.reactions.push_back({std::string(64, static_cast<char>(i + 1)), {}});
                stored.reacted.push_back(user().id);
            }
        }
        return stored;
    }
    static proto::Message changed_to_proto() {
        const StoredMessage stored = changed();
        proto::Message out = to_proto(stored.row, stored.from);
        out.forwarded = true;
        out.edits = stored.row.edits;
        out.edited = stored.row.edited;
        out.quote = quote_to_proto();
        for (std::size_t i = 0; i < stored.reacted.size(); i += 2)
            out.reactions.push_back({stored.row.reactions[i].emoji, {user().id, user().id}});
        return out;
    }
    static StoredQuote quote() {
        return {Seq(kIntegerMax), user().id, std::string(32, '\\'), std::string(240, '\x01')};
    }
    static proto::Quote quote_to_proto() {
        return {quote().seq, quote().from, quote().type, quote().text};
    }
    // Bytes that `part` adds to a page of `Reply`.
    template <typename Reply, typename Part>
    static std::size_t added(std::vector<Part> Reply::*list, const Part& part) {
        Reply reply;
        (reply.*list).push_back(part);
        const std::size_t one = proto::encode(proto::ReplyFrame{RequestId(1), reply}).size();
        (reply.*list).push_back(part);
        return proto::encode(proto::ReplyFrame{RequestId(1), reply}).size() - one;
    }
};

TEST_F(EncodedBytes, AreEnoughForAMessage) {
    const StoredMessage stored{message(), user().id};
    const std::size_t real =
        added(&proto::GetHistoryReply::messages, to_proto(stored.row, stored.from));
    EXPECT_GE(encoded_bytes(stored), real);
    // Not wildly more, for a text without anything to escape.
    StoredMessage plain = stored;
    plain.row.content = std::string(1000, 'x');
    plain.row.custom = "";
    const std::size_t plain_real =
        added(&proto::GetHistoryReply::messages, to_proto(plain.row, plain.from));
    EXPECT_GE(encoded_bytes(plain), plain_real);
    EXPECT_LE(encoded_bytes(plain), plain_real + 300);
}

TEST_F(EncodedBytes, AreEnoughForWhatHasBecomeOfAMessage) {
    EXPECT_GE(encoded_bytes(changed()),
              added(&proto::GetHistoryReply::messages, changed_to_proto()));
    StoredMessage gone;
    gone.from = user().id;
    gone.deleted = gone.row.recalled = true;
    proto::Message part;
    part.seq = Seq(kIntegerMax);
    part.from = user().id;
    part.time = TimeMs(kIntegerMax);
    part.client_id = message().client_id;
    part.body = {proto::kGoneType, "{}", ""};
    part.recalled = part.deleted = true;
    EXPECT_GE(encoded_bytes(gone), added(&proto::GetHistoryReply::messages, part));

    const StoredHit hit{changed(), user().id};
    const proto::SearchHit found{ConversationId::with(user().id), changed_to_proto()};
    EXPECT_GE(encoded_bytes(hit), added(&proto::SearchMessagesReply::hits, found));
}

TEST_F(EncodedBytes, AreEnoughForAFriend) {
    StoredFriend stored;
    stored.profile = user();
    stored.row.remark = std::string(96, '\x02');
    stored.row.group = std::string(30, '"');
    stored.row.source = std::string(32, '\\');
    stored.row.added = TimeMs(kIntegerMax);
    const proto::Friend part{profile(stored.profile), stored.row.remark, stored.row.group,
                             stored.row.source, stored.row.added};
    EXPECT_GE(encoded_bytes(stored), added(&proto::SyncReply::friends, part));

    FeedItem item;
    item.friendship = stored;
    const proto::Event event{FeedNumber(kIntegerMax), proto::FriendEvent{part}};
    EXPECT_GE(encoded_bytes(item), added(&proto::SyncReply::events, event));
}

TEST_F(EncodedBytes, AreEnoughForAFriendRequest) {
    StoredFriendRequest stored;
    stored.peer = user();
    stored.row.wording = std::string(256, '\x02');
    stored.row.source = std::string(32, '\\');
    stored.row.remark = std::string(96, '\x02');
    stored.row.group = std::string(30, '"');
    proto::FriendRequest part;
    part.peer = profile(stored.peer);
    part.incoming = part.read = true;
    part.wording = stored.row.wording;
    part.source = stored.row.source;
    part.remark = stored.row.remark;
    part.group = stored.row.group;
    part.time = TimeMs(kIntegerMax);
    EXPECT_GE(encoded_bytes(stored), added(&proto::SyncReply::requests, part));

    FeedItem item;
    item.request = stored;
    EXPECT_GE(encoded_bytes(item),
              added(&proto::SyncReply::events, event(proto::FriendRequestEvent{part})));
}

TEST_F(EncodedBytes, AreEnoughForPeople) {
    EXPECT_GE(encoded_bytes(user()), added(&proto::SyncReply::blocked, profile(user())));
    FeedItem item;
    item.peer = user();
    const std::size_t bytes = encoded_bytes(item);
    const proto::Account account{profile(user()), proto::AllowType::kConfirm, true};
    for (const proto::EventBody& what : std::vector<proto::EventBody>{
             proto::BlockEvent{profile(user()), true}, proto::ProfileEvent{profile(user())},
             proto::AccountEvent{account},
             proto::ConversationEvent{ConversationId::with(user().id), profile(user()), state()}}) {
        EXPECT_GE(bytes, added(&proto::SyncReply::events, event(what))) << what.index();
    }
    FeedItem gone;
    gone.entity = user().id;
    for (const proto::EventBody& what : std::vector<proto::EventBody>{
             proto::FriendGoneEvent{user().id}, proto::FriendRequestGoneEvent{user().id, true}}) {
        EXPECT_GE(encoded_bytes(gone), added(&proto::SyncReply::events, event(what)));
    }
}

TEST_F(EncodedBytes, AreEnoughForAConversation) {
    StoredConversation stored;
    stored.peer = user();
    stored.last_message = StoredMessage{message(), user().id};
    proto::Conversation part;
    part.id = ConversationId::with(stored.peer.id);
    part.peer = profile(stored.peer);
    part.last_seq = part.read_seq = part.peer_read_seq = Seq(kIntegerMax);
    part.unread = kIntegerMax;
    part.last_message = to_proto(stored.last_message->row, stored.last_message->from);
    part.state = state();
    stored.pins = std::vector<StoredQuote>(20, quote());
    part.pins = std::vector<proto::Quote>(20, quote_to_proto());
    EXPECT_GE(encoded_bytes(stored), added(&proto::SyncReply::conversations, part));
}

TEST_F(EncodedBytes, AreEnoughForFeedEntries) {
    FeedItem item;
    item.peer = user();
    item.message = StoredMessage{message(), user().id};
    const proto::Event message_event{
        FeedNumber(kIntegerMax),
        proto::MessageEvent{ConversationId::with(item.peer.id), profile(item.peer),
                            to_proto(item.message->row, item.message->from)}};
    EXPECT_GE(encoded_bytes(item), added(&proto::SyncReply::events, message_event));

    FeedItem change;
    change.peer = user();
    change.message = changed();
    EXPECT_GE(encoded_bytes(change),
              added(&proto::SyncReply::events,
                    event(proto::MessageChangedEvent{ConversationId::with(user().id),
                                                     changed_to_proto(), kIntegerMax})));

    FeedItem pins;
    pins.peer = user();
    pins.pins = std::vector<StoredQuote>(20, quote());
    const proto::PinsEvent pinned{ConversationId::with(user().id),
                                  std::vector<proto::Quote>(20, quote_to_proto())};
    EXPECT_GE(encoded_bytes(pins), added(&proto::SyncReply::events, event(pinned)));

    FeedItem deleted;
    deleted.peer = user();
    const proto::MessageDeletedEvent hidden{ConversationId::with(user().id), Seq(kIntegerMax),
                                            kIntegerMax};
    EXPECT_GE(encoded_bytes(deleted), added(&proto::SyncReply::events, event(hidden)));

    FeedItem read;
    read.peer = user();
    read.entity = user().id;
    const proto::Event read_event{FeedNumber(kIntegerMax),
                                  proto::ReadEvent{ConversationId::with(read.peer.id), read.entity,
                                                   Seq(kIntegerMax), kIntegerMax}};
    EXPECT_GE(encoded_bytes(read), added(&proto::SyncReply::events, read_event));
}

}  // namespace
}  // namespace kumquat::store
