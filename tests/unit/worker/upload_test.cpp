#include <gtest/gtest.h>

#include "person.h"
#include "picture/samples.h"

namespace kumquat::worker {
namespace {

class UploadTest : public testing::Test {
  protected:
    UploadTest() : anna_(browser_) { session_ = anna_.enter("anna"); }

    std::optional<std::string> take_in(const std::string& file) {
        last_ = last_.next();
        return upload(*browser_.host, browser_.storage, last_, session_, file);
    }
    ErrorCode refusal(const std::string& file) {
        EXPECT_FALSE(take_in(file));
        const auto& one = browser_.host->uploads[last_];
        if (one.ready && !*one.ready) return one.ready->error().code;
        return one.done && !*one.done ? one.done->error().code : ErrorCode::kInternal;
    }

    Browser browser_;
    Person anna_;
    std::string session_;
    UploadId last_;
};

TEST_F(UploadTest, IsAnsweredAsOverHttp) {
    const std::string file = picture::sample("photo.jpg");
    const auto answer = take_in(file);
    ASSERT_TRUE(answer);
    const Json json = Json::parse(*answer);
    EXPECT_EQ(json["width"], 64);
    EXPECT_EQ(json["height"], 48);
    EXPECT_EQ(json["size"], file.size());
    EXPECT_TRUE(browser_.home->has_picture(json["id"].get<std::string>()));
    EXPECT_EQ(browser_.storage.pictures.size(), 1U);
    browser_.restart();
    EXPECT_TRUE(browser_.home->has_picture(json["id"].get<std::string>()));
    EXPECT_EQ(browser_.storage.pictures.size(), 1U);
}

TEST_F(UploadTest, WhatIsNoPictureIsRefused) {
    EXPECT_EQ(refusal(""), ErrorCode::kPictureEmpty);
    EXPECT_EQ(refusal("hello, this is text and no picture"), ErrorCode::kPictureKind);
    const std::string photo = picture::sample("photo.jpg");
    EXPECT_EQ(refusal(photo.substr(0, photo.size() / 2)), ErrorCode::kPictureDamaged);
    EXPECT_TRUE(browser_.storage.pictures.empty());
    session_ = "nobody's";
    EXPECT_EQ(refusal(photo), ErrorCode::kSessionInvalid);
    session_ = "";
    EXPECT_EQ(refusal(photo), ErrorCode::kSessionInvalid);
}

TEST_F(UploadTest, OnePersonHasEightAtATime) {
    for (int i = 0; i < 8; ++i) {
        last_ = last_.next();
        browser_.home->upload_begin(last_, session_);
        ASSERT_TRUE(*browser_.host->uploads[last_].ready);
    }
    EXPECT_EQ(refusal(picture::sample("photo.jpg")), ErrorCode::kTooManyRequests);
    browser_.home->upload_cancel(UploadId(1));
    EXPECT_TRUE(take_in(picture::sample("photo.jpg")));
}

TEST_F(UploadTest, BytesThatCannotBeStoredAreNotNoted) {
    const std::string file = picture::sample("drawing.png");
    browser_.home->upload_begin(UploadId(1), session_);
    ASSERT_TRUE(browser_.home->upload_feed(UploadId(1), file));
    ASSERT_TRUE(browser_.home->upload_finish(UploadId(1)));
    const BlobId id = browser_.host->uploads[UploadId(1)].keep;
    ASSERT_FALSE(id.empty());
    EXPECT_FALSE(browser_.home->has_picture(id.text())) << "before its bytes are durable";
    browser_.home->upload_kept(UploadId(1), Error{ErrorCode::kDiskFull, "quota"});
    browser_.host->settle();
    const auto& done = browser_.host->uploads[UploadId(1)].done;
    ASSERT_TRUE(done && !*done);
    EXPECT_EQ(done->error().code, ErrorCode::kDiskFull);
    EXPECT_FALSE(browser_.home->has_picture(id.text()));
}

TEST_F(UploadTest, ACancelledOneLeavesNoBytes) {
    const std::string file = picture::sample("drawing.png");
    browser_.home->upload_begin(UploadId(1), session_);
    ASSERT_TRUE(browser_.home->upload_feed(UploadId(1), file));
    ASSERT_TRUE(browser_.home->upload_finish(UploadId(1)));
    browser_.home->upload_cancel(UploadId(1));
    browser_.storage.pictures[browser_.host->uploads[UploadId(1)].keep] = file;
    browser_.home->upload_kept(UploadId(1), Status());
    browser_.host->settle();
    EXPECT_TRUE(browser_.storage.pictures.empty());
    EXPECT_FALSE(browser_.host->uploads[UploadId(1)].done);
}

// The crash comes between the bytes and the row.
TEST_F(UploadTest, BytesThatNoRowKnowsGoWithTheNextStart) {
    const std::string file = picture::sample("drawing.png");
    browser_.home->upload_begin(UploadId(1), session_);
    ASSERT_TRUE(browser_.home->upload_feed(UploadId(1), file));
    ASSERT_TRUE(browser_.home->upload_finish(UploadId(1)));
    browser_.storage.pictures[browser_.host->uploads[UploadId(1)].keep] = file;
    browser_.restart();
    EXPECT_TRUE(browser_.storage.pictures.empty());
}

TEST_F(UploadTest, WhatNothingNamesGoesAfterADay) {
    ASSERT_TRUE(take_in(picture::sample("photo.jpg")));
    browser_.host->time = TimeMs(browser_.host->time.value() + 25 * 3600 * 1000);
    browser_.home->tick();
    browser_.host->settle();
    EXPECT_TRUE(browser_.storage.pictures.empty());
}

}  // namespace
}  // namespace kumquat::worker
