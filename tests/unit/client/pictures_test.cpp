#include <gtest/gtest.h>

#include "client/core/bounds.h"
#include "client/core/picture_rules.h"
#include "unit/client/tab.h"

namespace kumquat::client {
namespace {

using Ids = std::array<BlobId, limits::kRenditions>;

/// A picture that lies in the disk's picture store.
LocalPicture picked(Disk& disk, const std::string& key) {
    LocalPicture picture;
    picture.key = key;
    picture.format = 1;
    picture.renditions = {{{1600, 1200, 500'000}, {960, 720, 90'000}, {264, 198, 9'000}}};
    disk.pictures.insert(key);
    return picture;
}

/// The IDs that an upload gives: 32 times each of these digits.
Ids ids(const std::string& digits) {
    Ids made;
    for (std::size_t i = 0; i < made.size(); ++i)
        made[i] = *BlobId::parse(std::string(32, digits.at(i)));
    return made;
}

void uploaded(Tab& tab, UploadNumber number, const Ids& names) {
    std::erase_if(tab.uploads, [&](const UploadPicture& one) { return one.number == number; });
    tab.client.on_uploaded(number, names, tab.now);
    tab.settle();
}

void failed(Tab& tab, UploadNumber number, const Error& error) {
    std::erase_if(tab.uploads, [&](const UploadPicture& one) { return one.number == number; });
    tab.client.on_upload_failed(number, error, tab.now);
    tab.settle();
}

proto::SendMessageReply sent(std::int64_t seq) {
    return {Seq(seq), TimeMs(1'800'000'000'000)};
}

const Echo& echo(const Tab& tab, std::size_t index) {
    return tab.in("bo").echoes.at(index);
}

TEST(Pictures, AreUploadedSentAndForgottenOnceTheyStandInTheHistory) {
    Disk disk;
    Tab tab(1, &disk);
    tab.live_as("an");
    tab.command(OpenConversation{chat("bo")});
    tab.command(SendPictures{chat("bo"), {picked(disk, "k1")}, "look"});
    ASSERT_EQ(tab.uploads.size(), 1u);
    EXPECT_EQ(tab.uploads[0].picture.key, "k1");
    EXPECT_EQ(tab.uploads[0].session, "token-an");
    EXPECT_EQ(echo(tab, 0).state, MessageState::kUploading);
    EXPECT_EQ(echo(tab, 0).body->image->renditions.at(2).width, 264) << "known before its bytes";
    EXPECT_EQ(echo(tab, 1).state, MessageState::kQueued);
    EXPECT_EQ(tab.asked<proto::SendMessage>(), nullptr) << "the caption waits for its picture";

    const Revision before = tab.in("bo").revision;
    const UploadNumber number = tab.uploads[0].number;
    tab.client.on_upload_progress(number, 100'000, 599'000, tab.now);
    tab.settle();
    EXPECT_EQ(echo(tab, 0).uploaded, 100'000);
    EXPECT_EQ(echo(tab, 0).upload_total, 599'000);
    EXPECT_GT(tab.in("bo").revision, before);

    uploaded(tab, number, ids("abc"));
    const auto* request = tab.asked<proto::SendMessage>();
    ASSERT_NE(request, nullptr);
    EXPECT_EQ(request->body.type, proto::kImageType);
    ASSERT_TRUE(request->body.image.has_value());
    EXPECT_EQ(request->body.image->renditions.at(1).id, ids("abc")[1]);
    EXPECT_EQ(request->body.image->renditions.at(1).type, 2);
    EXPECT_EQ(request->body.image->renditions.at(1).size, 90'000);
    EXPECT_TRUE(has_ids(*disk.outbox.at({DeviceId(1), 1}).body.image))
        << "stored again before it is sent";
    const proto::Body body = request->body;
    tab.reply<proto::SendMessage>(sent(1));
    EXPECT_EQ(disk.outbox.count({DeviceId(1), 1}), 0u);
    EXPECT_EQ(disk.pictures.count("k1"), 1u) << "the echo still shows it";
    ASSERT_NE(tab.asked<proto::SendMessage>(), nullptr);
    EXPECT_EQ(tab.asked<proto::SendMessage>()->body.content, "look");

    proto::Message own = message(1, "an", "", ClientMessageId{DeviceId(1), 1});
    own.body = body;
    tab.frame(message_event(1, "bo", own));
    EXPECT_TRUE(disk.pictures.empty());
    EXPECT_EQ(tab.in("bo").timeline.messages().size(), 1u);
}

TEST(Pictures, GoUpTwoAtATimeAheadOfTheirTurnAndAreSentInOrder) {
    Disk disk;
    Tab tab(1, &disk);
    tab.live_as("an");
    tab.command(SendText{chat("bo"), "first", ""});
    tab.command(
        SendPictures{chat("bo"), {picked(disk, "k1"), picked(disk, "k2"), picked(disk, "k3")}, ""});
    ASSERT_EQ(tab.uploads.size(), 2u) << "while the text is on its way";
    uploaded(tab, tab.uploads[1].number, ids("222"));
    ASSERT_EQ(tab.uploads.size(), 2u);
    EXPECT_EQ(tab.uploads[1].picture.key, "k3");
    tab.reply<proto::SendMessage>(sent(1));
    EXPECT_EQ(tab.asked<proto::SendMessage>(), nullptr) << "k2 is ready, but k1 comes first";
    uploaded(tab, tab.uploads[0].number, ids("111"));
    ASSERT_NE(tab.asked<proto::SendMessage>(), nullptr);
    EXPECT_EQ(tab.asked<proto::SendMessage>()->body.image->renditions[0].id, ids("111")[0]);
    tab.reply<proto::SendMessage>(sent(2));
    EXPECT_EQ(tab.asked<proto::SendMessage>()->body.image->renditions[0].id, ids("222")[0]);
}

TEST(Pictures, WaitForTheConnectionAndGoOnWithoutIt) {
    Disk disk;
    Tab tab(1, &disk);
    tab.live_as("an");
    tab.close();
    tab.command(SendPictures{chat("bo"), {picked(disk, "k1")}, ""});
    EXPECT_EQ(echo(tab, 0).state, MessageState::kQueued);
    EXPECT_TRUE(tab.uploads.empty());
    tab.come_back();
    ASSERT_EQ(tab.uploads.size(), 1u);
    tab.close();
    EXPECT_EQ(echo(tab, 0).state, MessageState::kUploading) << "it has a connection of its own";
    uploaded(tab, tab.uploads[0].number, ids("abc"));
    tab.come_back();
    EXPECT_TRUE(tab.uploads.empty());
    EXPECT_NE(tab.asked<proto::SendMessage>(), nullptr);
}

TEST(Pictures, AReloadInTheMiddleOfAnUploadBeginsItAnew) {
    Disk disk;
    {
        Tab before(1, &disk);
        before.live_as("an");
        before.command(SendPictures{chat("bo"), {picked(disk, "k1"), picked(disk, "k2")}, "both"});
        uploaded(before, before.uploads[0].number, ids("111"));
        // The page is gone while k2 is on its way, and k1's message too.
    }
    Tab tab(2, &disk);
    tab.live_as("an");
    ASSERT_EQ(tab.in("bo").echoes.size(), 3u);
    ASSERT_EQ(tab.uploads.size(), 1u) << "k1 only has to be sent";
    EXPECT_EQ(tab.uploads[0].picture.key, "k2");
    ASSERT_NE(tab.asked<proto::SendMessage>(), nullptr);
    EXPECT_EQ(tab.asked<proto::SendMessage>()->client_id, (ClientMessageId{DeviceId(1), 1}));
    EXPECT_EQ(tab.asked<proto::SendMessage>()->body.image->renditions[0].id, ids("111")[0]);
    EXPECT_EQ(disk.pictures.size(), 2u);
}

TEST(Pictures, ATabThatMayNotSendDoesNotUploadEither) {
    Disk disk;
    {
        Tab before(1, &disk);
        before.live_as("an");
        before.close();
        before.command(SendPictures{chat("bo"), {picked(disk, "k1")}, ""});
    }
    Tab tab(2, &disk);
    tab.lock_answers = false;
    tab.live_as("an");
    EXPECT_EQ(tab.in("bo").echoes.size(), 1u);
    EXPECT_TRUE(tab.uploads.empty());
    tab.client.on_outbox_lock(user("an"), true, tab.now);
    tab.settle();
    EXPECT_EQ(tab.uploads.size(), 1u);
}

TEST(Pictures, ACancelledUploadLeavesNothing) {
    Disk disk;
    Tab tab(1, &disk);
    tab.live_as("an");
    tab.command(SendPictures{chat("bo"), {picked(disk, "k1"), picked(disk, "k2")}, ""});
    const UploadNumber first = tab.uploads.at(0).number;
    tab.command(DiscardMessage{{DeviceId(1), 1}});
    EXPECT_EQ(tab.last_effect<CancelUpload>()->number, first);
    EXPECT_EQ(disk.pictures, (std::set<std::string>{"k2"}));
    EXPECT_EQ(disk.outbox.size(), 1u);
    EXPECT_EQ(tab.in("bo").echoes.size(), 1u);
    // Late news of it is nobody's.
    uploaded(tab, first, ids("abc"));
    EXPECT_EQ(tab.asked<proto::SendMessage>(), nullptr);
}

TEST(Pictures, AnotherTabsDiscardStopsTheUploadHere) {
    Disk disk;
    Tab tab(1, &disk);
    tab.live_as("an");
    tab.command(SendPictures{chat("bo"), {picked(disk, "k1")}, ""});
    disk.outbox.clear();
    tab.client.on_outbox_changed(tab.now);
    tab.settle();
    EXPECT_TRUE(tab.in("bo").echoes.empty());
    EXPECT_EQ(tab.effects_of<CancelUpload>(), 1);
}

TEST(Pictures, AFailedUploadIsTriedAgainIfThatMayHelp) {
    Disk disk;
    Tab tab(1, &disk);
    tab.live_as("an");
    tab.command(SendPictures{chat("bo"), {picked(disk, "k1")}, ""});
    const UploadNumber first = tab.uploads[0].number;
    failed(tab, first, Error{ErrorCode::kIo, "", std::nullopt});
    EXPECT_EQ(echo(tab, 0).state, MessageState::kQueued);
    EXPECT_EQ(tab.effects_of<Notice>(), 0);
    tab.pass_until([&] { return !tab.uploads.empty(); });
    EXPECT_GT(tab.uploads[0].number, first);
    failed(tab, tab.uploads[0].number, Error{ErrorCode::kOverloaded, "", 5'000});
    tab.pass(4'999);
    EXPECT_TRUE(tab.uploads.empty()) << "the service said when";
    tab.pass(1);
    EXPECT_EQ(tab.uploads.size(), 1u);
}

TEST(Pictures, ARefusedPictureFailsItsMessageAndDoesNotHoldUpTheNext) {
    for (const ErrorCode code :
         {ErrorCode::kPictureKind, ErrorCode::kPictureTooLarge, ErrorCode::kPictureEmpty,
          ErrorCode::kPictureDamaged, ErrorCode::kSessionInvalid}) {
        Disk disk;
        Tab tab(1, &disk);
        tab.live_as("an");
        tab.command(SendPictures{chat("bo"), {picked(disk, "k1")}, "caption"});
        failed(tab, tab.uploads[0].number, Error{code, "", std::nullopt});
        EXPECT_EQ(echo(tab, 0).state, MessageState::kFailed);
        EXPECT_EQ(echo(tab, 0).error, code);
        EXPECT_EQ(disk.outbox.at({DeviceId(1), 1}).failed, code);
        ASSERT_NE(tab.asked<proto::SendMessage>(), nullptr);
        EXPECT_EQ(tab.asked<proto::SendMessage>()->body.content, "caption");
        EXPECT_EQ(disk.pictures.size(), 1u) << "it may be tried again";
        tab.command(RetryMessage{{DeviceId(1), 1}});
        EXPECT_EQ(tab.uploads.size(), 1u);
    }
}

TEST(Pictures, AFailedOneIsRetriedAfterAReload) {
    Disk disk;
    {
        Tab before(1, &disk);
        before.live_as("an");
        before.command(SendPictures{chat("bo"), {picked(disk, "k1")}, ""});
        failed(before, before.uploads[0].number,
               Error{ErrorCode::kSessionInvalid, "", std::nullopt});
    }
    Tab tab(2, &disk);
    tab.live_as("an");
    EXPECT_EQ(echo(tab, 0).state, MessageState::kFailed);
    EXPECT_TRUE(tab.uploads.empty());
    tab.command(RetryMessage{{DeviceId(1), 1}});
    ASSERT_EQ(tab.uploads.size(), 1u);
    EXPECT_EQ(tab.uploads[0].picture, *echo(tab, 0).picture);
}

TEST(Pictures, AnUploadThatTheServiceHasForgottenIsRepeatedOnce) {
    Disk disk;
    Tab tab(1, &disk);
    tab.live_as("an");
    tab.command(SendPictures{chat("bo"), {picked(disk, "k1")}, ""});
    uploaded(tab, tab.uploads[0].number, ids("111"));
    tab.refuse<proto::SendMessage>(ErrorCode::kUnknownPicture);
    ASSERT_EQ(tab.uploads.size(), 1u);
    EXPECT_FALSE(has_ids(*disk.outbox.begin()->second.body.image)) << "a reload knows it too";
    uploaded(tab, tab.uploads[0].number, ids("222"));
    EXPECT_EQ(tab.asked<proto::SendMessage>()->client_id, (ClientMessageId{DeviceId(1), 1}));
    EXPECT_EQ(tab.asked<proto::SendMessage>()->body.image->renditions[0].id, ids("222")[0]);
    tab.refuse<proto::SendMessage>(ErrorCode::kUnknownPicture);
    EXPECT_EQ(echo(tab, 0).state, MessageState::kFailed);
    EXPECT_EQ(echo(tab, 0).error, ErrorCode::kUnknownPicture);
    tab.command(RetryMessage{{DeviceId(1), 1}});
    EXPECT_EQ(tab.uploads.size(), 1u) << "the person asks for all of it once more";
}

TEST(Pictures, WhatCannotBeSentIsRefusedBeforeItIsQueued) {
    Disk disk;
    Tab tab(1, &disk);
    tab.live_as("an");
    LocalPicture empty = picked(disk, "k1");
    empty.renditions[0].bytes = 0;
    LocalPicture large = picked(disk, "k1");
    large.renditions[0].bytes = limits::kPictureBytes + 1;
    LocalPicture wide = picked(disk, "k1");
    wide.renditions[0].width = limits::kPictureSide + 1;
    LocalPicture huge = picked(disk, "k1");
    huge.renditions[0] = {10'000, 4'001, 1'000};
    LocalPicture kind = picked(disk, "k1");
    kind.format = 4;
    const std::pair<LocalPicture, ErrorCode> bad[] = {{empty, ErrorCode::kPictureEmpty},
                                                      {large, ErrorCode::kPictureTooLarge},
                                                      {wide, ErrorCode::kPictureDamaged},
                                                      {huge, ErrorCode::kPictureDamaged},
                                                      {kind, ErrorCode::kPictureKind}};
    for (const auto& [picture, code] : bad) {
        disk.pictures = {"k1", "k2"};
        tab.command(SendPictures{chat("bo"), {picked(disk, "k2"), picture}, "caption"});
        EXPECT_EQ(tab.last_effect<Notice>()->kind, NoticeKind::kMessageRefused);
        EXPECT_EQ(tab.last_effect<Notice>()->code, code);
        EXPECT_EQ(tab.in("bo").draft, "caption");
        EXPECT_TRUE(tab.in("bo").echoes.empty()) << "all or nothing";
        EXPECT_TRUE(disk.pictures.empty());
    }
    LocalPicture most = picked(disk, "k1");
    most.renditions[0] = {10'000, 4'000, limits::kPictureBytes};
    EXPECT_EQ(refusal_of_picture(most), std::nullopt);
    tab.command(SendPictures{chat("bo"), {}, "  "});
    EXPECT_EQ(tab.last_effect<Notice>()->code, ErrorCode::kEmptyMessage);
}

TEST(Pictures, SigningOutStopsTheirUploads) {
    Disk disk;
    Tab tab(1, &disk);
    tab.live_as("an");
    tab.command(SendPictures{chat("bo"), {picked(disk, "k1")}, ""});
    tab.command(SignOut{});
    EXPECT_EQ(tab.effects_of<CancelUpload>(), 1);
    EXPECT_TRUE(disk.pictures.empty());
}

TEST(Pictures, ASessionThatEndedKeepsThemForTheNext) {
    Disk disk;
    Tab tab(1, &disk);
    tab.live_as("an");
    tab.command(SendPictures{chat("bo"), {picked(disk, "k1")}, ""});
    tab.close(static_cast<std::int32_t>(proto::CloseCode::kSessionEnded));
    EXPECT_EQ(tab.effects_of<CancelUpload>(), 1);
    EXPECT_EQ(echo(tab, 0).state, MessageState::kQueued);
    tab.command(SignIn{"an", "", "", false});
    tab.open();
    tab.say_hello();
    tab.reply<proto::SignIn>(proto::SignInReply{"new", TimeMs(), account("an"), false});
    tab.reply<proto::Sync>(Tab::tail(0));
    ASSERT_EQ(tab.uploads.size(), 1u);
    EXPECT_EQ(tab.uploads[0].session, "new");
}

TEST(Avatar, IsUploadedAndThenNamedInTheProfile) {
    Disk disk;
    Tab tab(1, &disk);
    tab.live_as("an");
    tab.command(SetAvatar{picked(disk, "face")});
    ASSERT_EQ(tab.uploads.size(), 1u);
    ASSERT_NE(tab.model().find_task(Task::kAvatar), nullptr);
    uploaded(tab, tab.uploads[0].number, ids("abc"));
    ASSERT_NE(tab.asked<proto::UpdateProfile>(), nullptr);
    EXPECT_EQ(tab.asked<proto::UpdateProfile>()->avatar, ids("abc")[2].text());
    EXPECT_EQ(tab.asked<proto::UpdateProfile>()->nick, std::nullopt);
    EXPECT_TRUE(disk.pictures.empty());
    EXPECT_NE(tab.model().find_task(Task::kAvatar), nullptr) << "not shown before it is so";
    proto::Account changed = account("an");
    changed.profile.avatar = ids("abc")[2];
    tab.reply<proto::UpdateProfile>(proto::UpdateProfileReply{changed});
    EXPECT_EQ(tab.model().me.avatar, ids("abc")[2]);
    EXPECT_EQ(disk.session->me.avatar, ids("abc")[2]);
    EXPECT_TRUE(tab.model().tasks.empty());
    tab.command(SetAvatar{std::nullopt});
    ASSERT_NE(tab.asked<proto::UpdateProfile>(), nullptr);
    EXPECT_EQ(tab.asked<proto::UpdateProfile>()->avatar, "");
}

TEST(Avatar, AnotherChoiceReplacesTheOneOnItsWay) {
    Disk disk;
    Tab tab(1, &disk);
    tab.live_as("an");
    tab.command(SetAvatar{picked(disk, "face")});
    tab.command(SetAvatar{picked(disk, "other")});
    ASSERT_EQ(tab.uploads.size(), 1u);
    EXPECT_EQ(tab.uploads[0].picture.key, "other");
    EXPECT_EQ(disk.pictures, (std::set<std::string>{"other"}));
}

TEST(Avatar, ARefusedPictureIsSaid) {
    Disk disk;
    Tab tab(1, &disk);
    tab.live_as("an");
    tab.command(SetAvatar{picked(disk, "face")});
    failed(tab, tab.uploads[0].number, Error{ErrorCode::kPictureKind, "", std::nullopt});
    EXPECT_EQ(tab.model().find_task(Task::kAvatar)->error, ErrorCode::kPictureKind);
    EXPECT_EQ(tab.last_effect<Notice>()->kind, NoticeKind::kTaskFailed);
    EXPECT_TRUE(disk.pictures.empty());
    EXPECT_EQ(tab.asked<proto::UpdateProfile>(), nullptr);
}

}  // namespace
}  // namespace kumquat::client
