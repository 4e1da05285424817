#include "base/ids.h"

#include <string>
#include <unordered_set>

#include <gtest/gtest.h>

#include "base/limits.h"

namespace kumquat {
namespace {

ErrorCode fault_of_user(std::string_view text) {
    const auto id = UserId::parse(text);
    return id ? ErrorCode{} : id.error().code;
}

ErrorCode fault_of_conversation(std::string_view text) {
    const auto id = ConversationId::parse(text);
    return id ? ErrorCode{} : id.error().code;
}

TEST(UserId, TakesPrintableAscii) {
    for (const char* text :
         {"a", "Alice", "user_1-x", "a b", "~!@#$%^&*()", "12345678901234567890123456789012"}) {
        ASSERT_EQ(fault_of_user(text), ErrorCode{}) << text;
        EXPECT_EQ(UserId::parse(text)->text(), text);
    }
}

TEST(UserId, RefusesAllElse) {
    EXPECT_EQ(fault_of_user(""), ErrorCode::kNoUserId);
    EXPECT_EQ(fault_of_user(std::string(limits::kUserIdBytes + 1, 'a')), ErrorCode::kBadUserId);
    for (const char* text : {" a", "a ", " ", "a\tb", "a\nb", "\x7f", "小橙子", "a\xff"}) {
        EXPECT_EQ(fault_of_user(text), ErrorCode::kBadUserId) << text;
    }
    EXPECT_EQ(fault_of_user(std::string_view("a\0b", 3)), ErrorCode::kBadUserId);
}

TEST(UserId, IsCaseSensitive) {
    EXPECT_NE(*UserId::parse("alice"), *UserId::parse("Alice"));
    EXPECT_LT(*UserId::parse("Alice"), *UserId::parse("alice"));
    EXPECT_TRUE(UserId().empty());
}

TEST(ConversationId, IsThePeerWithAPrefix) {
    const UserId bob = *UserId::parse("bob");
    EXPECT_EQ(ConversationId::with(bob).text(), "C2Cbob");
    EXPECT_EQ(*ConversationId::parse("C2Cbob"), ConversationId::with(bob));
    EXPECT_EQ(ConversationId::parse("C2CC2C")->peer().text(), "C2C");
    EXPECT_TRUE(ConversationId().empty());
}

TEST(ConversationId, RefusesAllElse) {
    for (const char* text :
         {"", "C2", "C2C", "c2cbob", "bob", " C2Cbob", "C2C bob", "GROUPx", "C2C橙"}) {
        EXPECT_EQ(fault_of_conversation(text), ErrorCode::kBadConversationId) << text;
    }
    EXPECT_EQ(fault_of_conversation("C2C" + std::string(limits::kUserIdBytes + 1, 'a')),
              ErrorCode::kBadConversationId);
}

TEST(Number, CountsFromOneAndZeroIsNone) {
    EXPECT_FALSE(Seq());
    EXPECT_TRUE(Seq(1));
    EXPECT_EQ(Seq().next(), Seq(1));
    EXPECT_LT(Seq(1), Seq(2));
    EXPECT_EQ(kIntegerMax, 9007199254740991);
}

TEST(ClientMessageId, OrdersByDeviceThenCounter) {
    const ClientMessageId first{DeviceId(1), 2};
    EXPECT_EQ(first, (ClientMessageId{DeviceId(1), 2}));
    EXPECT_LT(first, (ClientMessageId{DeviceId(1), 3}));
    EXPECT_LT(first, (ClientMessageId{DeviceId(2), 1}));
}

TEST(Ids, CanBeKeys) {
    std::unordered_set<UserId> users{*UserId::parse("alice"), *UserId::parse("alice"),
                                     *UserId::parse("bob")};
    EXPECT_EQ(users.size(), 2U);
    std::unordered_set<ConversationId> conversations{*ConversationId::parse("C2Ca"),
                                                     *ConversationId::parse("C2Ca")};
    EXPECT_EQ(conversations.size(), 1U);
    std::unordered_set<Seq> seqs{Seq(1), Seq(1), Seq(2)};
    EXPECT_EQ(seqs.size(), 2U);
}

}  // namespace
}  // namespace kumquat
