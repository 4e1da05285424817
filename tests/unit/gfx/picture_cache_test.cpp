#include "gfx/picture_cache.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "gfx/device.h"
#include "platform/headless/pictures.h"

namespace kumquat::gfx {
namespace {

using platform::LoadFailure;
using platform::PictureName;

PictureName picture(const std::string& name) {
    return PictureName::uploaded(name);
}

class PictureCacheTest : public testing::Test {
  protected:
    /// One frame that shows these; returns how the last of them looked.
    PictureLook frame(const std::vector<std::string>& names, float width = 100) {
        now_ms += 16;
        cache.begin_frame(now_ms);
        PictureLook look;
        for (const std::string& name : names)
            look = cache.show(picture(name), 1000, width);
        more = cache.flush();
        return look;
    }
    /// Frames until `name` is in a texture.
    void load(const std::string& name, int width, int height) {
        frame({name});
        loader.decode_all(width, height);
        frame({name});
        ASSERT_EQ(frame({name}).state, PictureState::kReady);
    }

    platform::headless::ScriptedLoader loader;
    NullDevice device;
    PictureCache cache{&loader, &device};
    double now_ms = 0;
    bool more = false;
};

TEST_F(PictureCacheTest, IsLoadedOnceAndShownFromTheFrameAfter) {
    EXPECT_EQ(frame({"a"}).state, PictureState::kLoading);
    EXPECT_EQ(frame({"a"}).state, PictureState::kLoading);
    EXPECT_EQ(loader.loads_count, 1);
    loader.decode_all(100, 50);
    frame({"a"});
    EXPECT_TRUE(more);
    PictureLook look = frame({"a"});
    EXPECT_EQ(look.state, PictureState::kReady);
    EXPECT_NE(look.picture.texture, 0u);
    EXPECT_EQ(look.width, 100);
    EXPECT_EQ(look.height, 50);
    EXPECT_FALSE(more);
    EXPECT_EQ(loader.loads_count, 1);
    EXPECT_EQ(cache.texture_bytes(), 100 * 50 * 4);
}

TEST_F(PictureCacheTest, LoadIsGivenUpWhenItIsNotAskedForAnyMore) {
    frame({"a"});
    frame({});
    EXPECT_EQ(loader.drops_count, 0);
    frame({});
    EXPECT_EQ(loader.drops_count, 1);
    EXPECT_TRUE(loader.waiting.empty());
}

TEST_F(PictureCacheTest, OnlyAFewAreLoadedAtOnce) {
    std::vector<std::string> many;
    for (int i = 0; i < 20; ++i)
        many.push_back(std::to_string(i));
    frame(many);
    EXPECT_EQ(loader.waiting.size(), 6u);
    loader.decode_all(10, 10);
    frame(many);
    EXPECT_EQ(loader.waiting.size(), 6u);
}

TEST_F(PictureCacheTest, AFrameFillsFourMegabytesOrOneLargePicture) {
    frame({"a", "b", "c"});
    loader.decode_all(1024, 1024);
    frame({"a", "b", "c"});
    EXPECT_EQ(loader.filled.size(), 1u);
    EXPECT_TRUE(more);
    frame({"a", "b", "c"});
    frame({"a", "b", "c"});
    EXPECT_EQ(loader.filled.size(), 3u);
}

TEST_F(PictureCacheTest, LeastRecentlyShownGoesFirstAndWhatIsShownNever) {
    loader.bytes_max = 3 * 100 * 100 * 4;
    load("a", 100, 100);
    load("b", 100, 100);
    load("c", 100, 100);
    frame({"a"});
    frame({"a"});
    frame({"a", "d"});
    loader.decode_all(100, 100);
    frame({"a", "d"});
    EXPECT_EQ(cache.texture_bytes(), loader.bytes_max);
    EXPECT_EQ(device.pictures_count(), 3);
    // b was shown longest ago.
    int loads = loader.loads_count;
    frame({"c"});
    EXPECT_EQ(loader.loads_count, loads);
    frame({"b"});
    EXPECT_EQ(loader.loads_count, loads + 1);
}

TEST_F(PictureCacheTest, MoreThanTheBudgetIsHeldWhileAllOfItIsOnTheScreen) {
    loader.bytes_max = 100 * 100 * 4;
    frame({"a", "b"});
    loader.decode_all(100, 100);
    frame({"a", "b"});
    frame({"a", "b"});
    EXPECT_EQ(device.pictures_count(), 2);
}

TEST_F(PictureCacheTest, WiderBoxGetsASharperPictureInTheSameTexture) {
    load("a", 100, 50);
    std::uint32_t texture = frame({"a"}).picture.texture;
    PictureLook look = frame({"a"}, 400);
    EXPECT_EQ(look.state, PictureState::kReady);
    ASSERT_EQ(loader.waiting.size(), 1u);
    EXPECT_EQ(loader.waiting.front().width_px, 400);
    loader.decode_all(400, 200);
    frame({"a"}, 400);
    look = frame({"a"}, 400);
    EXPECT_EQ(look.picture.texture, texture);
    EXPECT_EQ(look.width, 400);
    EXPECT_EQ(cache.texture_bytes(), 400 * 200 * 4);
}

TEST_F(PictureCacheTest, BrokenStaysBrokenUntilItIsTriedAgain) {
    frame({"a"});
    loader.fail_all(LoadFailure::kNever);
    EXPECT_EQ(frame({"a"}).state, PictureState::kBroken);
    EXPECT_EQ(frame({"a"}).state, PictureState::kBroken);
    EXPECT_EQ(loader.loads_count, 1);
    cache.retry(picture("a"));
    EXPECT_EQ(frame({"a"}).state, PictureState::kLoading);
    EXPECT_EQ(loader.loads_count, 2);
}

TEST_F(PictureCacheTest, FailureOfTheNetworkIsTriedAgainLater) {
    frame({"a"});
    loader.fail_all(LoadFailure::kLater);
    PictureLook look = frame({"a"});
    EXPECT_EQ(look.state, PictureState::kLoading);
    EXPECT_GT(look.retry_at_ms, now_ms);
    EXPECT_EQ(loader.loads_count, 1);
    double first_wait = look.retry_at_ms - now_ms;
    now_ms = look.retry_at_ms;
    frame({"a"});
    EXPECT_EQ(loader.loads_count, 2);
    loader.fail_all(LoadFailure::kLater);
    look = frame({"a"});
    EXPECT_GT(look.retry_at_ms - now_ms, first_wait);
}

TEST_F(PictureCacheTest, UploadedPictureIsShownWithoutBeingLoadedAgain) {
    PictureName local = PictureName::local("ann", "k", 1);
    now_ms += 16;
    cache.begin_frame(now_ms);
    cache.show(local, 1000, 100);
    cache.flush();
    loader.decode_all(100, 100);
    cache.begin_frame(now_ms);
    cache.show(local, 1000, 100);
    cache.flush();
    cache.same(local, picture("a"));
    EXPECT_EQ(frame({"a"}).state, PictureState::kReady);
    EXPECT_EQ(loader.loads_count, 1);
}

TEST_F(PictureCacheTest, LostContextLoadsWhatIsShownAgain) {
    load("a", 100, 100);
    cache.same(picture("a"), picture("b"));
    cache.on_device_restored();
    EXPECT_EQ(cache.texture_bytes(), 0);
    EXPECT_EQ(frame({"b"}).state, PictureState::kLoading);
    ASSERT_EQ(loader.waiting.size(), 1u);
    EXPECT_EQ(loader.waiting.front().name, picture("b"));
}

TEST_F(PictureCacheTest, PictureTooLongForATextureIsBroken) {
    frame({"a"});
    loader.decode_all(1, 100'000);
    EXPECT_EQ(frame({"a"}).state, PictureState::kBroken);
}

TEST_F(PictureCacheTest, EverythingIsGivenBackAtTheEnd) {
    platform::headless::ScriptedLoader other;
    {
        PictureCache short_lived(&other, &device);
        short_lived.begin_frame(1);
        short_lived.show(picture("a"), 100, 100);
        other.decode_all(10, 10);
        short_lived.flush();
        short_lived.begin_frame(2);
        short_lived.show(picture("b"), 100, 100);
    }
    EXPECT_EQ(device.pictures_count(), 0);
    EXPECT_TRUE(other.waiting.empty());
}

TEST(Cover, ShowsTheMiddleWithoutStretching) {
    PictureLook wide;
    wide.width = 200;
    wide.height = 100;
    Picture part = cover(wide, {0, 0, 50, 50});
    EXPECT_FLOAT_EQ(part.u0, 0.25f);
    EXPECT_FLOAT_EQ(part.u1, 0.75f);
    EXPECT_FLOAT_EQ(part.v0, 0);
    EXPECT_FLOAT_EQ(part.v1, 1);
    part = cover(wide, {0, 0, 400, 100});
    EXPECT_FLOAT_EQ(part.u1 - part.u0, 1);
    EXPECT_FLOAT_EQ(part.v1 - part.v0, 0.5f);
}

}  // namespace
}  // namespace kumquat::gfx
