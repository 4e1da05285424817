// What becomes of messages: changed rows, what members have deleted, and how each reader sees it.
#include "base/limits.h"
#include "contract/store_contract.h"

namespace kumquat::store {
namespace {

// Anna and Ben with six messages, "1" to "6", Anna's the odd ones.
class ChangesContract : public StoreContract {
  protected:
    void SetUp() override {
        StoreContract::SetUp();
        WriteSet writes;
        anna_ = world_.add_user(writes, "anna");
        ben_ = world_.add_user(writes, "ben");
        key_ = world_.open_direct(writes, anna_, ben_);
        for (int i = 1; i <= 6; ++i)
            sent_.push_back(
                world_.send(writes, key_, i % 2 == 0 ? ben_ : anna_, std::to_string(i)));
        ASSERT_TRUE(commit(writes));
    }

    MessageRow& sent(std::size_t seq) { return sent_.at(seq - 1); }
    Status change(const MessageRow& row) {
        WriteSet writes;
        writes.changed_messages = {row};
        return commit(writes);
    }
    void recall(std::size_t seq) {
        MessageRow& row = sent(seq);
        row.content = row.custom = "";
        row.recalled = true;
        ASSERT_TRUE(change(row));
    }
    void hide(const UserRow& user, std::int64_t seq) {
        WriteSet writes;
        writes.hidden = {HiddenRow{key_, user.key, Seq(seq)}};
        ASSERT_TRUE(commit(writes));
    }
    void pin(std::vector<Seq> pins) {
        WriteSet writes;
        ConversationRow row = world_.conversation(key_);
        row.pins = std::move(pins);
        writes.conversations = {row};
        ASSERT_TRUE(commit(writes));
    }
    std::vector<StoredMessage> page(const UserRow& viewer, const UserRow& peer) {
        return history(
                   {.viewer = viewer.key, .peer = peer.id, .limit = 100, .bytes_max = kManyBytes})
            ->messages;
    }
    ReadRows load_message(std::int64_t seq) {
        ReadKeys keys;
        keys.messages = {MessagePlace{anna_.key, ben_.id, Seq(seq)}};
        return load(keys).value();
    }
    StoredConversation conversation(const UserRow& user) {
        return snapshot({.user = user.key, .limit = 100, .bytes_max = kManyBytes})
            ->conversations.at(0);
    }
    std::int64_t unread_above(const UserRow& user, const UserRow& peer, std::int64_t seq) {
        ReadKeys keys;
        const MessagePlace mark{user.key, peer.id, Seq(seq)};
        keys.marks = {mark};
        return load(keys)->unread_above.at(mark);
    }
    std::vector<FeedItem> items(const UserRow& user, FeedNumber since) {
        return feed({.user = user.key,
                     .since = since,
                     .tail_max = 100,
                     .limit = 100,
                     .bytes_max = kManyBytes})
            ->items;
    }

