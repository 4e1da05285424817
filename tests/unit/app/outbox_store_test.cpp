// The outbox and drafts on their way to and from a browser's store, which answers reads in any
// order.
#include "app/outbox_store.h"

#include <optional>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace kumquat::app {
namespace {

/// Keeps everything, and answers the youngest of the reads that wait first.
class ContraryStorage : public platform::Storage {
  public:
    std::optional<std::string> preference(std::string_view) const override { return std::nullopt; }
    Status set_preference(std::string_view, std::string_view) override { return {}; }
    std::optional<std::string> tab_value(std::string_view) const override { return std::nullopt; }
    Status set_tab_value(std::string_view, std::string_view) override { return {}; }

    void apply(const std::string&, std::vector<platform::RecordChange> changes,
               Done done) override {
        for (platform::RecordChange& change : changes) {
            std::vector<platform::Record>& kept =
                change.kind == platform::RecordKind::kOutbox ? outbox_ : drafts_;
            kept.push_back({change.key, change.value.value_or("")});
        }
        done({});
    }
    void load(const std::string&, platform::RecordKind kind, Loaded loaded) override {
        waiting_.emplace_back(kind, std::move(loaded));
    }
    void erase_user(const std::string&, Done done) override { done({}); }

    void answer_all() {
        while (!waiting_.empty()) {
            auto [kind, loaded] = std::move(waiting_.back());
            waiting_.pop_back();
            loaded(kind == platform::RecordKind::kOutbox ? outbox_ : drafts_);
        }
    }

  private:
    std::vector<platform::Record> outbox_;
    std::vector<platform::Record> drafts_;
    std::vector<std::pair<platform::RecordKind, Loaded>> waiting_;
};

TEST(OutboxStore, GivesTheWholeOutboxWhateverTheOrderOfTheAnswers) {
    ContraryStorage storage;
    OutboxStore store(storage);
    const UserId ann = *UserId::parse("ann");
    const ConversationId bob = *ConversationId::parse("C2Cbob");

    client::OutboxEntry entry;
    entry.conversation = bob;
    entry.client_id = {DeviceId(7), 1};
    entry.body = {proto::kTextType, "written offline", ""};
    store.store({ann, entry}, [](bool stored) { EXPECT_TRUE(stored); });
    store.store_draft({ann, bob, "half a thought"});

    std::vector<client::StoredData> answers;
    store.load({ann, 1}, [&](client::StoredData data) { answers.push_back(std::move(data)); });
    storage.answer_all();

    ASSERT_EQ(answers.size(), 1u);
    EXPECT_TRUE(answers[0].available);
    ASSERT_EQ(answers[0].outbox.size(), 1u);
    EXPECT_EQ(answers[0].outbox[0].body.content, "written offline");
    ASSERT_EQ(answers[0].drafts.size(), 1u);
    EXPECT_EQ(answers[0].drafts[0].text, "half a thought");
}

TEST(OutboxStore, WhatCannotBeReadIsCountedAndStays) {
    ContraryStorage storage;
    OutboxStore store(storage);
    const UserId ann = *UserId::parse("ann");
    const ConversationId bob = *ConversationId::parse("C2Cbob");
    client::OutboxEntry entry;
    entry.conversation = bob;
    entry.client_id = {DeviceId(7), 1};
    entry.body = {proto::kTextType, "written offline", ""};
    store.store({ann, entry}, [](bool stored) { EXPECT_TRUE(stored); });
    storage.apply("ann",
                  {{platform::RecordKind::kOutbox, "1", "7:outbox9of a later version"},
                   {platform::RecordKind::kOutbox, "2", ""},
                   {platform::RecordKind::kDraft, "no conversation", "half a thought"}},
                  [](Status) {});

    for (std::int64_t number = 1; number <= 2; ++number) {
        std::optional<client::StoredData> answer;
        store.load({ann, number}, [&](client::StoredData data) { answer = std::move(data); });
        storage.answer_all();
        ASSERT_TRUE(answer.has_value());
        EXPECT_TRUE(answer->available);
        EXPECT_EQ(answer->outbox.size(), 1u);
        EXPECT_TRUE(answer->drafts.empty());
        EXPECT_EQ(answer->unreadable, 3);
    }
}

}  // namespace
}  // namespace kumquat::app
