#include "ui/picture_shape.h"

#include <limits>

#include <gtest/gtest.h>

namespace kumquat::ui {
namespace {

const PictureMeasures kDesktop;

TEST(PictureBox, FitsTheWholePicture) {
    PictureBox box = picture_box(kDesktop, 1280, 720);
    EXPECT_FLOAT_EQ(box.width, 320);
    EXPECT_FLOAT_EQ(box.height, 180);
    box = picture_box(kDesktop, 720, 1280);
    EXPECT_FLOAT_EQ(box.width, 180);
    EXPECT_FLOAT_EQ(box.height, 320);
}

TEST(PictureBox, SmallPictureIsNotStretched) {
    PictureBox box = picture_box(kDesktop, 200, 100);
    EXPECT_FLOAT_EQ(box.width, 200);
    EXPECT_FLOAT_EQ(box.height, 100);
}

TEST(PictureBox, NeverSmallerThanAFingerNorLargerThanTheColumn) {
    PictureBox box = picture_box(kDesktop, 1, 1);
    EXPECT_FLOAT_EQ(box.width, 120);
    EXPECT_FLOAT_EQ(box.height, 80);
    box = picture_box(kDesktop, 16'000, 10);
    EXPECT_FLOAT_EQ(box.width, 320);
    EXPECT_FLOAT_EQ(box.height, 80);
    PictureMeasures narrow = kDesktop;
    narrow.width_max = 248;
    narrow.height_max = 280;
    box = picture_box(narrow, 1000, 1000);
    EXPECT_FLOAT_EQ(box.width, 248);
    EXPECT_FLOAT_EQ(box.height, 248);
}

TEST(PictureBox, SizesThatNoPictureHasGiveTheSmallestBox) {
    for (std::int64_t bad :
         {std::int64_t{0}, std::int64_t{-5}, std::numeric_limits<std::int64_t>::min()}) {
        PictureBox box = picture_box(kDesktop, bad, 100);
        EXPECT_FLOAT_EQ(box.width, 120);
        EXPECT_FLOAT_EQ(box.height, 80);
    }
}

TEST(PictureBox, CountsInPixelsOfTheScreen) {
    PictureMeasures dense;
    dense.width_max = dense.height_max = 640;
    dense.width_min = 240;
    dense.height_min = 160;
    dense.unit = 2;
    PictureBox box = picture_box(dense, 200, 100);
    EXPECT_FLOAT_EQ(box.width, 400);
    EXPECT_FLOAT_EQ(box.height, 200);
}

client::LocalPicture local_picture() {
    client::LocalPicture picture;
    picture.key = "k";
    picture.format = 1;
    picture.renditions = {{{2000, 1000, 900'000}, {1440, 720, 200'000}, {396, 198, 20'000}}};
    return picture;
}

TEST(ShownPicture, SmallestSharpRenditionFillsTheBox) {
    ShownPicture shown = shown_picture(local_picture(), *UserId::parse("ann"));
    EXPECT_EQ(shown.for_box({320, 160}).name, platform::PictureName::local("ann", "k", 2));
    EXPECT_EQ(shown.for_box({640, 320}).name, platform::PictureName::local("ann", "k", 1));
    // A bubble never takes the original while there is something smaller.
    EXPECT_EQ(shown.for_box({4000, 2000}).name, platform::PictureName::local("ann", "k", 1));
}

TEST(ShownPicture, SameFileHasOneName) {
    client::LocalPicture picture = local_picture();
    picture.renditions[1] = picture.renditions[2] = picture.renditions[0];
    ShownPicture shown = shown_picture(picture, *UserId::parse("ann"));
    EXPECT_EQ(shown.renditions[2].name, platform::PictureName::local("ann", "k", 0));
}

TEST(ShownPicture, MissingRenditionsAreTheOneBefore) {
    proto::Image image;
    image.format = 2;
    EXPECT_TRUE(shown_picture(image).original().name.empty());
    BlobId id = *BlobId::parse("0123456789abcdef0123456789abcdef");
    image.renditions.push_back({1, id, 300, 200, 5000});
    ShownPicture shown = shown_picture(image);
    EXPECT_EQ(shown.renditions[2].name, platform::PictureName::uploaded(id.text()));
    EXPECT_EQ(shown.renditions[2].width, 300);
    EXPECT_TRUE(shown.is_animation());
}

}  // namespace
}  // namespace kumquat::ui
