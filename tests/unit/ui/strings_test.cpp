#include "ui/strings.h"

#include <set>
#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

#include "base/utf8.h"

namespace kumquat::ui {
namespace {

constexpr Str kAll[] = {
#define KUMQUAT_X(key, zh, en) Str::key,
    KUMQUAT_STRINGS(KUMQUAT_X)
#undef KUMQUAT_X
};

std::set<std::string> placeholders(std::string_view pattern) {
    std::set<std::string> names;
    for (std::size_t at = pattern.find('{'); at != std::string_view::npos;
         at = pattern.find('{', at + 1)) {
        names.emplace(pattern.substr(at + 1, pattern.find('}', at) - at - 1));
    }
    return names;
}

TEST(Strings, BothLanguagesHaveTheSamePlaceholders) {
    for (Str key : kAll) {
        EXPECT_EQ(placeholders(text(Lang::kChinese, key)), placeholders(text(Lang::kEnglish, key)))
            << text(Lang::kEnglish, key);
    }
}

TEST(Strings, EnglishKeepsToSignsThatAreNarrowInEveryFont) {
    // With a Chinese family before the Latin one, curly quotes and the dot in the middle come out
    // full width.
    for (Str key : kAll) {
        std::string_view words = text(Lang::kEnglish, key);
        for (std::string_view sign : {"’", "“", "”", "·"}) {
            EXPECT_EQ(words.find(sign), std::string_view::npos) << words;
        }
        EXPECT_TRUE(is_valid_utf8(words));
        EXPECT_TRUE(is_valid_utf8(text(Lang::kChinese, key)));
    }
}

TEST(Strings, FillsEveryPlaceholder) {
    EXPECT_EQ(fill(Lang::kEnglish, Str::msg_new_a11y, {{"name", "Ann"}, {"text", "hello"}}),
              "Ann: hello");
    EXPECT_EQ(fill(Lang::kChinese, Str::chat_hint, {{"name", "小橙子"}}), "发消息给小橙子");
}

TEST(Strings, ABlankStandsBetweenHanAndLatinThatMeet) {
    auto chinese = [](Str key, std::string_view name) {
        return fill(Lang::kChinese, key, {{"name", name}});
    };
    EXPECT_EQ(chinese(Str::chat_hint, "ann"), "发消息给 ann");
    EXPECT_EQ(chinese(Str::req_preview, "陈默"), "陈默想加你为好友");
    EXPECT_EQ(chinese(Str::req_preview, "小橙子 2"), "小橙子 2 想加你为好友");
    EXPECT_EQ(chinese(Str::req_preview, "Zoë"), "Zoë 想加你为好友");
    EXPECT_EQ(chinese(Str::set_open, "ann"), "设置（ann）");
    EXPECT_EQ(fill(Lang::kChinese, Str::search_none, {{"q", "ann"}}), "没有找到“ann”");
    EXPECT_EQ(chinese(Str::chat_hint, ""), "发消息给");
}

TEST(Strings, WhatIsFilledInIsNotFilledAgain) {
    EXPECT_EQ(fill(Lang::kEnglish, Str::chat_hint, {{"name", "{name}"}}), "Message {name}");
}

TEST(Strings, LanguageFollowsTheBrowser) {
    EXPECT_EQ(language_from("zh-TW"), Lang::kChinese);
    EXPECT_EQ(language_from("zh"), Lang::kChinese);
    EXPECT_EQ(language_from("en-GB"), Lang::kEnglish);
    EXPECT_EQ(language_from("fr"), Lang::kEnglish);
    EXPECT_EQ(language_from(""), Lang::kEnglish);
}

TEST(Strings, SameCodeHasOtherWordsForOtherAttempts) {
    EXPECT_EQ(error_words(Attempt::kSignIn, ErrorCode::kBadUserId), Str::login_err_id_bad);
    EXPECT_EQ(error_words(Attempt::kAddFriend, ErrorCode::kBadUserId), Str::add_err_unknown);
    EXPECT_EQ(error_words(Attempt::kAddFriend, ErrorCode::kUnknownUser), Str::add_err_unknown);
    EXPECT_EQ(error_words(Attempt::kSendMessage, ErrorCode::kOverloaded), Str::err_busy);
    EXPECT_EQ(error_words(Attempt::kAddFriend, ErrorCode::kFriendIsBlocked), Str::add_err_blocked);
    EXPECT_EQ(error_words(Attempt::kSendMessage, ErrorCode::kPeerIsBlocked), Str::blocked);
    EXPECT_EQ(error_words(Attempt::kTask, ErrorCode::kNoFriendRequest), Str::err_request_gone);
}

TEST(Strings, UnknownCodeIsShownAsItsNumber) {
    EXPECT_EQ(error_sentence(Lang::kEnglish, Attempt::kSendMessage, ErrorCode::kInternal),
              "Something went wrong (199017)");
}

TEST(Strings, Numbers) {
    EXPECT_EQ(number_text(0), "0");
    EXPECT_EQ(number_text(1234567), "1234567");
}

TEST(Strings, WhatCannotBeDoneWithAMessageIsSaidInItsOwnWords) {
    const std::pair<ErrorCode, std::string_view> words[] = {
        {ErrorCode::kRecallTooLate, "Too late: recall works for two minutes"},
        {ErrorCode::kUnknownMessage, "This message is gone"},
        {ErrorCode::kEditConflict, "This message was edited elsewhere just now"},
        {ErrorCode::kEditTooLate, "Too late: this message can no longer be edited"},
        {ErrorCode::kTooManyReactions, "This message has as many reactions as it can have"},
        {ErrorCode::kTooManyPins, "Too many pinned messages. Unpin one first."},
        {ErrorCode::kRefusedByPeer, "Your message was refused"},
        {ErrorCode::kPeerIsBlocked, text(Lang::kEnglish, Str::blocked)},
        {ErrorCode::kInternal, "Something went wrong (199017)"},
    };
    for (const auto& [code, expected] : words)
        EXPECT_EQ(error_sentence(Lang::kEnglish, Attempt::kChangeMessage, code), expected);
}

}  // namespace
}  // namespace kumquat::ui
