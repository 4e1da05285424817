#include "app/stored_codec.h"

#include <string>

#include <gtest/gtest.h>

#include "client/core/picture_rules.h"

namespace kumquat::app {
namespace {

client::OutboxEntry entry_of(std::string text) {
    client::OutboxEntry entry;
    entry.conversation = ConversationId::with(*UserId::parse("ann"));
    entry.client_id = {DeviceId(42), 7};
    entry.body = {"TIMTextElem", std::move(text), "{\"a\":1}", {}};
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

client::OutboxEntry picture_entry() {
    client::OutboxEntry entry = entry_of("");
    client::LocalPicture picture;
    picture.key = "5:key 橙";
    picture.format = 255;
    picture.renditions = {{{1600, 1200, 500'000}, {960, 720, 90'000}, {264, 198, 9'000}}};
    entry.body = client::body_of(picture);
    entry.picture = picture;
    return entry;
}

TEST(StoredCodec, APictureComesBackWithItsSizesBeforeItsUploadAndWithItsIdsAfterIt) {
    client::OutboxEntry entry = picture_entry();
    auto back = decode_outbox_entry(encode_outbox_entry(entry));
    ASSERT_TRUE(back && back->picture && back->body.image);
    EXPECT_EQ(back->picture, entry.picture);
    EXPECT_EQ(back->body.type, proto::kImageType);
    EXPECT_EQ(back->body.image->format, 255);
    ASSERT_EQ(back->body.image->renditions.size(), limits::kRenditions);
    EXPECT_EQ(back->body.image->renditions[1].type, 2);
    EXPECT_EQ(back->body.image->renditions[1].width, 960);
    EXPECT_EQ(back->body.image->renditions[1].size, 90'000);
    EXPECT_FALSE(client::has_ids(*back->body.image));

    std::string digits = "0123456789abcdef0123456789abcde";
    for (std::size_t i = 0; i < limits::kRenditions; ++i)
        entry.body.image->renditions[i].id = *BlobId::parse(digits + "abc"[i]);
    back = decode_outbox_entry(encode_outbox_entry(entry));
    ASSERT_TRUE(back && back->body.image);
    EXPECT_TRUE(client::has_ids(*back->body.image));
    EXPECT_EQ(back->body.image->renditions[2].id.text(), digits + "c");
}

TEST(StoredCodec, WhatAMessageAnswersOrCopiesComesBack) {
    client::OutboxEntry answer = entry_of("yes");
    answer.quote = proto::Quote{Seq(4), *UserId::parse("ann"), proto::kTextType, "5:really? 好"};
    auto back = decode_outbox_entry(encode_outbox_entry(answer));
    ASSERT_TRUE(back && back->quote);
    EXPECT_EQ(back->quote->seq, Seq(4));
    EXPECT_EQ(back->quote->from, answer.quote->from);
    EXPECT_EQ(back->quote->type, proto::kTextType);
    EXPECT_EQ(back->quote->text, "5:really? 好");
    EXPECT_FALSE(back->forward_of.has_value());

    answer.quote = proto::Quote{Seq(4), std::nullopt, "", ""};
    back = decode_outbox_entry(encode_outbox_entry(answer));
    ASSERT_TRUE(back && back->quote);
    EXPECT_FALSE(back->quote->from.has_value()) << "it is gone";

    client::OutboxEntry picture = picture_entry();
    picture.quote = answer.quote;
    back = decode_outbox_entry(encode_outbox_entry(picture));
    ASSERT_TRUE(back && back->quote);
    EXPECT_EQ(back->picture, picture.picture);
}

TEST(StoredCodec, ACopiedPictureKeepsItsPayloadAndShowsWithoutAnUpload) {
    client::OutboxEntry copy = entry_of(R"({"imageFormat":1,"imageInfoArray":[]})");
    copy.body.type = proto::kImageType;
    copy.forward_of = proto::MessageRef{*ConversationId::parse("C2Cbob"), Seq(12)};
    auto back = decode_outbox_entry(encode_outbox_entry(copy));
    ASSERT_TRUE(back && back->forward_of);
    EXPECT_EQ(back->forward_of->conversation, copy.forward_of->conversation);
    EXPECT_EQ(back->forward_of->seq, Seq(12));
    EXPECT_EQ(back->body.content, copy.body.content) << "the service wants it word for word";
    EXPECT_FALSE(back->picture.has_value());

    copy.forward_of->seq = Seq(1234);
    std::string bytes = encode_outbox_entry(copy);
    for (std::size_t i = 0; i < bytes.size(); ++i)
        EXPECT_FALSE(decode_outbox_entry(bytes.substr(0, i)).has_value()) << i;
    bytes.replace(bytes.find("4:1234"), 6, "4:12x4");
    EXPECT_FALSE(decode_outbox_entry(bytes).has_value());
}

TEST(StoredCodec, WhatAnOlderPageHasStoredIsRead) {
    // As the versions before pictures wrote them.
    auto entry =
        decode_outbox_entry("7:outbox16:C2Cann2:421:711:TIMTextElem2:hi0:13:17900000001231:90:");
    ASSERT_TRUE(entry.has_value());
    EXPECT_EQ(entry->body.content, "hi");
    EXPECT_FALSE(entry->picture.has_value());
    auto session = decode_session("8:session16:secret3:ann2:An1:1");
    ASSERT_TRUE(session.has_value());
    EXPECT_EQ(session->me.nick, "An");
    EXPECT_TRUE(session->stay_signed_in);
    EXPECT_TRUE(session->me.avatar.empty());
}

TEST(StoredCodec, EveryCutOfAPictureIsRefused) {
    const std::string bytes = encode_outbox_entry(picture_entry());
    for (std::size_t i = 0; i < bytes.size(); ++i)
        EXPECT_FALSE(decode_outbox_entry(bytes.substr(0, i)).has_value()) << i;
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
    session.me = {*UserId::parse("ann"), "安", *BlobId::parse(std::string(32, 'a'))};
    auto back = decode_session(encode_session(session));
    ASSERT_TRUE(back.has_value());
    EXPECT_EQ(back->token, "secret");
    EXPECT_EQ(back->me.nick, "安");
    EXPECT_EQ(back->me.avatar.text(), std::string(32, 'a'));
    EXPECT_FALSE(decode_session("").has_value());

    auto people = decode_people(encode_people({{"ann", "安"}, {"bob", ""}}));
    ASSERT_EQ(people.size(), 2u);
    EXPECT_EQ(people[0].nick, "安");
    EXPECT_EQ(people[1].user_id, "bob");
    EXPECT_TRUE(decode_people("nonsense").empty());
}

}  // namespace
}  // namespace kumquat::app
