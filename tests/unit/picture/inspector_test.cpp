#include "picture/inspector.h"

#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "base/limits.h"
#include "picture/samples.h"

namespace kumquat::picture {
namespace {

using Samples = std::vector<std::pair<std::string, Header>>;

const Samples& samples() {
    static const Samples all = {
        {"photo.jpg", {Format::kJpeg, 64, 48}},     {"drawing.png", {Format::kPng, 64, 48}},
        {"moving.gif", {Format::kGif, 16, 12}},     {"lossy.webp", {Format::kWebp, 64, 48}},
        {"lossless.webp", {Format::kWebp, 64, 48}}, {"extended.webp", {Format::kWebp, 64, 48}},
    };
    return all;
}

ErrorCode code_of(const std::string& file) {
    const auto header = inspect(file);
    EXPECT_FALSE(header) << "an error was expected";
    return header ? ErrorCode::kInternal : header.error().code;
}

// `file` with other bytes at `at`.
std::string with(std::string file, std::size_t at, const std::string& bytes) {
    return file.replace(at, bytes.size(), bytes);
}

std::string little(std::uint64_t number, int bytes) {
    std::string out;
    for (int i = 0; i < bytes; ++i)
        out += static_cast<char>(number >> (8 * i) & 0xFF);
    return out;
}
std::string big16(std::uint32_t number) {
    return {static_cast<char>(number >> 8), static_cast<char>(number & 0xFF)};
}

// Where the frame header of a JPEG begins: its marker.
std::size_t frame_of(const std::string& jpeg) {
    return jpeg.find(std::string("\xff\xc0\x00\x11", 4));
}

TEST(Inspector, ReadsRealFilesOfEveryKind) {
    for (const auto& [name, expected] : samples()) {
        const auto header = inspect(sample(name));
        ASSERT_TRUE(header) << name << ": " << header.error().context;
        EXPECT_EQ(*header, expected) << name;
    }
}

TEST(Inspector, PiecesOfAnySizeGiveTheSame) {
    for (const auto& [name, expected] : samples()) {
        const std::string file = sample(name);
        for (std::size_t piece = 1; piece < 40; ++piece) {
            Inspector inspector;
            for (std::size_t at = 0; at < file.size(); at += piece)
                ASSERT_TRUE(inspector.feed(std::string_view(file).substr(at, piece))) << name;
            ASSERT_TRUE(inspector.finish()) << name << " in pieces of " << piece;
            EXPECT_EQ(*inspector.finish(), expected) << name;
        }
    }
}

TEST(Inspector, AFileCutAnywhereIsCutShort) {
    for (const auto& [name, expected] : samples()) {
        const std::string file = sample(name);
        for (std::size_t size = 1; size < file.size(); ++size) {
            Inspector inspector;
            // What is there is in order: only the end tells.
            ASSERT_TRUE(inspector.feed(std::string_view(file).substr(0, size))) << name;
            const auto header = inspector.finish();
            ASSERT_FALSE(header) << name << " cut at " << size;
            EXPECT_EQ(header.error().code,
                      inspector.format() ? ErrorCode::kPictureDamaged : ErrorCode::kPictureKind);
        }
    }
}

TEST(Inspector, TheHeaderIsKnownLongBeforeTheEnd) {
    for (const auto& [name, expected] : samples()) {
        Inspector inspector;
        ASSERT_TRUE(inspector.feed(sample(name).substr(0, name == "photo.jpg" ? 720 : 64)));
        ASSERT_TRUE(inspector.header()) << name;
        EXPECT_EQ(*inspector.header(), expected);
    }
}

TEST(Inspector, WhatFollowsThePictureIsLetBe) {
    // Telephones put a film behind the photo.
    for (const auto& [name, expected] : samples())
        EXPECT_TRUE(inspect(sample(name) + "anything at all")) << name;
}

TEST(Inspector, NothingIsEmpty) {
    EXPECT_EQ(code_of(""), ErrorCode::kPictureEmpty);
}

TEST(Inspector, OtherKindsAreRefused) {
    const std::string wave = "RIFF" + little(36, 4) + "WAVEfmt ";
    for (const std::string& file :
         {std::string("x"), std::string("hello, I am a text"), std::string("<svg/>"),
          std::string("BM123456789"), std::string("%PDF-1.7"), std::string("\x89PNX\r\n\x1a\n"),
          std::string("GIF88a..............."), std::string("\xff\xd8\x00\x00"),
          std::string("\0\0\0\x18"
                      "ftypavif",
                      12),
          std::string(1000, '\0'), wave}) {
        EXPECT_EQ(code_of(file), ErrorCode::kPictureKind) << file.substr(0, 12);
    }
}

TEST(Inspector, ZeroSizesAreDamage) {
    const std::string jpeg = sample("photo.jpg");
    ASSERT_NE(frame_of(jpeg), std::string::npos);
    for (const std::string& file :
         {png_of(0, 5), png_of(5, 0), with(sample("moving.gif"), 6, little(0, 2)),
          with(sample("moving.gif"), 8, little(0, 2)), with(jpeg, frame_of(jpeg) + 5, big16(0)),
          with(jpeg, frame_of(jpeg) + 7, big16(0)),
          with(sample("lossy.webp"), 12 + 14, little(0, 2))}) {
        EXPECT_EQ(code_of(file), ErrorCode::kPictureDamaged);
    }
}

TEST(Inspector, BombsAreRefused) {
    EXPECT_EQ(code_of(png_of(100'000, 100'000)), ErrorCode::kPictureDamaged);
    EXPECT_EQ(code_of(png_of(0xFFFFFFFF, 0xFFFFFFFF)), ErrorCode::kPictureDamaged);
    const std::string jpeg = sample("photo.jpg");
    EXPECT_EQ(code_of(with(jpeg, frame_of(jpeg) + 5, big16(65535) + big16(65535))),
              ErrorCode::kPictureDamaged);
    EXPECT_EQ(code_of(with(sample("moving.gif"), 6, little(0xFFFFFFFF, 4))),
              ErrorCode::kPictureDamaged);
    EXPECT_EQ(code_of(with(sample("extended.webp"), 24, little(0xFFFFFFFFFFFF, 6))),
              ErrorCode::kPictureDamaged);
}

TEST(Inspector, TheLimitsHoldAtTheirEdges) {
    constexpr auto kSide = static_cast<std::uint32_t>(limits::kPictureSide);
    EXPECT_TRUE(inspect(png_of(kSide, 1)));
    EXPECT_EQ(code_of(png_of(kSide + 1, 1)), ErrorCode::kPictureDamaged);
    EXPECT_EQ(code_of(png_of(1, kSide + 1)), ErrorCode::kPictureDamaged);
    static_assert(limits::kPicturePixels == 8000 * 5000);
    EXPECT_TRUE(inspect(png_of(8000, 5000)));
    EXPECT_EQ(code_of(png_of(8000, 5001)), ErrorCode::kPictureDamaged);

    constexpr auto kBytes = static_cast<std::size_t>(limits::kPictureBytes);
    EXPECT_TRUE(inspect(png_of(1, 1, kBytes)));
    EXPECT_EQ(code_of(png_of(1, 1, kBytes + 1)), ErrorCode::kPictureTooLarge);
}

TEST(Inspector, AGifMayNotGrowBeyondTheBoundsByItsImages) {
    const std::string gif = sample("moving.gif");
    const std::size_t image = gif.find(std::string("\x2c\0\0\0\0", 5));
    ASSERT_NE(image, std::string::npos);
    EXPECT_TRUE(inspect(with(gif, image + 5, little(17, 2))));
    EXPECT_EQ(code_of(with(gif, image + 5, little(0xFFFF, 2))), ErrorCode::kPictureDamaged);
    EXPECT_EQ(code_of(with(gif, image + 1, little(0xFFFF, 2))), ErrorCode::kPictureDamaged);
}

TEST(Inspector, AWebpSaysOneSize) {
    const std::string webp = sample("extended.webp");
    EXPECT_EQ(code_of(with(webp, 24, little(62, 3))), ErrorCode::kPictureDamaged);
    EXPECT_EQ(inspect(with(webp, 24, little(62, 3))).error().context, "WebP: two sizes");
}

TEST(Inspector, BrokenOrderIsDamage) {
    const std::string png = sample("drawing.png");
    EXPECT_EQ(code_of(with(png, 12, "IDAT")), ErrorCode::kPictureDamaged);
    EXPECT_EQ(code_of(with(png, 33 + 4, "I DT")), ErrorCode::kPictureDamaged);
    EXPECT_EQ(code_of(png.substr(0, 33) + png.substr(png.size() - 12)),
              ErrorCode::kPictureDamaged);  // no image data
    EXPECT_EQ(code_of(png.substr(0, 33) + png.substr(8)), ErrorCode::kPictureDamaged);
    const std::string jpeg = sample("photo.jpg");
    EXPECT_EQ(code_of(std::string("\xff\xd8\xff\xd9")), ErrorCode::kPictureDamaged);
    EXPECT_EQ(code_of(with(jpeg, 4, big16(1))), ErrorCode::kPictureDamaged);
    EXPECT_EQ(code_of(with(jpeg, frame_of(jpeg) + 1, "\xfe")), ErrorCode::kPictureDamaged);
    EXPECT_EQ(code_of(sample("moving.gif").substr(0, 13 + 12) + "\x3b"),
              ErrorCode::kPictureDamaged);
    EXPECT_EQ(code_of(with(sample("lossy.webp"), 4, little(4, 4))), ErrorCode::kPictureDamaged);
    EXPECT_EQ(code_of(with(sample("lossy.webp"), 16, little(0xFFFFFFFF, 4))),
              ErrorCode::kPictureDamaged);
    EXPECT_EQ(code_of(with(sample("lossy.webp"), 12, "ALPH")), ErrorCode::kPictureDamaged);
}

TEST(Inspector, JpegsThatNoBrowserShowsAreRefused) {
    const std::string jpeg = sample("photo.jpg");
    EXPECT_TRUE(inspect(with(jpeg, frame_of(jpeg) + 1, "\xc2")));  // progressive
    EXPECT_EQ(code_of(with(jpeg, frame_of(jpeg) + 1, "\xc3")), ErrorCode::kPictureKind);
    EXPECT_EQ(code_of(with(jpeg, frame_of(jpeg) + 1, "\xc9")), ErrorCode::kPictureKind);
}

TEST(Inspector, AnErrorIsFinal) {
    Inspector inspector;
    EXPECT_FALSE(inspector.feed("no picture"));
    EXPECT_FALSE(inspector.feed(sample("photo.jpg")));
    EXPECT_EQ(inspector.finish().error().code, ErrorCode::kPictureKind);
}

TEST(Format, HasATypeAndAnEnding) {
    EXPECT_EQ(content_type(Format::kJpeg), "image/jpeg");
    EXPECT_EQ(content_type(Format::kWebp), "image/webp");
    EXPECT_EQ(file_ending(Format::kGif), "gif");
    EXPECT_EQ(file_ending(Format::kPng), "png");
}

}  // namespace
}  // namespace kumquat::picture
