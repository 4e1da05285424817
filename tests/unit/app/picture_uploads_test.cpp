#include "app/picture_uploads.h"

#include <optional>
#include <vector>

#include <gtest/gtest.h>

#include "platform/headless/pictures.h"

namespace kumquat::app {
namespace {

BlobId blob(char digit) {
    return *BlobId::parse(std::string(32, digit));
}

class PictureUploadsTest : public testing::Test, public PictureUploads::Listener {
  protected:
    PictureUploadsTest() {
        effect.number = client::UploadNumber(1);
        effect.session = "token";
        effect.picture.key = "k";
        effect.picture.format = 1;
        effect.picture.renditions = {{{2000, 1000, 900}, {1440, 720, 200}, {396, 198, 20}}};
    }
    void on_upload_progress(client::UploadNumber, std::int64_t now_sent,
                            std::int64_t all) override {
        sent = now_sent;
        total = all;
    }
    void on_uploaded(client::UploadNumber, const client::LocalPicture&,
                     const std::array<BlobId, limits::kRenditions>& all) override {
        ids.assign(all.begin(), all.end());
    }
    void on_upload_failed(client::UploadNumber, const Error& failure) override { error = failure; }

    platform::headless::ScriptedBlobs channel;
    PictureUploads uploads{channel, this};
    client::UploadPicture effect;
    UserId ann = *UserId::parse("ann");
    std::int64_t sent = -1;
    std::int64_t total = -1;
    std::vector<BlobId> ids;
    std::optional<Error> error;
};

TEST_F(PictureUploadsTest, SendsOneFileAfterTheOtherAndCountsThemTogether) {
    uploads.start(effect, ann);
    ASSERT_EQ(channel.open.size(), 1u);
    EXPECT_EQ(channel.open[0].picture, platform::PictureName::local("ann", "k", 0));
    EXPECT_EQ(channel.open[0].session, "token");
    channel.listener->on_blob_progress(channel.open[0].number, 450);
    EXPECT_EQ(sent, 450);
    EXPECT_EQ(total, 1120);
    channel.finish(blob('a'));
    ASSERT_EQ(channel.open.size(), 1u);
    EXPECT_EQ(channel.open[0].picture.rendition, 1);
    channel.listener->on_blob_progress(channel.open[0].number, 100);
    EXPECT_EQ(sent, 1000);
    // A browser counts headers too; more than the file never shows.
    channel.listener->on_blob_progress(channel.open[0].number, 999);
    EXPECT_EQ(sent, 1100);
    channel.finish(blob('b'));
    channel.finish(blob('c'));
    EXPECT_EQ(ids, (std::vector<BlobId>{blob('a'), blob('b'), blob('c')}));
}

TEST_F(PictureUploadsTest, FileThatStandsForSeveralRenditionsIsSentOnce) {
    effect.picture.renditions[2] = effect.picture.renditions[1] = effect.picture.renditions[0];
    uploads.start(effect, ann);
    channel.finish(blob('a'));
    EXPECT_TRUE(channel.open.empty());
    EXPECT_EQ(ids, (std::vector<BlobId>{blob('a'), blob('a'), blob('a')}));
}

TEST_F(PictureUploadsTest, TriedAgainItGoesOnBehindWhatArrived) {
    uploads.start(effect, ann);
    channel.finish(blob('a'));
    channel.finish(Error{ErrorCode::kIo, "", 2000});
    ASSERT_TRUE(error.has_value());
    EXPECT_EQ(error->retry_after_ms, 2000);
    EXPECT_TRUE(channel.open.empty());
    effect.number = client::UploadNumber(2);
    uploads.start(effect, ann);
    ASSERT_EQ(channel.open.size(), 1u);
    EXPECT_EQ(channel.open[0].picture.rendition, 1);
    channel.finish(blob('b'));
    channel.finish(blob('c'));
    EXPECT_EQ(ids, (std::vector<BlobId>{blob('a'), blob('b'), blob('c')}));
}

TEST_F(PictureUploadsTest, FinishedOneThatIsAskedForAgainIsSentWhole) {
    uploads.start(effect, ann);
    for (char digit : {'a', 'b', 'c'})
        channel.finish(blob(digit));
    effect.number = client::UploadNumber(2);
    uploads.start(effect, ann);
    ASSERT_EQ(channel.open.size(), 1u);
    EXPECT_EQ(channel.open[0].picture.rendition, 0);
}

TEST_F(PictureUploadsTest, CancelledOneIsAbortedAndHeardOfNoMore) {
    uploads.start(effect, ann);
    std::int64_t number = channel.open[0].number;
    uploads.cancel(effect.number);
    EXPECT_EQ(channel.aborts_count, 1);
    channel.listener->on_blob_done(number, blob('a'));
    EXPECT_TRUE(ids.empty());
    EXPECT_FALSE(error.has_value());
}

TEST_F(PictureUploadsTest, SeveralPicturesGoSideBySide) {
    uploads.start(effect, ann);
    client::UploadPicture other = effect;
    other.number = client::UploadNumber(2);
    other.picture.key = "other";
    uploads.start(other, ann);
    EXPECT_EQ(channel.open.size(), 2u);
    EXPECT_NE(channel.open[0].number, channel.open[1].number);
}

}  // namespace
}  // namespace kumquat::app
