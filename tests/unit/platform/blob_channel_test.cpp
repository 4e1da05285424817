#include "platform/blob_channel.h"

#include <gtest/gtest.h>

namespace kumquat::platform {
namespace {

const std::string kId = "0123456789abcdef0123456789abcdef";

BlobAnswer answer(int status, std::int32_t code = 0, std::string id = {}) {
    BlobAnswer made;
    made.status = status;
    made.code = code;
    made.id = std::move(id);
    return made;
}

TEST(BlobResult, IdOfAnAcceptedUpload) {
    Result<BlobId> id = blob_result(answer(200, 0, kId));
    ASSERT_TRUE(id.has_value());
    EXPECT_EQ(id->text(), kId);
}

TEST(BlobResult, AnswerOfSomethingElseIsTriedAgain) {
    Result<BlobId> id = blob_result(answer(200, 0, "<html>"));
    ASSERT_FALSE(id.has_value());
    EXPECT_EQ(id.error().code, ErrorCode::kIo);
    EXPECT_TRUE(id.error().retry_after_ms.has_value());
}

TEST(BlobResult, NoAnswerIsTheNetwork) {
    Result<BlobId> id = blob_result(answer(0));
    ASSERT_FALSE(id.has_value());
    EXPECT_EQ(id.error().code, ErrorCode::kIo);
    EXPECT_TRUE(id.error().retry_after_ms.has_value());
}

TEST(BlobResult, ServicesCodeIsKeptAndFinal) {
    Result<BlobId> id =
        blob_result(answer(415, static_cast<std::int32_t>(ErrorCode::kPictureKind)));
    ASSERT_FALSE(id.has_value());
    EXPECT_EQ(id.error().code, ErrorCode::kPictureKind);
    EXPECT_FALSE(id.error().retry_after_ms.has_value());
}

TEST(BlobResult, StatusSpeaksWhereThereIsNoCode) {
    EXPECT_EQ(blob_result(answer(401)).error().code, ErrorCode::kSessionInvalid);
    EXPECT_EQ(blob_result(answer(413)).error().code, ErrorCode::kPictureTooLarge);
    EXPECT_FALSE(blob_result(answer(404)).error().retry_after_ms.has_value());
    EXPECT_TRUE(blob_result(answer(502)).error().retry_after_ms.has_value());
}

TEST(BlobResult, WaitOfTheServiceComesBeforeOurOwn) {
    BlobAnswer busy = answer(503, static_cast<std::int32_t>(ErrorCode::kOverloaded));
    busy.retry_after_ms = 7000;
    EXPECT_EQ(blob_result(busy).error().retry_after_ms, 7000);
}

}  // namespace
}  // namespace kumquat::platform
