#include "client/view/chat_header.h"

#include <gtest/gtest.h>

#include "unit/client/tab.h"

namespace kumquat::client {
namespace {

proto::SyncReply with_bo() {
    proto::SyncReply snapshot = Tab::empty_snapshot();
    snapshot.friends = {friend_of("bo", "Bo Chen", "小橙子")};
    return snapshot;
}

TEST(ChatHeader, SaysWhoItIsAndWhetherTheyAreThere) {
    Tab tab;
    tab.live_as("an", with_bo());
    ChatHeader header = build_chat_header(tab.model(), chat("bo"));
    EXPECT_EQ(header.name, "小橙子");
    EXPECT_EQ(header.initials, "子");
    EXPECT_EQ(header.status, PeerStatus::kOffline);
    EXPECT_TRUE(header.is_friend);
    tab.frame(proto::Signal(proto::PresenceSignal{true, {user("bo")}, {}}));
    EXPECT_EQ(build_chat_header(tab.model(), chat("bo")).status, PeerStatus::kOnline);
    tab.command(OpenConversation{chat("bo")});
    tab.frame(proto::Signal(proto::TypingSignal{chat("bo"), true}));
    EXPECT_EQ(build_chat_header(tab.model(), chat("bo")).status, PeerStatus::kTyping);
}

TEST(ChatHeader, SaysNothingOfTheFriendWhileNotConnected) {
    Tab tab;
    tab.live_as("an", with_bo());
    tab.close();
    EXPECT_EQ(build_chat_header(tab.model(), chat("bo")).status, PeerStatus::kUnknown);
}

TEST(ChatHeader, AStrangerIsNoFriend) {
    Tab tab;
    tab.live_as("an", with_bo());
    const ChatHeader header = build_chat_header(tab.model(), chat("cy"));
    EXPECT_FALSE(header.is_friend);
    EXPECT_EQ(header.status, PeerStatus::kUnknown);
    EXPECT_EQ(header.name, "cy");
}

TEST(ChatHeader, ShowsWhatIsSettledAboutTheChatAndNoPresenceOfTheBlocked) {
    Tab tab;
    proto::SyncReply snapshot = with_bo();
    snapshot.friends[0].profile.avatar = *BlobId::parse(std::string(32, 'a'));
    snapshot.conversations = {conversation("bo", 1)};
    snapshot.conversations[0].state.muted = true;
    tab.live_as("an", snapshot);
    tab.frame(proto::Signal(proto::PresenceSignal{true, {user("bo")}, {}}));
    ChatHeader header = build_chat_header(tab.model(), chat("bo"));
    EXPECT_EQ(header.avatar.text(), std::string(32, 'a'));
    EXPECT_TRUE(header.muted);
    EXPECT_FALSE(header.pinned);
    EXPECT_FALSE(header.blocked);
    tab.command(BlockUser{user("bo")});
    tab.reply<proto::BlockUser>(proto::BlockUserReply{});
    header = build_chat_header(tab.model(), chat("bo"));
    EXPECT_TRUE(header.blocked);
    EXPECT_TRUE(header.is_friend);
    EXPECT_EQ(header.status, PeerStatus::kUnknown);
}

}  // namespace
}  // namespace kumquat::client
