#include "app/picture_check.h"

#include <gtest/gtest.h>

#include "base/limits.h"
#include "picture/samples.h"

namespace kumquat::app {
namespace {

/// A file as it is picked: no more of it than its first bytes.
platform::PickedFile picked(const std::string& content, std::int64_t bytes = -1) {
    platform::PickedFile file;
    file.key = "k";
    file.name = "holiday.jpg";
    file.bytes = bytes < 0 ? static_cast<std::int64_t>(content.size()) : bytes;
    file.head = content.substr(0, platform::kHeadBytes);
    return file;
}

std::optional<ErrorCode> refusal(const platform::PickedFile& file) {
    Status status = check_picture(file);
    if (status) return std::nullopt;
    return status.error().code;
}

TEST(CheckPicture, TakesTheFourKindsByTheirContent) {
    for (const char* name : {"photo.jpg", "drawing.png", "moving.gif", "lossy.webp"})
        EXPECT_EQ(refusal(picked(picture::sample(name))), std::nullopt) << name;
}

TEST(CheckPicture, RefusesWhatOnlyHasTheNameOfAPicture) {
    EXPECT_EQ(refusal(picked("<svg xmlns='http://www.w3.org/2000/svg'/>")),
              ErrorCode::kPictureKind);
    EXPECT_EQ(refusal(picked("", 4096)), ErrorCode::kPictureKind);
}

TEST(CheckPicture, RefusesAnEmptyFile) {
    EXPECT_EQ(refusal(picked("")), ErrorCode::kPictureEmpty);
}

TEST(CheckPicture, TwentyMebibytesAreTooLargeAndOneByteLessIsNot) {
    std::string head = picture::png_of(100, 100, platform::kHeadBytes);
    EXPECT_EQ(refusal(picked(head, limits::kPictureBytes)), std::nullopt);
    EXPECT_EQ(refusal(picked(head, limits::kPictureBytes + 1)), ErrorCode::kPictureTooLarge);
}

TEST(CheckPicture, LargeFileOfAnotherKindIsToldItsKind) {
    EXPECT_EQ(refusal(picked(std::string(1000, 'x'), limits::kPictureBytes + 1)),
              ErrorCode::kPictureKind);
}

TEST(CheckPicture, RefusesABombAndAFileThatIsCutShort) {
    EXPECT_EQ(refusal(picked(picture::png_of(100'000, 100'000))), ErrorCode::kPictureDamaged);
    std::string photo = picture::sample("photo.jpg");
    EXPECT_EQ(refusal(picked(photo.substr(0, photo.size() / 2))), ErrorCode::kPictureDamaged);
}

}  // namespace
}  // namespace kumquat::app
