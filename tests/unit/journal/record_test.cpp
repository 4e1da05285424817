#include "store/journal/record.h"

#include <gtest/gtest.h>

#include "contract/row_fields.h"
#include "contract/store_world.h"
#include "store/journal/checksum.h"

namespace kumquat::store {
namespace {

using namespace std::string_literals;

BlobId blob_id(char digit) {
    return BlobId::parse(std::string(32, digit)).value();
}

// A row in every section, every field at something else than its default.
WriteSet full_set() {
    StoreWorld world;
    WriteSet set;
    UserRow anna = world.add_user(set, "anna");
    const UserRow ben = world.add_user(set, "ben");
    world.befriend(set, anna, ben);
    const ConversationKey key = world.open_direct(set, anna, ben);
    world.send(set, key, anna, "你好 \xF0\x9F\x8D\x8A", R"({"k":1})");
    set.conversations.front().pins = {Seq(1), Seq(300)};
    MessageRow& message = set.messages.front();
    message.reply_to = Seq(5);
    message.forwarded = true;
    message.recalled = true;
    message.edits = 3;
    message.edited = TimeMs(1'700'000'000'000);
    message.reactions = {{"👍", anna.key}, {"🍊", ben.key}};
    set.changed_messages = {message};
    set.revisions = {RevisionRow{key, Seq(1), 2, "before", R"({"k":0})"}};
    set.ended_revisions = {{key, Seq(2)}};
    set.hidden = {HiddenRow{key, ben.key, Seq(3)}};
    anna.nick = "小橙子";
    anna.avatar = blob_id('a');
    anna.allow = AllowKind::kDeny;
    anna.friends_only = true;
    anna.has_credential = true;
    set.users.front() = anna;
    set.sessions = {make_session(anna, 0xFF)};
    set.ended_sessions = {make_session(ben, 0).token};
    set.ended_friends = {{anna.key, ben.key}};
    set.friend_requests = {make_request(ben, anna)};
    set.ended_friend_requests = {{ben.key, anna.key}};
    set.blocks = {{anna.key, ben.key}};
    set.ended_blocks = {{ben.key, anna.key}};
    set.blobs = {BlobRow{blob_id('b'), anna.key, 255, 640, 480, 20'000'000, TimeMs(1), 2,
                         TimeMs(kIntegerMax)}};
    set.ended_blobs = {blob_id('c')};
    set.counters = KeyCounters{UserKey(7), ConversationKey(9)};
    return set;
}

template <typename Row>
void expect_same(const std::vector<Row>& a, const std::vector<Row>& b, const char* what) {
    ASSERT_EQ(a.size(), b.size()) << what;
    ASSERT_FALSE(a.empty()) << what << " is not tested";
    for (std::size_t i = 0; i < a.size(); ++i)
        EXPECT_EQ(fields(a[i]), fields(b[i])) << what;
}

TEST(RecordTest, ACommitComesBackAsItWas) {
    const CommitRecord record{42, full_set()};
    const auto decoded = decode_record(encode(record));
    ASSERT_TRUE(decoded) << decoded.error().context;
    const auto* again = std::get_if<CommitRecord>(&*decoded);
    ASSERT_NE(again, nullptr);
    EXPECT_EQ(again->number, 42);
    const WriteSet& a = record.writes;
    const WriteSet& b = again->writes;
    expect_same(a.users, b.users, "users");
    expect_same(a.sessions, b.sessions, "sessions");
    EXPECT_EQ(a.ended_sessions, b.ended_sessions);
    expect_same(a.friends, b.friends, "friends");
    EXPECT_EQ(a.ended_friends, b.ended_friends);
    expect_same(a.friend_requests, b.friend_requests, "friend requests");
    EXPECT_EQ(a.ended_friend_requests, b.ended_friend_requests);
    EXPECT_EQ(a.blocks, b.blocks);
    EXPECT_EQ(a.ended_blocks, b.ended_blocks);
    EXPECT_EQ(a.direct, b.direct);
    expect_same(a.conversations, b.conversations, "conversations");
    expect_same(a.members, b.members, "members");
    expect_same(a.messages, b.messages, "messages");
    expect_same(a.changed_messages, b.changed_messages, "changed messages");
    expect_same(a.revisions, b.revisions, "revisions");
    EXPECT_EQ(a.ended_revisions, b.ended_revisions);
    EXPECT_EQ(a.hidden, b.hidden);
    expect_same(a.blobs, b.blobs, "blobs");
    EXPECT_EQ(a.ended_blobs, b.ended_blobs);
    expect_same(a.feed, b.feed, "feed");
    expect_same(a.heads, b.heads, "heads");
    ASSERT_TRUE(b.counters);
    EXPECT_EQ(fields(*a.counters), fields(*b.counters));
}

TEST(RecordTest, TheOtherKindsComeBackAsTheyWere) {
    ChunkRecord chunk{3, 4, 5, 6, full_set()};
    const auto chunk_again = decode_record(encode(chunk));
    ASSERT_TRUE(chunk_again);
    const auto* a = std::get_if<ChunkRecord>(&*chunk_again);
    ASSERT_NE(a, nullptr);
    EXPECT_EQ(std::tuple(a->snapshot, a->index, a->through, a->settled_end),
              std::tuple(3, 4, 5, 6));
    EXPECT_EQ(a->rows.messages.size(), 1U);

    const auto picture = decode_record(encode(WorldPictureRecord{blob_id('d'), 123}));
    ASSERT_TRUE(picture);
    EXPECT_EQ(std::get_if<WorldPictureRecord>(&*picture)->id, blob_id('d'));
    EXPECT_EQ(std::get_if<WorldPictureRecord>(&*picture)->bytes, 123);

    const auto end = decode_record(encode(WorldEndRecord{8}));
    ASSERT_TRUE(end);
    EXPECT_EQ(std::get_if<WorldEndRecord>(&*end)->row_records, 8);
}

TEST(RecordTest, EveryChangedByteAndEveryCutIsFound) {
    const std::string good = encode(CommitRecord{1, full_set()});
    for (std::size_t i = 0; i < good.size(); ++i) {
        std::string bad = good;
        bad[i] = static_cast<char>(bad[i] ^ 0x10);
        const auto decoded = decode_record(bad);
        ASSERT_FALSE(decoded) << "byte " << i;
        EXPECT_EQ(decoded.error().code, ErrorCode::kDataDamaged);
        EXPECT_FALSE(decode_record(std::string_view(good).substr(0, i)));
    }
    EXPECT_FALSE(decode_record(good + '\0'));
}

// With a checksum that fits: what a fault in our own code, or somebody who makes files, could
// write.
std::string with_checksum(std::string record) {
    std::uint32_t sum = checksum(std::string_view(record).substr(4));
    for (std::size_t i = 0; i < 4; ++i, sum >>= 8)
        record[i] = static_cast<char>(sum & 0xFF);
    return record;
}

TEST(RecordTest, ALaterVersionIsToldApartFromDamage) {
    std::string record = encode(WorldEndRecord{8});
    record[4] = static_cast<char>(kRecordVersion + 1);
    const auto decoded = decode_record(with_checksum(record));
    ASSERT_FALSE(decoded);
    EXPECT_EQ(decoded.error().code, ErrorCode::kDataNewer);
}

// As the first version wrote them: a conversation and a message.
TEST(RecordTest, ARecordOfTheFirstVersionIsRead) {
    const std::string record = std::string("\0\0\0\0\1\1", 6) + "\2" +  // version 1, commit 1
                               "\x16\2" + "\2\2\x04\x06" +  // conversation 1, two messages
                               "\x1A\2" + "\2\x04\6\x08\x0A\x0C" +
                               "\2T\4hi\0"s;  // message 2 of sender 3
    const auto decoded = decode_record(with_checksum(record));
    ASSERT_TRUE(decoded) << decoded.error().context;
    const WriteSet& set = std::get_if<CommitRecord>(&*decoded)->writes;
    ASSERT_EQ(set.conversations.size(), 1U);
    EXPECT_EQ(fields(set.conversations[0]),
              fields(ConversationRow{
                  ConversationKey(1), ConversationKind::kDirect, Seq(2), TimeMs(3), {}}));
    ASSERT_EQ(set.messages.size(), 1U);
    MessageRow message;
    message.conversation = ConversationKey(1);
    message.seq = Seq(2);
    message.sender = UserKey(3);
    message.time = TimeMs(4);
    message.client_id = {DeviceId(5), 6};
    message.type = "T";
    message.content = "hi";
    EXPECT_EQ(fields(set.messages[0]), fields(message));
}

TEST(RecordTest, WhatMakesNoSenseIsRefusedWhateverItsChecksum) {
    const std::string head("\0\0\0\0\1\1", 6);
    const auto refused = [&](const std::string& body) {
        const auto decoded = decode_record(with_checksum(head + body));
        return !decoded && decoded.error().code == ErrorCode::kDataDamaged;
    };
    EXPECT_FALSE(refused(std::string("\2", 1)));       // number 1, no section
    EXPECT_TRUE(refused(""));                          // no number
    EXPECT_TRUE(refused("\2\x7E\2"));                  // no such section
    EXPECT_TRUE(refused(std::string("\2\x22\0", 3)));  // a section of no rows
    EXPECT_TRUE(
        refused("\2\x22\xFF\xFF\xFF\xFF\x0F"
                "abc"));                                               // more rows than bytes
    EXPECT_TRUE(refused("\2\x22\2\2\2\2\x22\2\2\2\2"));                // a section twice
    EXPECT_TRUE(refused("\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF"));  // an integer without end
    EXPECT_TRUE(refused("\xFE\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\1"));    // beyond 2^53
    std::string kind = head;
    kind[5] = 99;
    EXPECT_FALSE(decode_record(with_checksum(kind)));
}

TEST(ChecksumTest, IsTheOneThatEverybodyHas) {
    EXPECT_EQ(checksum(""), 0U);
    EXPECT_EQ(checksum("123456789"), 0xCBF43926U);
}

}  // namespace
}  // namespace kumquat::store
