#include "server/picture_answer.h"

#include <string>

#include <gtest/gtest.h>

namespace kumquat::server {
namespace {

namespace http = boost::beast::http;

constexpr std::int64_t kBytes = 1000;
const std::string kId(32, 'a');

PictureAnswer ask(http::verb method, http::field field = http::field::host,
                  const std::string& value = "localhost", const std::string& if_range = {}) {
    HttpRequest request(method, "/pictures/" + kId, 11);
    request.set(field, value);
    if (!if_range.empty()) request.set(http::field::if_range, if_range);
    return picture_answer(request,
                          StoredPicture{*BlobId::parse(kId), picture::Format::kGif, kBytes});
}

std::string text_of(const PictureAnswer& answer, http::field field) {
    const auto value = answer.head[field];
    return {value.data(), value.size()};
}

TEST(PictureName, IsWhatStandsBelowThePath) {
    EXPECT_EQ(picture_name("/pictures/abc"), "abc");
    EXPECT_EQ(picture_name("/pictures/"), "");
    EXPECT_EQ(picture_name("/pictures/a/b"), "a/b");
    for (const char* path : {"/pictures", "/picturesx", "/picture/a", "", "/"})
        EXPECT_FALSE(picture_name(path)) << path;
}

TEST(BearerToken, FollowsItsScheme) {
    EXPECT_EQ(bearer_token("Bearer abc"), "abc");
    EXPECT_EQ(bearer_token("bearer abc"), "abc");
    for (const char* text : {"", "abc", "Bearer", "Bearer ", "Basic abc", "Bearerabc"})
        EXPECT_EQ(bearer_token(text), "") << text;
}

TEST(PictureAnswer, IsTheWholePicture) {
    const auto answer = ask(http::verb::get);
    EXPECT_EQ(answer.head.result_int(), 200U);
    EXPECT_EQ(answer.first, 0);
    EXPECT_EQ(answer.bytes, kBytes);
    EXPECT_EQ(text_of(answer, http::field::content_length), "1000");
    EXPECT_EQ(text_of(answer, http::field::content_type), "image/gif");
}

TEST(PictureAnswer, HeadHasTheHeadAlone) {
    const auto answer = ask(http::verb::head, http::field::range, "bytes=0-1");
    EXPECT_EQ(answer.head.result_int(), 200U);
    EXPECT_EQ(answer.bytes, 0);
    EXPECT_EQ(text_of(answer, http::field::content_length), "1000");
}

TEST(PictureAnswer, AKnownOneIsNotSentAgain) {
    const auto answer = ask(http::verb::get, http::field::if_none_match, "\"" + kId + "\"");
    EXPECT_EQ(answer.head.result_int(), 304U);
    EXPECT_EQ(answer.bytes, 0);
    EXPECT_EQ(ask(http::verb::get, http::field::if_none_match, "\"b\"").head.result_int(), 200U);
}

TEST(PictureAnswer, ARangeIsAPart) {
    struct Case {
        const char* range;
        std::int64_t first;
        std::int64_t bytes;
    };
    for (const Case& each :
         {Case{"bytes=0-0", 0, 1}, Case{"bytes=10-19", 10, 10}, Case{"bytes=990-", 990, 10},
          Case{"bytes=990-5000", 990, 10}, Case{"bytes=-10", 990, 10}, Case{"bytes=-5000", 0, 1000},
          Case{"bytes=0-", 0, 1000}, Case{"bytes=999-999", 999, 1}}) {
        const auto answer = ask(http::verb::get, http::field::range, each.range);
        EXPECT_EQ(answer.head.result_int(), 206U) << each.range;
        EXPECT_EQ(answer.first, each.first) << each.range;
        EXPECT_EQ(answer.bytes, each.bytes) << each.range;
        EXPECT_EQ(text_of(answer, http::field::content_range),
                  "bytes " + std::to_string(each.first) + "-" +
                      std::to_string(each.first + each.bytes - 1) + "/1000");
        EXPECT_EQ(text_of(answer, http::field::content_length), std::to_string(each.bytes));
    }
}

TEST(PictureAnswer, ARangeBehindTheEndCannotBeMet) {
    for (const char* range : {"bytes=1000-", "bytes=1000-1000", "bytes=-0"}) {
        const auto answer = ask(http::verb::get, http::field::range, range);
        EXPECT_EQ(answer.head.result_int(), 416U) << range;
        EXPECT_EQ(answer.bytes, 0) << range;
        EXPECT_EQ(text_of(answer, http::field::content_range), "bytes */1000") << range;
    }
}

TEST(PictureAnswer, WhatIsNoRangeIsIgnored) {
    for (const char* range :
         {"", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=5-1", "bytes=--5", "bytes=-5-",
          "bytes=0-1,3-4", "lines=0-1", "bytes=+1-2", "bytes=99999999999999999999-"}) {
        const auto answer = ask(http::verb::get, http::field::range, range);
        EXPECT_EQ(answer.head.result_int(), 200U) << range;
        EXPECT_EQ(answer.bytes, kBytes) << range;
    }
}

TEST(PictureAnswer, APartOfAnotherPictureIsTheWhole) {
    const auto same = ask(http::verb::get, http::field::range, "bytes=0-1", "\"" + kId + "\"");
    EXPECT_EQ(same.head.result_int(), 206U);
    const auto other = ask(http::verb::get, http::field::range, "bytes=0-1", "\"b\"");
    EXPECT_EQ(other.head.result_int(), 200U);
}

TEST(PictureError, TellsNothingOfFiles) {
    HttpRequest request(http::verb::post, "/pictures", 11);
    const auto answer =
        picture_error(request, true, Error{ErrorCode::kStorageFailed, "/data/pictures/x: write"});
    EXPECT_EQ(answer.result_int(), 500U);
    EXPECT_EQ(
        answer.body(),
        "{\"code\":199012,\"text\":\"the service could not save this; nothing was changed\"}");
    EXPECT_TRUE(answer.keep_alive());
    EXPECT_FALSE(picture_error(request, false, Error{ErrorCode::kPictureKind, ""}).keep_alive());
}

TEST(LogText, GivesNobodyTheRightToRead) {
    const std::string id = "0123456789abcdef0123456789abcdef";
    const Error error{ErrorCode::kStorageFailed, "data/pictures/01/" + id + ": cannot read"};
    EXPECT_EQ(log_text(error, *BlobId::parse(id)), "data/pictures/01/01234567...: cannot read");
    EXPECT_EQ(log_text(error, BlobId()), error.context);
    EXPECT_EQ(log_text(Error{ErrorCode::kStorageFailed, "wal"}, *BlobId::parse(id)), "wal");
}

}  // namespace
}  // namespace kumquat::server
