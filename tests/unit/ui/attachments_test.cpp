#include "ui/attachments.h"

#include <gtest/gtest.h>

namespace kumquat::ui {
namespace {

class AttachmentsTest : public testing::Test {
  protected:
    static client::LocalPicture prepared(const std::string& key) {
        client::LocalPicture picture;
        picture.key = key;
        picture.format = 3;
        return picture;
    }
    Attachments waiting;
    ConversationId bob = *ConversationId::parse("C2Cbob");
    ConversationId cleo = *ConversationId::parse("C2Ccleo");
};

TEST_F(AttachmentsTest, EachChatHasItsOwn) {
    waiting.add(bob, "1", "a.png");
    waiting.add(cleo, "2", "b.png");
    ASSERT_EQ(waiting.of(bob).size(), 1u);
    EXPECT_EQ(waiting.of(bob)[0].name, "a.png");
    waiting.set_ready(prepared("2"));
    EXPECT_FALSE(waiting.all_ready(bob));
    EXPECT_TRUE(waiting.all_ready(cleo));
}

TEST_F(AttachmentsTest, AreTakenInTheOrderInWhichTheyWereChosen) {
    for (const char* key : {"1", "2", "3"})
        waiting.add(bob, key, "");
    for (const char* key : {"3", "1", "2"})
        EXPECT_TRUE(waiting.set_ready(prepared(key)));
    std::vector<client::LocalPicture> taken = waiting.take(bob);
    ASSERT_EQ(taken.size(), 3u);
    EXPECT_EQ(taken[0].key, "1");
    EXPECT_EQ(taken[2].key, "3");
    EXPECT_TRUE(waiting.of(bob).empty());
}

TEST_F(AttachmentsTest, NoMoreThanGoOutAtOnce) {
    for (std::size_t i = 0; i < Attachments::kMax; ++i)
        EXPECT_TRUE(waiting.add(bob, std::to_string(i), ""));
    EXPECT_FALSE(waiting.add(bob, "one too many", ""));
    EXPECT_EQ(waiting.of(bob).size(), Attachments::kMax);
}

TEST_F(AttachmentsTest, RemovedOneIsNotWaitedFor) {
    waiting.add(bob, "1", "a.png");
    EXPECT_EQ(waiting.remove("1"), "a.png");
    EXPECT_EQ(waiting.remove("1"), "");
    EXPECT_FALSE(waiting.set_ready(prepared("1")));
}

TEST_F(AttachmentsTest, ClearingTellsAllKeys) {
    waiting.add(bob, "1", "");
    waiting.add(cleo, "2", "");
    EXPECT_EQ(waiting.clear(), (std::vector<std::string>{"1", "2"}));
    EXPECT_TRUE(waiting.of(bob).empty());
}

}  // namespace
}  // namespace kumquat::ui