    UserRow anna_;
    UserRow ben_;
    ConversationKey key_;
    std::vector<MessageRow> sent_;
};

TEST_F(ChangesContract, AChangedMessageComesBackWhole) {
    MessageRow row = sent(2);
    row.content = "other";
    row.custom = R"({"k":1})";
    row.reply_to = Seq(1);
    row.forwarded = true;
    row.edits = 3;
    row.edited = TimeMs(1'700'000'009'000);
    row.reactions = {{"👍", anna_.key}, {"1 2 3", ben_.key}, {"👍", ben_.key}};
    ASSERT_TRUE(change(row));
    EXPECT_EQ(fields(load_message(2).messages.at({key_, Seq(2)})), fields(row));
    reopen();
    EXPECT_EQ(fields(load_message(2).messages.at({key_, Seq(2)})), fields(row));
    ReadKeys keys;
    keys.client_ids = {{row.sender, row.client_id}};
    EXPECT_EQ(fields(load(keys)->sent.at({row.sender, row.client_id})), fields(row));
}

TEST_F(ChangesContract, AChangedMessageMustBeThereAndTheSameOne) {
    MessageRow row = sent(2);
    row.seq = Seq(7);
    EXPECT_EQ(change(row).error().code, ErrorCode::kStorageFailed);
    row = sent(2);
    row.sender = anna_.key;
    EXPECT_EQ(change(row).error().code, ErrorCode::kStorageFailed);
    row = sent(2);
    row.client_id.counter += 1000;
    EXPECT_EQ(change(row).error().code, ErrorCode::kStorageFailed);
    EXPECT_EQ(fields(load_message(2).messages.at({key_, Seq(2)})), fields(sent(2)));
}

TEST_F(ChangesContract, AMessageIsLoadedWithWhatItAnswersAndWhoHasDeletedIt) {
    MessageRow row = sent(4);
    row.reply_to = Seq(3);
    ASSERT_TRUE(change(row));
    hide(ben_, 3);
    hide(anna_, 4);
    const ReadRows rows = load_message(4);
    EXPECT_EQ(rows.messages.size(), 2U);
    EXPECT_EQ(fields(rows.messages.at({key_, Seq(3)})), fields(sent(3)));
    EXPECT_EQ(rows.hidden,
              (std::set<HiddenRow>{{key_, anna_.key, Seq(4)}, {key_, ben_.key, Seq(3)}}));
    EXPECT_EQ(rows.direct.size(), 1U);
    EXPECT_EQ(rows.members.size(), 2U);
    EXPECT_EQ(rows.users.count(ben_.key), 1U);
    EXPECT_TRUE(load_message(7).messages.empty());
    ReadKeys keys;
    keys.messages = {MessagePlace{anna_.key, user_id("nobody"), Seq(1)},
                     MessagePlace{anna_.key, anna_.id, Seq(1)}};
    EXPECT_TRUE(load(keys)->messages.empty());
}

TEST_F(ChangesContract, PinsAreLoadedWithTheirMessages) {
    pin({Seq(5), Seq(2)});
    reopen();
    ReadKeys keys;
    keys.pins = {{anna_.key, ben_.id}, {anna_.key, user_id("nobody")}};
    const ReadRows rows = load(keys).value();
    EXPECT_EQ(rows.conversations.at(key_).pins, (std::vector<Seq>{Seq(5), Seq(2)}));
    EXPECT_EQ(rows.messages.size(), 2U);
    EXPECT_EQ(fields(rows.messages.at({key_, Seq(5)})), fields(sent(5)));
}

TEST_F(ChangesContract, HistoryHasNoHolesWhereMessagesAreDeleted) {
    hide(anna_, 2);
    hide(anna_, 2);  // again changes nothing
    const auto hers = page(anna_, ben_);
    ASSERT_EQ(hers.size(), 6U);
    EXPECT_TRUE(hers[1].deleted);
    EXPECT_EQ(hers[1].row.seq, Seq(2));
    EXPECT_EQ(hers[1].row.content, "");
    EXPECT_EQ(hers[1].row.time, sent(2).time);
    EXPECT_EQ(hers[1].from, ben_.id);
    EXPECT_FALSE(hers[0].deleted);
    EXPECT_EQ(page(ben_, anna_)[1].row.content, "2");
}

TEST_F(ChangesContract, AMessageIsSeenWithItsQuoteAndReactions) {
    sent(4).reply_to = Seq(1);
    sent(4).reactions = {{"👍", anna_.key}, {"👍", ben_.key}};
    ASSERT_TRUE(change(sent(4)));
    const auto seen = page(anna_, ben_)[3];
    ASSERT_TRUE(seen.quote);
    EXPECT_EQ(seen.quote->seq, Seq(1));
    EXPECT_EQ(seen.quote->from, anna_.id);
    EXPECT_EQ(seen.quote->type, "TIMTextElem");
    EXPECT_EQ(seen.quote->text, "1");
    EXPECT_EQ(seen.reacted, (std::vector<UserId>{anna_.id, ben_.id}));
    hide(anna_, 1);
    EXPECT_TRUE(page(anna_, ben_)[3].quote->from.empty());
    EXPECT_FALSE(page(ben_, anna_)[3].quote->from.empty());
    recall(1);
    EXPECT_TRUE(page(ben_, anna_)[3].quote->from.empty());
    EXPECT_EQ(page(ben_, anna_)[3].quote->text, "");
}

TEST_F(ChangesContract, TheLastMessageIsTheNewestThatIsNotDeleted) {
    recall(6);
    EXPECT_TRUE(conversation(anna_).last_message->row.recalled);
    hide(anna_, 6);
    hide(anna_, 5);
    hide(anna_, 3);
    EXPECT_EQ(conversation(anna_).last_message->row.seq, Seq(4));
    EXPECT_EQ(conversation(ben_).last_message->row.seq, Seq(6));
    for (const std::int64_t seq : {1, 2, 4})
        hide(anna_, seq);
    EXPECT_FALSE(conversation(anna_).last_message);
}

TEST_F(ChangesContract, ASnapshotHasThePinsAsEachReaderSeesThem) {
    pin({Seq(5), Seq(2)});
    hide(ben_, 5);
    const auto hers = conversation(anna_).pins;
    ASSERT_EQ(hers.size(), 2U);
    EXPECT_EQ(hers[0].text, "5");
    EXPECT_EQ(hers[1].from, ben_.id);
    EXPECT_TRUE(conversation(ben_).pins.at(0).from.empty());
    EXPECT_EQ(conversation(ben_).pins.at(0).seq, Seq(5));
}

TEST_F(ChangesContract, WhatIsGoneIsNotUnread) {
    WriteSet writes;
    for (int i = 7; i <= 10; ++i)
        sent_.push_back(world_.send(writes, key_, anna_, std::to_string(i)));
    ASSERT_TRUE(commit(writes));
    EXPECT_EQ(world_.member(key_, ben_).unread, 7);
    EXPECT_EQ(world_.member(key_, ben_).read, Seq(6));
    // Above 8 lie 9 and 10, of the seven that are said to be unread; 7 and 8 are passed over.
    EXPECT_EQ(unread_above(ben_, anna_, 8), 5);
    recall(7);
    EXPECT_EQ(unread_above(ben_, anna_, 8), 6);
    hide(ben_, 8);
    EXPECT_EQ(unread_above(ben_, anna_, 8), 7);
}

TEST_F(ChangesContract, TheFeedShowsChangesAsTheyAreNow) {
    const FeedNumber before = world_.heads().at(ben_.key).last;
    pin({Seq(3)});
    WriteSet writes;
    sent(3).content = "other";
    writes.changed_messages = {sent(3)};
    for (const std::int64_t seq : {3, 5})
        world_.feed(
            writes, ben_,
            {.kind = FeedKind::kMessageChanged, .conversation = key_, .seq = Seq(seq), .value = 2});
    world_.feed(
        writes, ben_,
        {.kind = FeedKind::kMessageDeleted, .conversation = key_, .seq = Seq(5), .value = 1});
    world_.feed(writes, ben_, {.kind = FeedKind::kPins, .conversation = key_});
    writes.hidden = {HiddenRow{key_, ben_.key, Seq(5)}};
    ASSERT_TRUE(commit(writes));
    const auto found = items(ben_, before);
    ASSERT_EQ(found.size(), 4U);
    EXPECT_EQ(found[0].message->row.content, "other");
    EXPECT_EQ(found[0].row.value, 2);
    EXPECT_EQ(found[0].peer.id, anna_.id);
    EXPECT_FALSE(found[1].message) << "deleted by its reader";
    EXPECT_EQ(found[2].row.seq, Seq(5));
    EXPECT_EQ(found[2].peer.id, anna_.id);
    ASSERT_EQ(found[3].pins.size(), 1U);
    EXPECT_EQ(found[3].pins[0].text, "other");
    EXPECT_EQ(found[3].peer.id, anna_.id);
    // Their messages too.
    EXPECT_EQ(items(ben_, FeedNumber())[2].message->row.content, "other");
    EXPECT_FALSE(items(ben_, FeedNumber())[4].message);
}

TEST_F(ChangesContract, RevisionsAreWrittenAndDeletedWithoutTrace) {
    WriteSet writes;
    writes.revisions = {RevisionRow{key_, Seq(1), 0, "before", ""},
                        RevisionRow{key_, Seq(2), 0, "before", ""}};
    ASSERT_TRUE(commit(writes));
    ASSERT_TRUE(commit(writes)) << "written over";
    WriteSet second;
    second.revisions = {RevisionRow{key_, Seq(1), 1, "between", ""}};
    second.ended_revisions = {{key_, Seq(1)}, {key_, Seq(6)}};
    ASSERT_TRUE(commit(second));
    EXPECT_EQ(page(anna_, ben_)[0].row.content, "1");
}

TEST_F(ChangesContract, HistoryBeginsAtATime) {
    HistoryQuery query{.viewer = anna_.key,
                       .peer = ben_.id,
                       .anchor = HistoryQuery::Anchor::kAt,
                       .limit = 1,
                       .bytes_max = kManyBytes};
    const auto first = [&](TimeMs time) {
        query.time = time;
        return history(query)->messages.at(0).row.seq;
    };
    EXPECT_EQ(first(TimeMs(0)), Seq(1));
    EXPECT_EQ(first(sent(4).time), Seq(4));
    EXPECT_EQ(first(sent(6).time), Seq(6));
    EXPECT_EQ(first(sent(6).time.next()), Seq(6)) << "the newest";
    query.limit = 3;
    query.time = sent(4).time;
    const auto around = history(query).value();
    ASSERT_EQ(around.messages.size(), 3U);
    EXPECT_EQ(around.messages[0].row.seq, Seq(3));
    EXPECT_TRUE(around.older && around.newer);
    query.peer = user_id("nobody");
    EXPECT_TRUE(history(query)->messages.empty());
}

// --- Search

class SearchContract : public ChangesContract {
  protected:
    void SetUp() override {
        ChangesContract::SetUp();
        WriteSet writes;
        carl_ = world_.add_user(writes, "carl");
        other_ = world_.open_direct(writes, anna_, carl_);
        const ConversationKey foreign = world_.open_direct(writes, ben_, carl_);
        // As old as the first of Ben's, each.
        for (const char* text : {"c1 Köln", "c2", "c3 KÖLN"})
            world_.send(writes, other_, carl_, text);
        world_.send(writes, foreign, carl_, "foreign Köln");
        ASSERT_TRUE(commit(writes));
    }
    SearchQuery query(std::string text = "") {
        SearchQuery query;
        query.viewer = anna_.key;
        query.text = std::move(text);
        query.limit = 100;
        query.bytes_max = kManyBytes;
        query.step_ms = 60'000;
        return query;
    }
    std::vector<std::string> texts(const SearchStep& step) {
        std::vector<std::string> found;
        for (const StoredHit& hit : step.hits)
            found.push_back(hit.message.row.content);
        return found;
    }
    using Texts = std::vector<std::string>;
    const Texts all_{"6", "5", "4", "c3 KÖLN", "3", "c2", "2", "c1 Köln", "1"};

