// `kumquatd import`: a world file fills an empty data directory, whole or not at all.
#include <csignal>
#include <fstream>

#include <gmock/gmock.h>

#include "picture/samples.h"
#include "server/process.h"
#include "server/running_server.h"
#include "world/world_writer.h"

namespace kumquat::server {
namespace {

using testing::AllOf;
using testing::HasSubstr;

const std::string kPicture(32, 'a');

store::UserRow user(std::int64_t key, const char* id) {
    store::UserRow row;
    row.key = UserKey(key);
    row.id = *UserId::parse(id);
    row.nick = std::string("Nick of ") + id;
    return row;
}

// Two friends, a picture that is one's profile's, and some messages.
store::MemoryState world(const std::string& picture) {
    store::WriteSet rows;
    rows.counters = store::KeyCounters{UserKey(3), ConversationKey(2)};
    rows.users = {user(1, "alice"), user(2, "bob")};
    rows.users[0].avatar = *BlobId::parse(kPicture);
    rows.blobs = {store::BlobRow{*BlobId::parse(kPicture), UserKey(1), 1, 64, 48,
                                 static_cast<std::int64_t>(picture.size()), TimeMs(1), 1,
                                 TimeMs(1)}};
    rows.friends = {store::FriendRow{UserKey(1), UserKey(2), "小橙子", "", "", "", TimeMs(1)},
                    store::FriendRow{UserKey(2), UserKey(1), "", "", "", "", TimeMs(1)}};
    rows.direct = {{store::UserPair{UserKey(1), UserKey(2)}, ConversationKey(1)}};
    rows.conversations = {store::ConversationRow{
        ConversationKey(1), store::ConversationKind::kDirect, Seq(300), TimeMs(300)}};
    for (const std::int64_t key : {1, 2}) {
        store::MemberRow member;
        member.conversation = ConversationKey(1);
        member.user = UserKey(key);
        member.read = Seq(100);
        rows.members.push_back(member);
    }
    for (std::int64_t seq = 1; seq <= 300; ++seq) {
        rows.messages.push_back(store::MessageRow{ConversationKey(1), Seq(seq), UserKey(1),
                                                  TimeMs(seq), ClientMessageId{DeviceId(1), seq},
                                                  proto::kTextType, "text " + std::to_string(seq),
                                                  ""});
    }
    rows.heads = {store::FeedHeadRow{UserKey(1), FeedNumber(50), FeedNumber(50)}};
    store::MemoryState state;
    const Status applied = state.apply(rows);
    EXPECT_TRUE(applied);
    return state;
}

std::string world_file(const std::string& picture) {
    world::WorldWriter writer(world(picture));
    std::string file;
    for (;;) {
        const auto part = writer.next();
        file += part.bytes;
        if (part.step == world::WorldWriter::Step::kEnd) return file;
        if (part.step == world::WorldWriter::Step::kPicture) file += writer.picture(true) + picture;
    }
}

class ImportTest : public testing::Test {
  protected:
    ImportTest() : photo_(picture::sample("photo.jpg")) {}

    std::string path(const std::string& content) {
        files_.write("world.kumquat", content);
        return (files_.path() / "world.kumquat").string();
    }
    /// What `kumquatd import` says, having ended with `code`.
    std::string import(const std::string& file, int code) {
        Process process({{"import", file, "--data-dir", data_.path().string()}, {}, 0});
        EXPECT_EQ(process.wait(), code) << process.output();
        return process.output();
    }
    void expect_world(std::uint16_t port) {
        Client alice(port);
        alice.enter("alice");
        const auto sync = alice.must<proto::SyncReply>(proto::Sync());
        ASSERT_EQ(sync.friends.size(), 1U);
        EXPECT_EQ(sync.friends[0].remark, "小橙子");
        ASSERT_TRUE(sync.me);
        EXPECT_EQ(sync.me->profile.avatar.text(), kPicture);
        ASSERT_EQ(sync.conversations.size(), 1U);
        EXPECT_EQ(sync.conversations[0].last_seq, Seq(300));
        EXPECT_EQ(sync.conversations[0].read_seq, Seq(100));
        const auto sent = alice.must<proto::SendMessageReply>(proto::SendMessage{
            ConversationId::with(*UserId::parse("bob")), ClientMessageId{DeviceId(9), 1},
            proto::Body{proto::kTextType, "after", ""}});
        EXPECT_EQ(sent.seq, Seq(301));
        const auto answer = http_get(port, "/pictures/" + kPicture);
        EXPECT_EQ(answer.status, 200);
        EXPECT_EQ(answer.body, photo_);
    }

    const std::string photo_;
    TemporaryFolder data_;
    TemporaryFolder files_;
};

TEST_F(ImportTest, AServerGoesOnWithTheWorld) {
    EXPECT_THAT(import(path(world_file(photo_)), 0),
                AllOf(HasSubstr("accounts 2"), HasSubstr("messages 300"), HasSubstr("pictures 1")));
    Process server({{"--port", "0", "--data-dir", data_.path().string()}, {}, 0});
    expect_world(server.wait_ready());
}

TEST_F(ImportTest, ADirectoryWithAccountsIsLeftAlone) {
    const std::string file = path(world_file(photo_));
    import(file, 0);
    EXPECT_THAT(import(file, 1), HasSubstr("accounts already"));
    Process server({{"--port", "0", "--data-dir", data_.path().string()}, {}, 0});
    expect_world(server.wait_ready());
}

TEST_F(ImportTest, WhatIsNoSoundFileChangesNothing) {
    const std::string good = world_file(photo_);
    EXPECT_THAT(import(path(good.substr(0, good.size() - 1)), 1), HasSubstr("cut short"));
    std::string bad = good;
    bad[bad.size() / 2] = static_cast<char>(bad[bad.size() / 2] ^ 1);
    EXPECT_THAT(import(path(bad), 1), HasSubstr("damaged"));
    EXPECT_THAT(import(path("hello"), 1), HasSubstr("no file that Kumquat has exported"));
    EXPECT_THAT(import((files_.path() / "none").string(), 1), HasSubstr("cannot be opened"));
    import(path(good), 0);
}

TEST_F(ImportTest, ADirectoryInUseIsLeftAlone) {
    Process server({{"--port", "0", "--data-dir", data_.path().string()}, {}, 0});
    ASSERT_NE(server.wait_ready(), 0);
    EXPECT_THAT(import(path(world_file(photo_)), 1), HasSubstr("in use"));
}

TEST_F(ImportTest, AFileMustBeNamed) {
    Process process({{"import", "--data-dir", data_.path().string()}, {}, 0});
    EXPECT_EQ(process.wait(), 2);
}

}  // namespace
}  // namespace kumquat::server
