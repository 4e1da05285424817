#include <gtest/gtest.h>

#include "client/core/bounds.h"
#include "unit/client/tab.h"

namespace kumquat::client {
namespace {

TEST(Session, APersonSignsInAndTheSessionIsKept) {
    Tab tab;
    tab.start();
    tab.open();
    tab.say_hello();
    tab.command(SignIn{"an", "安", "sig", true});
    EXPECT_EQ(tab.model().sign_in.phase, SignInPhase::kSigningIn);
    const auto* request = tab.asked<proto::SignIn>();
    ASSERT_NE(request, nullptr);
    EXPECT_EQ(request->user_id, "an");
    EXPECT_EQ(request->nick, "安");
    EXPECT_EQ(request->user_sig, "sig");
    EXPECT_EQ(request->device, DeviceId(1));
    tab.reply<proto::SignIn>(proto::SignInReply{"token", TimeMs(), account("an", "安"), true});
    EXPECT_EQ(tab.model().sign_in.phase, SignInPhase::kSignedIn);
    EXPECT_TRUE(tab.model().sign_in.created);
    EXPECT_EQ(tab.model().me.nick, "安");
    ASSERT_TRUE(tab.disk->session.has_value());
    EXPECT_EQ(tab.disk->session->token, "token");
    EXPECT_TRUE(tab.disk->session->stay_signed_in);
    EXPECT_FALSE(tab.model().loaded) << "skeletons until the snapshot is there";
    tab.sync_with(Tab::empty_snapshot());
    EXPECT_TRUE(tab.model().loaded);
}

TEST(Session, SigningInBeforeTheConnectionIsThereWaitsForIt) {
    Tab tab;
    tab.start();
    tab.command(SignIn{"an", "", "", false});
    EXPECT_EQ(tab.asked<proto::SignIn>(), nullptr);
    tab.open();
    tab.say_hello();
    EXPECT_NE(tab.asked<proto::SignIn>(), nullptr);
}

TEST(Session, ABadIdIsToldAtOnce) {
    Tab tab;
    tab.start();
    tab.command(SignIn{"", "", "", false});
    EXPECT_EQ(tab.model().sign_in.error, ErrorCode::kNoUserId);
    tab.command(SignIn{"小橙子", "", "", false});
    EXPECT_EQ(tab.model().sign_in.error, ErrorCode::kBadUserId);
    EXPECT_EQ(tab.model().sign_in.phase, SignInPhase::kSignedOut);
    tab.open();
    tab.say_hello();
    EXPECT_EQ(tab.asked<proto::SignIn>(), nullptr);
}

TEST(Session, ARefusedSignInIsToldByCodeAndCanBeTriedAgainOnTheSameConnection) {
    Tab tab;
    tab.start();
    tab.open();
    tab.say_hello();
    tab.command(SignIn{"an", "", "bad", false});
    tab.refuse<proto::SignIn>(ErrorCode::kUserSigWrong);
    EXPECT_EQ(tab.model().sign_in.phase, SignInPhase::kSignedOut);
    EXPECT_EQ(tab.model().sign_in.error, ErrorCode::kUserSigWrong);
    EXPECT_EQ(tab.model().sign_in.user_id, "an");
    tab.command(SignIn{"an", "", "good", false});
    EXPECT_EQ(tab.model().sign_in.error, std::nullopt);
    EXPECT_NE(tab.asked<proto::SignIn>(), nullptr);
    EXPECT_EQ(tab.connects, 1);
}

TEST(Session, AnUnreachableServiceIsToldAndWatchedFor) {
    Tab tab;
    tab.start();
    tab.close();
    EXPECT_TRUE(tab.model().sign_in.unreachable);
    tab.command(SignIn{"an", "", "", false});
    EXPECT_TRUE(tab.connected) << "the button tries at once";
    tab.close();
    EXPECT_EQ(tab.model().sign_in.phase, SignInPhase::kSignedOut);
    EXPECT_TRUE(tab.model().sign_in.unreachable);
    tab.pass_until([&] { return tab.connected; });  // the banner goes when the service is back
    tab.open();
    tab.say_hello();
    EXPECT_FALSE(tab.model().sign_in.unreachable);
    EXPECT_EQ(tab.asked<proto::SignIn>(), nullptr) << "but nobody is signed in behind their back";
}

TEST(Session, AConnectionThatDiedOnTheLoginPaneIsReplacedWhenSomebodySignsIn) {
    Tab tab;
    tab.start();
    tab.open();
    tab.say_hello();
    tab.command(SignIn{"an", "", "", false});
    tab.close();
    EXPECT_EQ(tab.model().sign_in.phase, SignInPhase::kSigningIn);
    ASSERT_TRUE(tab.connected);
    tab.open();
    tab.say_hello();
    EXPECT_NE(tab.asked<proto::SignIn>(), nullptr);
    tab.close();
    EXPECT_EQ(tab.model().sign_in.phase, SignInPhase::kSignedOut) << "once more, not for ever";
}

TEST(Session, AnIdleLoginPaneDoesNotReconnect) {
    Tab tab;
    tab.start();
    tab.open();
    tab.say_hello();
    tab.close(1001);
    tab.pass(600'000);
    EXPECT_EQ(tab.connects, 1);
    EXPECT_EQ(tab.model().connection.phase, ConnectionPhase::kIdle);
}

TEST(Session, AReloadGoesOnWithTheSession) {
    Disk disk;
    {
        Tab before(1, &disk);
        before.live_as("an");
    }
    Tab tab(2, &disk);
    tab.start();
    EXPECT_EQ(tab.model().sign_in.phase, SignInPhase::kSignedIn)
        << "the panes show before the answer";
    EXPECT_EQ(tab.model().me.user_id, user("an"));
    tab.open();
    tab.say_hello();
    const auto* resume = tab.asked<proto::Resume>();
    ASSERT_NE(resume, nullptr);
    EXPECT_EQ(resume->session, "token-an");
    EXPECT_EQ(resume->device, DeviceId(2));
    tab.reply<proto::Resume>(proto::ResumeReply{TimeMs(), account("an", "An")});
    EXPECT_EQ(disk.session->me.nick, "An");
    EXPECT_EQ(tab.asked<proto::Sync>()->since, std::nullopt) << "a new page knows nothing";
}

TEST(Session, ASessionThatEndedWhileThePageWasAwayLeadsToTheLoginPane) {
    Disk disk;
    disk.session = StoredSession{"old", profile("an"), false};
    Tab tab(1, &disk);
    tab.start();
    tab.open();
    tab.say_hello();
    tab.refuse<proto::Resume>(ErrorCode::kSessionInvalid);
    EXPECT_EQ(tab.model().sign_in.phase, SignInPhase::kSignedOut);
    EXPECT_EQ(tab.model().sign_in.end, SessionEnd::kExpired);
    EXPECT_EQ(tab.model().sign_in.user_id, "an");
    EXPECT_FALSE(disk.session.has_value());
    tab.command(SignIn{"an", "", "", false});
    EXPECT_NE(tab.asked<proto::SignIn>(), nullptr) << "on the same connection";
}

TEST(Session, ASessionKeptForNewTabsIsGoneOnWithWhenAskedFor) {
    Tab tab;
    tab.start();
    tab.open();
    tab.say_hello();
    EXPECT_EQ(tab.asked<proto::Resume>(), nullptr);
    tab.command(ResumeSession{{"kept token", profile("an", "安"), true}});
    EXPECT_EQ(tab.model().sign_in.phase, SignInPhase::kSignedIn);
    EXPECT_EQ(tab.model().me.nick, "安");
    ASSERT_NE(tab.asked<proto::Resume>(), nullptr) << "on the connection that is there";
    EXPECT_EQ(tab.asked<proto::Resume>()->session, "kept token");
    ASSERT_TRUE(tab.disk->session.has_value()) << "this tab's too, from now on";
    EXPECT_EQ(tab.disk->session->token, "kept token");
    EXPECT_TRUE(tab.disk->session->stay_signed_in);
    tab.command(ResumeSession{{"another", profile("bo"), true}});
    EXPECT_EQ(tab.model().me.user_id, user("an")) << "ignored";
    tab.reply<proto::Resume>(proto::ResumeReply{TimeMs(), {profile("an", "安")}});
    tab.sync_with(Tab::empty_snapshot());
    EXPECT_TRUE(tab.model().loaded);
}

TEST(Session, AKeptSessionThatIsOverLeadsBackToTheLoginPane) {
    Tab tab;
    tab.start();
    tab.open();
    tab.say_hello();
    tab.command(ResumeSession{{"kept token", profile("an"), true}});
    tab.refuse<proto::Resume>(ErrorCode::kSessionInvalid);
    EXPECT_EQ(tab.model().sign_in.phase, SignInPhase::kSignedOut);
    EXPECT_EQ(tab.model().sign_in.end, SessionEnd::kExpired);
    EXPECT_TRUE(tab.model().me.user_id.empty());
    EXPECT_FALSE(tab.disk->session.has_value());
    tab.command(SignIn{"an", "", "sig", false});
    EXPECT_NE(tab.asked<proto::SignIn>(), nullptr) << "on the same connection";
}

TEST(Session, AKeptSessionIsGoneOnWithOverABrokenConnectionToo) {
    Tab tab;
    tab.start();
    tab.open();
    tab.say_hello();
    tab.close();
    tab.command(ResumeSession{{"kept token", profile("an"), true}});
    tab.pass_until([&] { return tab.connected; });
    tab.open();
    tab.say_hello();
    EXPECT_NE(tab.asked<proto::Resume>(), nullptr);
}

TEST(Session, AResumeThatFailsForNowIsRepeated) {
    Disk disk;
    disk.session = StoredSession{"token", profile("an"), false};
    Tab tab(1, &disk);
    tab.start();
    tab.open();
    tab.say_hello();
    tab.refuse<proto::Resume>(ErrorCode::kOverloaded, 3'000);
    EXPECT_EQ(tab.model().sign_in.phase, SignInPhase::kSignedIn);
    tab.pass(2'999);
    EXPECT_EQ(tab.connects, 1);
    tab.pass(1);
    EXPECT_EQ(tab.connects, 2);
}

TEST(Session, ASessionEndedElsewhereKeepsWhatWasWritten) {
    Disk disk;
    Tab tab(1, &disk);
    tab.live_as("an");
    tab.command(SendText{chat("bo"), "not gone yet", ""});
    tab.command(SetDraft{chat("bo"), "half a thought"});
    tab.close(static_cast<std::int32_t>(proto::CloseCode::kSessionEnded));
    EXPECT_EQ(tab.model().sign_in.phase, SignInPhase::kEnded);
    EXPECT_EQ(tab.model().sign_in.end, SessionEnd::kExpired);
    tab.pass(600'000);
    EXPECT_EQ(tab.connects, 1) << "no use to come back with a dead session";
    EXPECT_EQ(disk.outbox.size(), 1u);
    EXPECT_EQ(disk.drafts[chat("bo")], "half a thought");
    EXPECT_FALSE(disk.session.has_value());

    tab.command(LeaveEndedSession{});
    EXPECT_EQ(tab.model().sign_in.phase, SignInPhase::kSignedOut);
    EXPECT_EQ(tab.model().sign_in.user_id, "an");
    tab.command(SignIn{"an", "", "", false});
    tab.open();
    tab.say_hello();
    tab.reply<proto::SignIn>(proto::SignInReply{"new", TimeMs(), account("an"), false});
    tab.sync_with(Tab::empty_snapshot());
    EXPECT_NE(tab.asked<proto::SendMessage>(), nullptr) << "now it goes";
    EXPECT_EQ(tab.in("bo").draft, "half a thought");
}

TEST(Session, TheSamePersonMaySignInAgainInPlaceAndGoesOnFromWhereTheyWere) {
    Tab tab;
    tab.live_as("an");
    tab.frame(message_event(1, "bo", message(1, "bo", "hi")));
    tab.close(static_cast<std::int32_t>(proto::CloseCode::kSessionEnded));
    tab.command(SignIn{"an", "", "", false});
    tab.open();
    tab.say_hello();
    tab.reply<proto::SignIn>(proto::SignInReply{"new", TimeMs(), account("an"), false});
    ASSERT_NE(tab.asked<proto::Sync>(), nullptr);
    EXPECT_EQ(tab.asked<proto::Sync>()->since, FeedNumber(1));
}

TEST(Session, SomebodyElseInTheSameTabSeesNothingOfTheOneBefore) {
    Tab tab;
    tab.live_as("an");
    tab.frame(message_event(1, "bo", message(1, "bo", "for an alone")));
    tab.close(static_cast<std::int32_t>(proto::CloseCode::kSessionEnded));
    tab.command(SignIn{"eve", "", "", false});
    tab.open();
    tab.say_hello();
    tab.reply<proto::SignIn>(proto::SignInReply{"new", TimeMs(), account("eve"), false});
    EXPECT_TRUE(tab.model().conversations.empty());
    EXPECT_EQ(tab.asked<proto::Sync>()->since, std::nullopt);
}

TEST(Session, ABannedAccountIsNotTriedAgain) {
    Tab tab;
    tab.live_as("an");
    tab.close(4403);
    EXPECT_EQ(tab.model().sign_in.end, SessionEnd::kBanned);
    EXPECT_EQ(tab.model().connection.phase, ConnectionPhase::kStopped);
    tab.pass(600'000);
    EXPECT_EQ(tab.connects, 1);
}

TEST(Session, ATokenOfSomebodyElseIsNotUsed) {
    Disk disk;
    disk.session = StoredSession{"token", profile("an"), false};
    Tab tab(1, &disk);
    tab.start();
    tab.open();
    tab.say_hello();
    tab.reply<proto::Resume>(proto::ResumeReply{TimeMs(), account("bo")});
    EXPECT_TRUE(tab.model().me.user_id.empty());
    EXPECT_EQ(tab.model().sign_in.phase, SignInPhase::kSignedOut);
}

TEST(Session, SigningOutErasesThisDeviceAndTellsTheService) {
    Disk disk;
    Tab tab(1, &disk);
    tab.live_as("an");
    tab.command(SendText{chat("bo"), "unsent", ""});
    tab.command(SignOut{});
    EXPECT_EQ(tab.model().sign_in.phase, SignInPhase::kSignedOut);
    EXPECT_TRUE(tab.model().me.user_id.empty());
    EXPECT_TRUE(tab.model().conversations.empty());
    EXPECT_TRUE(disk.outbox.empty());
    EXPECT_FALSE(disk.session.has_value());
    ASSERT_NE(tab.asked<proto::SignOut>(), nullptr);
    EXPECT_TRUE(tab.connected);
    // What was on its way before may still be answered; it is nobody's business now.
    tab.reply<proto::SendMessage>(proto::SendMessageReply{Seq(1), TimeMs(1)});
    tab.frame(message_event(1, "bo", message(1, "bo", "late")));
    EXPECT_TRUE(tab.model().conversations.empty());
    tab.reply<proto::SignOut>(proto::SignOutReply{});
    EXPECT_FALSE(tab.connected);
    EXPECT_EQ(tab.last_effect<ReleaseOutbox>()->user, user("an"));
}

TEST(Session, SigningOutDoesNotWaitForeverForTheService) {
    Tab tab;
    tab.live_as("an");
    tab.command(SignOut{});
    tab.pass(kSignOutWaitMs);
    EXPECT_FALSE(tab.connected);
    tab.command(SignIn{"bo", "", "", false});
    EXPECT_TRUE(tab.connected);
}

TEST(Session, SigningInRightAfterSigningOutUsesANewConnection) {
    Tab tab;
    tab.live_as("an");
    tab.command(SignOut{});
    tab.command(SignIn{"bo", "", "", false});
    EXPECT_EQ(tab.connects, 2);
    tab.open();
    tab.say_hello();
    ASSERT_NE(tab.asked<proto::SignIn>(), nullptr);
    EXPECT_EQ(tab.asked<proto::SignIn>()->user_id, "bo");
}

TEST(Session, SigningOutOfflineWorksToo) {
    Disk disk;
    Tab tab(1, &disk);
    tab.live_as("an");
    tab.close();
    tab.command(SignOut{});
    EXPECT_EQ(tab.model().sign_in.phase, SignInPhase::kSignedOut);
    EXPECT_FALSE(disk.session.has_value());
    tab.pass(600'000);
    EXPECT_EQ(tab.connects, 1);
}

TEST(Session, ASignInCanBeCalledOff) {
    Tab tab;
    tab.start();
    tab.open();
    tab.say_hello();
    tab.command(SignIn{"an", "", "", false});
    tab.command(SignOut{});
    EXPECT_EQ(tab.model().sign_in.phase, SignInPhase::kSignedOut);
    EXPECT_FALSE(tab.connected);
}

}  // namespace
}  // namespace kumquat::client
