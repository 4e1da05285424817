#include "app/chat_export.h"

#include <string>

#include <gtest/gtest.h>

#include "platform/headless/headless.h"

namespace kumquat::app {
namespace {

using client::ExportFormat;
using client::ExportPage;

/// 2026-01-02 03:04 UTC.
constexpr std::int64_t kMorning = 1'767'323'040'000;

proto::Message message(std::int64_t seq, const char* from, const char* type, std::string content,
                       std::int64_t time) {
    proto::Message made;
    made.seq = Seq(seq);
    made.from = *UserId::parse(from);
    made.time = TimeMs(time);
    made.body = {type, std::move(content), {}};
    return made;
}

ExportPage page(ExportFormat format, bool first, ExportPage::Place place,
                std::vector<proto::Message> messages) {
    ExportPage made;
    made.conversation = *ConversationId::parse("C2Cbob");
    made.format = format;
    made.me = *UserId::parse("ann");
    made.my_name = "Ann";
    made.peer_name = "小橙子";
    made.first = first;
    made.place = place;
    made.messages = std::move(messages);
    return made;
}

class Export : public testing::Test {
  protected:
    platform::headless::UtcDates dates;
    ChatExport chat{dates};
};

TEST_F(Export, LinesStandUnderTheirDay) {
    proto::Message picture = message(3, "bob", proto::kImageType, "{}", kMorning + 86'400'000);
    BlobId id = *BlobId::parse("0123456789abcdef0123456789abcdef");
    picture.body.image = proto::Image{1, {{1, id, 10, 10, 100}}};
    auto nothing = chat.add(page(ExportFormat::kText, true, ExportPage::Place::kMore,
                                 {message(1, "ann", proto::kTextType, "在吗", kMorning),
                                  message(2, "bob", proto::kTextType, "yes\nno", kMorning)}),
                            ui::Lang::kEnglish);
    EXPECT_FALSE(nothing.has_value());
    auto file = chat.add(page(ExportFormat::kText, false, ExportPage::Place::kLast, {picture}),
                         ui::Lang::kEnglish);
    ASSERT_TRUE(file.has_value());
    EXPECT_EQ(file->name, "Chat with 小橙子.txt");
    EXPECT_EQ(file->content,
              "Chat with 小橙子\n"
              "\n2026-01-02\n"
              "03:04  Ann: 在吗\n"
              "03:04  小橙子: yes\n       no\n"
              "\n2026-01-03\n"
              "03:04  小橙子: Picture /pictures/0123456789abcdef0123456789abcdef\n");
}

TEST_F(Export, JsonIsTheTutorialsStructureOverAllPages) {
    chat.add(page(ExportFormat::kJson, true, ExportPage::Place::kMore,
                  {message(1, "ann", proto::kTextType, "\"hi\"", kMorning)}),
             ui::Lang::kEnglish);
    auto file = chat.add(page(ExportFormat::kJson, false, ExportPage::Place::kLast,
                              {message(2, "bob", "Custom", "{}", kMorning)}),
                         ui::Lang::kEnglish);
    ASSERT_TRUE(file.has_value());
    EXPECT_EQ(file->media_type, "application/json");
    EXPECT_EQ(file->content, R"({"name":"小橙子","message":[)"
                             R"({"target":"bob","name":"Ann","mes":"\"hi\"","picurl":""},)"
                             R"({"target":"ann","name":"小橙子","mes":"","picurl":""}]})");
}

TEST_F(Export, RecalledMessagesAreSaidAndDeletedOnesLeftOut) {
    proto::Message recalled = message(1, "bob", proto::kGoneType, "{}", kMorning);
    recalled.recalled = true;
    proto::Message deleted = message(2, "ann", proto::kGoneType, "{}", kMorning);
    deleted.deleted = true;
    auto text =
        chat.add(page(ExportFormat::kText, true, ExportPage::Place::kLast, {recalled, deleted}),
                 ui::Lang::kEnglish);
    ASSERT_TRUE(text.has_value());
    EXPECT_EQ(text->content,
              "Chat with 小橙子\n"
              "\n2026-01-02\n"
              "03:04  小橙子: (recalled)\n");
    auto json =
        chat.add(page(ExportFormat::kJson, true, ExportPage::Place::kLast, {recalled, deleted}),
                 ui::Lang::kEnglish);
    ASSERT_TRUE(json.has_value());
    EXPECT_EQ(json->content,
              R"-({"name":"小橙子","message":[)-"
              R"-({"target":"ann","name":"小橙子","mes":"(recalled)","picurl":""}]})-");
}

TEST_F(Export, AnEmptyChatIsAFile) {
    auto file =
        chat.add(page(ExportFormat::kJson, true, ExportPage::Place::kLast, {}), ui::Lang::kChinese);
    ASSERT_TRUE(file.has_value());
    EXPECT_EQ(file->content, R"({"name":"小橙子","message":[]})");
}

TEST_F(Export, WhatWasGivenUpLeavesNothingInTheNext) {
    chat.add(page(ExportFormat::kText, true, ExportPage::Place::kMore,
                  {message(1, "ann", proto::kTextType, "lost", kMorning)}),
             ui::Lang::kEnglish);
    EXPECT_FALSE(chat.add(page(ExportFormat::kText, false, ExportPage::Place::kGivenUp, {}),
                          ui::Lang::kEnglish)
                     .has_value());
    auto file =
        chat.add(page(ExportFormat::kText, true, ExportPage::Place::kLast, {}), ui::Lang::kEnglish);
    ASSERT_TRUE(file.has_value());
    EXPECT_EQ(file->content, "Chat with 小橙子\n");
}

}  // namespace
}  // namespace kumquat::app
