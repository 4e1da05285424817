#include "app/stored_codec.h"

#include <string>

#include <gtest/gtest.h>

namespace kumquat::app {
namespace {

client::OutboxEntry entry_of(std::string text) {
    client::OutboxEntry entry;
    entry.conversation = ConversationId::with(*UserId::parse("ann"));
    entry.client_id = {DeviceId(42), 7};
    entry.body = {"TIMTextElem", std::move(text), "{\"a\":1}"};
    entry.created = TimeMs(1'790'000'000'123);
    entry.after = Seq(9);
    return entry;
}

TEST(StoredCodec, OutboxEntryComesBackWhole) {
    for (std::string text : {"hi", "你好 😀\n第二行", "5:trap", ""}) {
        client::OutboxEntry entry = entry_of(text);
        auto back = decode_outbox_entry(encode_outbox_entry(entry));
        ASSERT_TRUE(back.has_value()) << text;
        EXPECT_EQ(back->conversation, entry.conversation);
        EXPECT_EQ(back->client_id, entry.client_id);
        EXPECT_EQ(back->body, entry.body);
        EXPECT_EQ(back->created, entry.created);
        EXPECT_EQ(back->after, entry.after);
        EXPECT_FALSE(back->failed.has_value());
    }
    client::OutboxEntry failed = entry_of("x");
    failed.failed = ErrorCode::kTextTooLong;
    EXPECT_EQ(decode_outbox_entry(encode_outbox_entry(failed))->failed, ErrorCode::kTextTooLong);
}

TEST(StoredCodec, EveryCutAndEveryOtherByteIsRefusedOrRead) {
    std::string bytes = encode_outbox_entry(entry_of("hello"));
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        EXPECT_FALSE(decode_outbox_entry(bytes.substr(0, i)).has_value()) << i;
        std::string other = bytes;
        other[i] = static_cast<char>(other[i] ^ 0x55);
        (void)decode_outbox_entry(other);
    }
    EXPECT_FALSE(decode_outbox_entry("99999999999999999999:x").has_value());
    EXPECT_FALSE(decode_outbox_entry("-1:x").has_value());
    EXPECT_FALSE(decode_session(bytes).has_value());
}

TEST(StoredCodec, KeysSortByDeviceAndCounter) {
    EXPECT_LT(outbox_key({DeviceId(2), 9}), outbox_key({DeviceId(2), 10}));
    EXPECT_LT(outbox_key({DeviceId(2), 10}), outbox_key({DeviceId(10), 1}));
    EXPECT_LT(outbox_key({DeviceId(2), 1}), outbox_key({DeviceId(kIntegerMax), 1}));
}

TEST(StoredCodec, SessionAndPeopleComeBack) {
    client::StoredSession session;
    session.token = "secret";
    session.me = {*UserId::parse("ann"), "安"};
    auto back = decode_session(encode_session(session));
    ASSERT_TRUE(back.has_value());
    EXPECT_EQ(back->token, "secret");
    EXPECT_EQ(back->me.nick, "安");
    EXPECT_FALSE(decode_session("").has_value());

    auto people = decode_people(encode_people({{"ann", "安"}, {"bob", ""}}));
    ASSERT_EQ(people.size(), 2u);
    EXPECT_EQ(people[0].nick, "安");
    EXPECT_EQ(people[1].user_id, "bob");
    EXPECT_TRUE(decode_people("nonsense").empty());
}

}  // namespace
}  // namespace kumquat::app