    UserRow carl_;
    ConversationKey other_;
};

TEST_F(SearchContract, AllConversationsOfTheViewerNewestFirst) {
    const SearchStep step = search(query()).value();
    EXPECT_EQ(texts(step), all_);
    EXPECT_FALSE(step.next);
    EXPECT_FALSE(step.full);
    EXPECT_EQ(step.hits[0].peer, ben_.id);
    EXPECT_EQ(step.hits[3].peer, carl_.id);
    EXPECT_EQ(step.hits[3].message.from, carl_.id);
    EXPECT_EQ(texts(search(query("köln")).value()), (Texts{"c3 KÖLN", "c1 Köln"}));
    EXPECT_EQ(texts(search(query("c")).value()), (Texts{"c3 KÖLN", "c2", "c1 Köln"}));
}

TEST_F(SearchContract, EveryConditionHolds) {
    SearchQuery by_peer = query();
    by_peer.peer = carl_.id;
    EXPECT_EQ(texts(search(by_peer).value()), (Texts{"c3 KÖLN", "c2", "c1 Köln"}));
    by_peer.peer = user_id("nobody");
    EXPECT_TRUE(search(by_peer)->hits.empty());
    SearchQuery by_sender = query();
    by_sender.from = ben_.key;
    EXPECT_EQ(texts(search(by_sender).value()), (Texts{"6", "4", "2"}));
    SearchQuery by_type = query();
    by_type.type = "TIMImageElem";
    EXPECT_TRUE(search(by_type)->hits.empty());
    SearchQuery by_time = query();
    by_time.since = sent(2).time;
    by_time.until = sent(4).time;
    EXPECT_EQ(texts(search(by_time).value()), (Texts{"c3 KÖLN", "3", "c2", "2"}));
}

TEST_F(SearchContract, EveryStepMakesProgressAndNothingIsMissedOrFoundTwice) {
    SearchQuery one = query();
    one.step_ms = 0;
    Texts found;
    std::size_t steps = 0;
    for (; steps < 100; ++steps) {
        const SearchStep step = search(one).value();
        for (const std::string& text : texts(step))
            found.push_back(text);
        if (!step.next) break;
        one.cursor = step.next;
    }
    EXPECT_EQ(found, all_);
    EXPECT_EQ(steps + 1, all_.size());
}

TEST_F(SearchContract, AStepEndsWithItsPage) {
    SearchQuery four = query();
    four.limit = 4;
    SearchStep step = search(four).value();
    EXPECT_EQ(texts(step), Texts(all_.begin(), all_.begin() + 4));
    EXPECT_TRUE(step.full);
    four.cursor = step.next;
    step = search(four).value();
    EXPECT_EQ(texts(step), Texts(all_.begin() + 4, all_.begin() + 8));
    SearchQuery taken = query();
    taken.bytes_max = 1000;
    taken.bytes_taken = 999;
    step = search(taken).value();
    EXPECT_TRUE(step.hits.empty());
    EXPECT_TRUE(step.full);
    ASSERT_TRUE(step.next);
    taken.cursor = step.next;
    taken.bytes_taken = 0;
    EXPECT_EQ(texts(search(taken).value())[0], "6");
}

TEST_F(SearchContract, WhatIsGoneIsNotFound) {
    recall(5);
    hide(anna_, 4);
    WriteSet writes;
    MemberRow member = world_.member(other_, anna_);
    member.first_visible = Seq(3);
    writes.members = {member};
    ASSERT_TRUE(commit(writes));
    EXPECT_EQ(texts(search(query()).value()), (Texts{"6", "c3 KÖLN", "3", "2", "1"}));
    SearchQuery below = query();
    below.until = sent(3).time;
    EXPECT_EQ(texts(search(below).value()), (Texts{"2", "1"}));
}

}  // namespace
}  // namespace kumquat::store
