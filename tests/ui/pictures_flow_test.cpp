// Pictures from choosing to seeing: the browser's part is scripted, everything else is real.
#include <algorithm>

#include <gtest/gtest.h>

#include "base/limits.h"
#include "page.h"
#include "picture/samples.h"

namespace kumquat::uitest {
namespace {

using platform::PicturePurpose;

class Pictures : public testing::Test {
  protected:
    void SetUp() override {
        page.world.pictures.outcome.format = 1;
        page.world.pictures.outcome.renditions = {
            {{1280, 720, 900'000}, {1280, 720, 900'000}, {352, 198, 20'000}}};
        page.service.add_friend("bob", "Bob");
        page.service.add_friend("cleo", "Cleo");
        page.sign_in("ann");
        page.click(Role::kButton, "Bob");
    }

    std::string choose(const std::string& name = "holiday.jpg") {
        std::string photo = picture::sample("photo.jpg");
        std::string key = page.world.pictures.choose(PicturePurpose::kMessage, name, photo,
                                                     static_cast<std::int64_t>(photo.size()));
        page.run(60);
        return key;
    }
    void finish_uploads() {
        while (!page.world.blobs.open.empty()) {
            page.world.blobs.finish(next_id());
            page.run(60);
        }
    }
    BlobId next_id() {
        std::string digits = std::to_string(++ids_count_);
        return *BlobId::parse(std::string(32 - digits.size(), 'a') + digits);
    }
    void receive_picture(std::int64_t width, std::int64_t height) {
        proto::Body body;
        body.type = proto::kImageType;
        body.image = proto::Image{1,
                                  {{1, next_id(), width, height, 50'000},
                                   {2, next_id(), width, height, 50'000},
                                   {3, next_id(), width, height, 50'000}}};
        page.service.receive_body("bob", body);
        page.run(60);
    }
    // As the browser does it: the news, then a frame.
    void decode_loads(int width, int height) {
        page.world.loader.decode_all(width, height);
        page.world.frames.invalidate(platform::FrameReason::kTextures);
        page.run(100);
    }
    void fail_loads(platform::LoadFailure failure) {
        page.world.loader.fail_all(failure);
        page.world.frames.invalidate(platform::FrameReason::kTextures);
        page.run(100);
    }
    std::string problem() const {
        const MirrorNode* node = page.world.mirror.find_key("composer.problem");
        return node == nullptr ? std::string() : node->name;
    }

    Page page;

  private:
    int ids_count_ = 0;
};

TEST_F(Pictures, ButtonOpensTheChooser) {
    page.click(Role::kButton, "Send a picture");
    ASSERT_EQ(page.world.pictures.choosers.size(), 1u);
    EXPECT_EQ(page.world.pictures.choosers[0], PicturePurpose::kMessage);
}

TEST_F(Pictures, ChosenOnesWaitAboveTheTextAndGoOutBeforeIt) {
    choose("one.jpg");
    choose("two.jpg");
    EXPECT_TRUE(page.has(Role::kImage, "one.jpg")) << page.words();
    EXPECT_TRUE(page.has(Role::kButton, "Remove picture two.jpg"));
    EXPECT_EQ(page.world.fields.elements["composer:C2Cbob"].spec.placeholder, "Add a caption");
    EXPECT_EQ(page.service.count<proto::SendMessage>(), 0);
    page.type("Message Bob", "look at these");
    page.enter("Message Bob");
    EXPECT_FALSE(page.has(Role::kImage, "one.jpg"));
    EXPECT_EQ(page.world.fields.text("composer:C2Cbob"), "");
    finish_uploads();
    page.run(300);
    std::vector<std::string> types;
    for (const proto::ClientFrame& frame : page.service.requests) {
        if (auto* send = std::get_if<proto::SendMessage>(&frame.request))
            types.push_back(send->body.type);
    }
    EXPECT_EQ(types,
              (std::vector<std::string>{proto::kImageType, proto::kImageType, proto::kTextType}));
}

TEST_F(Pictures, PictureAloneIsSentWithoutText) {
    choose();
    EXPECT_FALSE(page.find(Role::kButton, "Send")->disabled);
    page.click(Role::kButton, "Send");
    finish_uploads();
    page.run(300);
    ASSERT_EQ(page.service.count<proto::SendMessage>(), 1);
    const proto::SendMessage* sent = page.service.last<proto::SendMessage>();
    ASSERT_TRUE(sent->body.image.has_value());
    EXPECT_EQ(sent->body.image->renditions.size(), 3u);
    EXPECT_EQ(sent->body.image->renditions[0].width, 1280);
    // The same file for the first two sizes: one upload, one ID.
    EXPECT_EQ(sent->body.image->renditions[0].id, sent->body.image->renditions[1].id);
    EXPECT_NE(sent->body.image->renditions[1].id, sent->body.image->renditions[2].id);
    EXPECT_TRUE(page.world.pictures.kept.empty()) << "an acknowledged picture is kept by nobody";
}

TEST_F(Pictures, EnterBeforeItIsReadySendsItWhenItIs) {
    page.world.pictures.slow = true;
    choose();
    page.type("Message Bob", "soon");
    page.enter("Message Bob");
    EXPECT_EQ(page.world.fields.text("composer:C2Cbob"), "soon");
    page.world.pictures.slow = false;
    page.run(100);
    EXPECT_EQ(page.world.fields.text("composer:C2Cbob"), "");
    finish_uploads();
    page.run(300);
    EXPECT_EQ(page.service.count<proto::SendMessage>(), 2);
}

TEST_F(Pictures, RemovedOneIsForgottenAndNotSent) {
    choose("one.jpg");
    page.click(Role::kButton, "Remove picture one.jpg");
    EXPECT_FALSE(page.has(Role::kImage, "one.jpg"));
    EXPECT_TRUE(page.world.pictures.kept.empty());
    EXPECT_TRUE(page.find(Role::kButton, "Send")->disabled);
}

TEST_F(Pictures, WaitInTheChatForWhichTheyWereChosen) {
    choose("for bob.jpg");
    page.click(Role::kButton, "Cleo");
    EXPECT_FALSE(page.has(Role::kImage, "for bob.jpg"));
    page.type("Message Cleo", "hi");
    page.enter("Message Cleo");
    page.run(200);
    EXPECT_EQ(page.service.count<proto::SendMessage>(), 1);
    EXPECT_TRUE(page.world.blobs.open.empty());
    page.click(Role::kButton, "Bob");
    EXPECT_TRUE(page.has(Role::kImage, "for bob.jpg")) << page.words();
}

TEST_F(Pictures, RefusedFilesAreToldByNameAboveTheComposer) {
    page.world.pictures.choose(PicturePurpose::kMessage, "notes.txt", "plain words", 11);
    page.run(60);
    EXPECT_EQ(problem(), "notes.txt: Only JPG, PNG, GIF and WebP pictures");
    ASSERT_FALSE(page.world.mirror.announced.empty());
    EXPECT_EQ(page.world.mirror.announced.back().first, problem());
    page.world.pictures.choose(PicturePurpose::kMessage, "nothing.png", "", 0);
    page.run(60);
    EXPECT_EQ(problem(), "nothing.png: This file is empty");
    page.world.pictures.choose(PicturePurpose::kMessage, "huge.png",
                               picture::png_of(100, 100, platform::kHeadBytes),
                               limits::kPictureBytes + 1);
    page.run(60);
    EXPECT_EQ(problem(), "huge.png: Pictures must be under 20 MB");
    std::string bomb = picture::png_of(100'000, 100'000);
    page.world.pictures.choose(PicturePurpose::kMessage, "bomb.png", bomb,
                               static_cast<std::int64_t>(bomb.size()));
    page.run(60);
    EXPECT_EQ(problem(), "bomb.png: This picture is damaged or its dimensions are too large");
    // A good one takes the words away.
    choose();
    EXPECT_EQ(problem(), "");
}

TEST_F(Pictures, OneThatCannotBePreparedIsTakenOutAndTold) {
    page.world.pictures.error = ErrorCode::kPictureDamaged;
    choose("torn.jpg");
    EXPECT_EQ(problem(), "torn.jpg: This picture is damaged or its dimensions are too large");
    EXPECT_FALSE(page.has(Role::kImage, "torn.jpg"));
}

TEST_F(Pictures, MoreThanNineAtOnceAreRefusedInWords) {
    for (int i = 0; i < 10; ++i)
        choose();
    EXPECT_EQ(problem(), "At most 9 pictures at once");
}

TEST_F(Pictures, UploadShowsHowFarItIsAndCanBeCancelled) {
    choose();
    page.click(Role::kButton, "Send");
    page.run(60);
    ASSERT_EQ(page.world.blobs.open.size(), 1u);
    page.world.blobs.listener->on_blob_progress(page.world.blobs.open[0].number, 460'000);
    page.run(60);
    EXPECT_TRUE(page.has(Role::kProgress, "50% uploaded")) << page.words();
    page.click(Role::kButton, "Cancel upload");
    page.run(60);
    EXPECT_FALSE(page.has(Role::kImage, "Picture from you, 1280 by 720")) << page.words();
    EXPECT_EQ(page.world.blobs.aborts_count, 1);
    EXPECT_TRUE(page.world.pictures.kept.empty());
    EXPECT_EQ(page.service.count<proto::SendMessage>(), 0);
}

TEST_F(Pictures, RefusedUploadCanBeTriedAgain) {
    choose();
    page.click(Role::kButton, "Send");
    page.run(60);
    page.world.blobs.finish(Error{ErrorCode::kPictureDamaged, ""});
    page.run(100);
    const MirrorNode* failed = page.find_prefix(Role::kArticle, "You, ");
    ASSERT_NE(failed, nullptr) << page.words();
    EXPECT_TRUE(page.has(Role::kButton, "Try again")) << page.words();
    page.click(Role::kButton, "Try again");
    page.run(60);
    finish_uploads();
    page.run(300);
    EXPECT_EQ(page.service.count<proto::SendMessage>(), 1);
    EXPECT_TRUE(page.has(Role::kButton, "Picture from you, 1280 by 720")) << page.words();
}

TEST_F(Pictures, NetworkFailureIsTriedAgainByItself) {
    choose();
    page.click(Role::kButton, "Send");
    page.run(60);
    page.world.blobs.finish(Error{ErrorCode::kIo, "", 500});
    for (int i = 0; i < 100 && page.world.blobs.open.empty(); ++i)
        page.run(200);
    ASSERT_FALSE(page.world.blobs.open.empty());
    finish_uploads();
    page.run(300);
    EXPECT_EQ(page.service.count<proto::SendMessage>(), 1);
}

TEST_F(Pictures, UploadGoesOnAfterAReload) {
    choose();
    page.click(Role::kButton, "Send");
    page.run(200);
    ASSERT_EQ(page.world.blobs.open.size(), 1u);
    page.world.blobs.open.clear();
    page.reload();
    page.run(500);
    ASSERT_EQ(page.world.blobs.open.size(), 1u) << page.words();
    finish_uploads();
    page.run(300);
    EXPECT_EQ(page.service.count<proto::SendMessage>(), 1);
}

TEST_F(Pictures, WhatAClosedPageLeftBehindIsDropped) {
    choose("never sent.jpg");
    EXPECT_EQ(page.world.pictures.kept.size(), 1u);
    page.reload();
    page.run(300);
    EXPECT_TRUE(page.world.pictures.kept.empty());
}

TEST_F(Pictures, BrowserThatKeepsNothingIsToldOnceAndSendsAllTheSame) {
    page.world.pictures.outcome.kept = false;
    choose();
    EXPECT_EQ(page.toast(),
              "This browser does not keep pictures. Reloading loses those not uploaded yet.");
    page.click(Role::kButton, "Send");
    finish_uploads();
    page.run(300);
    EXPECT_EQ(page.service.count<proto::SendMessage>(), 1);
}

TEST_F(Pictures, ReceivedOneHasItsBoxBeforeItsBytes) {
    receive_picture(1280, 720);
    const MirrorNode* node = page.find(Role::kButton, "Picture from Bob, 1280 by 720");
    ASSERT_NE(node, nullptr) << page.words();
    platform::Rect before = node->rect;
    EXPECT_EQ(before.w, 320);
    EXPECT_EQ(before.h, 180);
    ASSERT_FALSE(page.world.loader.waiting.empty());
    decode_loads(320, 180);
    node = page.find(Role::kButton, "Picture from Bob, 1280 by 720");
    ASSERT_NE(node, nullptr);
    EXPECT_EQ(node->rect, before);
}

TEST_F(Pictures, OneThatIsGoneSaysSoAndCannotBeOpened) {
    receive_picture(1280, 720);
    fail_loads(platform::LoadFailure::kNever);
    const MirrorNode* node = page.find(Role::kImage, "Picture from Bob, 1280 by 720");
    ASSERT_NE(node, nullptr) << page.words();
    EXPECT_EQ(node->description, "This picture cannot be shown");
}

TEST_F(Pictures, OwnOneIsNotDownloadedAfterItsUpload) {
    choose();
    page.click(Role::kButton, "Send");
    page.run(60);
    decode_loads(320, 180);
    int loads = page.world.loader.loads_count;
    finish_uploads();
    page.run(500);
    EXPECT_TRUE(page.has(Role::kButton, "Picture from you, 1280 by 720")) << page.words();
    EXPECT_EQ(page.world.loader.loads_count, loads);
}

TEST_F(Pictures, ViewerShowsOneAndGoesToItsNeighbours) {
    receive_picture(1000, 500);
    page.service.receive("bob", "and");
    receive_picture(600, 800);
    page.click(Role::kButton, "Picture from Bob, 1000 by 500");
    platform::headless::RecordedViewer& viewer = page.world.viewer;
    ASSERT_TRUE(viewer.open);
    EXPECT_EQ(viewer.shown.width, 1000);
    EXPECT_EQ(viewer.shown.alt, "Picture from Bob, 1000 by 500");
    EXPECT_EQ(viewer.shown.from, "Bob");
    EXPECT_EQ(viewer.spoken.close, "Close");
    EXPECT_FALSE(viewer.shown.has_previous);
    EXPECT_TRUE(viewer.shown.has_next);
    viewer.listener->on_viewer_step(1);
    page.run(60);
    EXPECT_EQ(viewer.shown.width, 600);
    EXPECT_TRUE(viewer.shown.has_previous);
    EXPECT_FALSE(viewer.shown.has_next);
    viewer.listener->on_viewer_step(-1);
    page.run(60);
    EXPECT_EQ(viewer.shown.width, 1000);
}

TEST_F(Pictures, KeyboardOpensTheViewerToo) {
    receive_picture(1000, 500);
    page.activate(Role::kButton, "Picture from Bob, 1000 by 500");
    EXPECT_TRUE(page.world.viewer.open);
}

TEST_F(Pictures, DragShowsWhereToDropAndEndsWithIt) {
    page.world.pictures.listener->on_picture_drag(true);
    page.run(60);
    EXPECT_TRUE(page.has(Role::kStatus, "Drop to send pictures")) << page.words();
    page.world.pictures.listener->on_picture_drag(false);
    page.run(60);
    EXPECT_FALSE(page.has(Role::kStatus, "Drop to send pictures"));
}

TEST_F(Pictures, AvatarIsUploadedAndShownWhereTheFaceIs) {
    page.world.pictures.outcome.renditions = {
        {{400, 400, 40'000}, {400, 400, 40'000}, {198, 198, 9'000}}};
    std::string photo = picture::sample("photo.jpg");
    page.world.pictures.choose(PicturePurpose::kAvatar, "me.jpg", photo,
                               static_cast<std::int64_t>(photo.size()));
    page.run(100);
    finish_uploads();
    page.run(300);
    const proto::UpdateProfile* update = page.service.last<proto::UpdateProfile>();
    ASSERT_NE(update, nullptr);
    ASSERT_TRUE(update->avatar.has_value());
    bool asked = std::any_of(page.world.loader.waiting.begin(), page.world.loader.waiting.end(),
                             [&](const auto& load) { return load.name.id == *update->avatar; });
    EXPECT_TRUE(asked) << "the new picture is loaded";
}

TEST_F(Pictures, WhatABrowserDoesNotKeepIsToldAloudOnce) {
    page.world.pictures.outcome.kept = false;
    choose();
    std::string words = page.toast();
    EXPECT_NE(words, "");
    ASSERT_FALSE(page.world.mirror.announced.empty());
    EXPECT_EQ(page.world.mirror.announced.back(),
              std::make_pair(words, platform::Politeness::kAssertive));
    std::size_t said = page.world.mirror.announced.size();
    choose("second.jpg");
    EXPECT_EQ(page.world.mirror.announced.size(), said);
}

TEST_F(Pictures, AvatarThatIsNoPictureIsRefusedInWords) {
    page.world.pictures.choose(PicturePurpose::kAvatar, "notes.txt", "plain words", 11);
    page.run(60);
    EXPECT_EQ(page.toast(), "Only JPG, PNG, GIF and WebP pictures");
    EXPECT_EQ(problem(), "");
}

}  // namespace
}  // namespace kumquat::uitest
