// Friend requests: the row in the list, the pane, and what becomes of a request.
#include <gtest/gtest.h>

#include "page.h"

namespace kumquat::uitest {
namespace {

class Requests : public testing::Test {
  protected:
    void SetUp() override {
        page.service.ask("chenmo", "陈默", "我是周老师班上的陈默");
        page.sign_in("Ann");
    }
    void open() {
        page.click(Role::kButton, "Friend requests, 1 new");
        page.run(200);
    }
    Page page;
};

TEST_F(Requests, HaveARowWithABadgeUntilTheyAreLookedAt) {
    const MirrorNode* row = page.find(Role::kButton, "Friend requests, 1 new");
    ASSERT_NE(row, nullptr) << page.words();
    EXPECT_EQ(row->description, "陈默 wants to be friends");
    open();
    EXPECT_EQ(page.service.count<proto::ReadFriendRequests>(), 1);
    page.click(Role::kButton, "Back");
    EXPECT_TRUE(page.has(Role::kButton, "Friend requests")) << page.words();
}

TEST_F(Requests, ShowWhoAsksAndWhatTheySay) {
    open();
    EXPECT_TRUE(page.has(Role::kNavigation, "Friend requests")) << page.words();
    EXPECT_TRUE(page.has(Role::kHeading, "Received 1"));
    EXPECT_TRUE(page.has(Role::kButton, "陈默, chenmo"));
    EXPECT_TRUE(page.has(Role::kStatus, "我是周老师班上的陈默"));
}

TEST_F(Requests, AcceptedOnesMayGetARemarkAndAGroup) {
    open();
    page.click(Role::kButton, "Accept 陈默");
    page.run(200);
    EXPECT_EQ(page.service.count<proto::AcceptFriend>(), 1);
    EXPECT_EQ(page.world.fields.text("request.remark"), "陈默") << page.words();
    EXPECT_EQ(page.world.fields.focused(), "request.remark");
    page.type("Remark", "默默");
    page.type("Group", "爬山");
    page.click(Role::kButton, "Save");
    page.run(200);
    const proto::UpdateFriend* update = page.service.last<proto::UpdateFriend>();
    ASSERT_NE(update, nullptr);
    EXPECT_EQ(update->user_id, "chenmo");
    EXPECT_EQ(update->remark, "默默");
    EXPECT_EQ(update->group, "爬山");
    EXPECT_TRUE(page.has(Role::kStatus, "陈默 accepted")) << page.words();
    page.run(5000);
    EXPECT_TRUE(page.has(Role::kStatus, "No requests")) << page.words();
    page.click(Role::kButton, "Back");
    EXPECT_NE(page.find_prefix(Role::kButton, "默默"), nullptr) << page.words();
}

TEST_F(Requests, TheNickAloneIsNoRemark) {
    open();
    page.click(Role::kButton, "Accept 陈默");
    page.run(200);
    page.click(Role::kButton, "Save");
    page.run(200);
    EXPECT_EQ(page.service.count<proto::UpdateFriend>(), 0);
    EXPECT_TRUE(page.has(Role::kStatus, "陈默 accepted")) << page.words();
}

TEST_F(Requests, RefusedOnesSaySoAndGo) {
    open();
    page.click(Role::kButton, "Decline 陈默");
    page.run(200);
    EXPECT_EQ(page.service.count<proto::RefuseFriend>(), 1);
    EXPECT_TRUE(page.has(Role::kStatus, "陈默 declined")) << page.words();
    page.run(5000);
    EXPECT_FALSE(page.has(Role::kStatus, "陈默 declined"));
    EXPECT_TRUE(page.has(Role::kStatus, "No requests"));
}

TEST_F(Requests, WhatAnotherDeviceAnswersJustGoes) {
    open();
    page.service.received.clear();
    page.service.tell(proto::FriendRequestGoneEvent{*UserId::parse("chenmo"), true});
    page.run(100);
    EXPECT_TRUE(page.has(Role::kStatus, "No requests")) << page.words();
}

TEST_F(Requests, AFailureIsToldInTheCard) {
    open();
    page.service.task_error = ErrorCode::kFriendListFull;
    page.click(Role::kButton, "Accept 陈默");
    page.run(300);
    EXPECT_TRUE(page.has(Role::kStatus, "Your friend list is full")) << page.words();
    EXPECT_TRUE(page.has(Role::kButton, "Accept 陈默"));
}

TEST(SentRequests, AreWithdrawnThere) {
    Page page;
    page.service.peer_allow = proto::AllowType::kConfirm;
    page.sign_in("Ann");
    page.activate(Role::kButton, "Add a friend");
    page.type("Their user ID", "tomas");
    page.enter("Their user ID");
    page.run(300);
    page.click(Role::kButton, "Friend requests");
    page.run(200);
    EXPECT_TRUE(page.has(Role::kHeading, "Sent 1")) << page.words();
    EXPECT_TRUE(page.has(Role::kStatus, "Waiting for a reply"));
    page.click(Role::kButton, "Withdraw the request to Nick of tomas");
    page.run(200);
    EXPECT_EQ(page.service.count<proto::WithdrawFriend>(), 1);
    EXPECT_TRUE(page.has(Role::kStatus, "Request to Nick of tomas withdrawn")) << page.words();
}

TEST(SentRequests, AnAnswerIsTold) {
    Page page;
    page.service.peer_allow = proto::AllowType::kConfirm;
    page.sign_in("Ann");
    page.activate(Role::kButton, "Add a friend");
    page.type("Their user ID", "tomas");
    page.enter("Their user ID");
    page.run(300);
    proto::Friend made;
    made.profile = {*UserId::parse("tomas"), "Tomás", {}};
    made.added = page.world.clock.now();
    page.service.tell(proto::FriendEvent{made});
    page.service.tell(proto::FriendRequestGoneEvent{*UserId::parse("tomas"), false});
    page.run(200);
    EXPECT_EQ(page.toast(), "Tomás accepted your request");
    EXPECT_FALSE(page.has(Role::kButton, "Friend requests")) << page.words();
}

}  // namespace
}  // namespace kumquat::uitest
