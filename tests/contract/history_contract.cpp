// read_history(): pages before, after and around a seq, their edges, and what a member may see.
#include "contract/store_contract.h"

namespace kumquat::store {
namespace {

using Anchor = HistoryQuery::Anchor;

// Anna and Ben with ten messages, "1" to "10".
class HistoryContract : public StoreContract {
  protected:
    void SetUp() override {
        StoreContract::SetUp();
        WriteSet writes;
        // Another conversation's messages lie before and after, in keys and in time.
        const UserRow zoe = world_.add_user(writes, "zoe");
        anna_ = world_.add_user(writes, "anna");
        ben_ = world_.add_user(writes, "ben");
        const ConversationKey lower = world_.open_direct(writes, zoe, anna_);
        key_ = world_.open_direct(writes, anna_, ben_);
        const ConversationKey higher = world_.open_direct(writes, zoe, ben_);
        for (int i = 1; i <= 10; ++i) {
            world_.send(writes, lower, zoe, "lower");
            world_.send(writes, key_, i % 2 == 0 ? ben_ : anna_, std::to_string(i));
            world_.send(writes, higher, zoe, "higher");
        }
        ASSERT_TRUE(commit(writes));
    }

    HistoryQuery query(Anchor anchor, std::int64_t seq, std::int64_t limit) {
        return {.viewer = anna_.key,
                .peer = ben_.id,
                .anchor = anchor,
                .seq = Seq(seq),
                .limit = limit,
                .bytes_max = kManyBytes};
    }

    /// A page as text: "<" if there are older messages, seqs, ">" if there are newer ones.
    std::string page(const HistoryQuery& query) {
        const auto page = history(query);
        if (!page) return "error " + std::to_string(static_cast<int>(page.error().code));
        std::string text = page->older ? "<" : "";
        for (const StoredMessage& message : page->messages) {
            text += " " + std::to_string(message.row.seq.value());
            EXPECT_EQ(message.row.content, std::to_string(message.row.seq.value()));
            EXPECT_EQ(message.from, message.row.seq.value() % 2 == 0 ? ben_.id : anna_.id);
        }
        return text + (page->newer ? " >" : "");
    }
    std::string page(Anchor anchor, std::int64_t seq, std::int64_t limit) {
        return page(query(anchor, seq, limit));
    }

    UserRow anna_;
    UserRow ben_;
    ConversationKey key_;
};

TEST_F(HistoryContract, BeforeZeroIsTheNewest) {
    EXPECT_EQ(page(Anchor::kBefore, 0, 3), "< 8 9 10");
    EXPECT_EQ(page(Anchor::kBefore, 0, 10), " 1 2 3 4 5 6 7 8 9 10");
    EXPECT_EQ(page(Anchor::kBefore, 0, 11), " 1 2 3 4 5 6 7 8 9 10");
}

TEST_F(HistoryContract, Before) {
    EXPECT_EQ(page(Anchor::kBefore, 8, 3), "< 5 6 7 >");
    EXPECT_EQ(page(Anchor::kBefore, 4, 3), " 1 2 3 >");
    EXPECT_EQ(page(Anchor::kBefore, 3, 3), " 1 2 >");
    EXPECT_EQ(page(Anchor::kBefore, 1, 3), " >");
    EXPECT_EQ(page(Anchor::kBefore, 11, 2), "< 9 10");
    EXPECT_EQ(page(Anchor::kBefore, 1000, 2), "< 9 10");
}

TEST_F(HistoryContract, After) {
    EXPECT_EQ(page(Anchor::kAfter, 0, 3), " 1 2 3 >");
    EXPECT_EQ(page(Anchor::kAfter, 4, 3), "< 5 6 7 >");
    EXPECT_EQ(page(Anchor::kAfter, 7, 3), "< 8 9 10");
    EXPECT_EQ(page(Anchor::kAfter, 9, 3), "< 10");
    EXPECT_EQ(page(Anchor::kAfter, 10, 3), "<");
    EXPECT_EQ(page(Anchor::kAfter, 1000, 3), "<");
}

TEST_F(HistoryContract, Around) {
    EXPECT_EQ(page(Anchor::kAround, 5, 1), "< 5 >");
    EXPECT_EQ(page(Anchor::kAround, 5, 2), "< 4 5 >");
    EXPECT_EQ(page(Anchor::kAround, 5, 3), "< 4 5 6 >");
    EXPECT_EQ(page(Anchor::kAround, 5, 4), "< 3 4 5 6 >");
    EXPECT_EQ(page(Anchor::kAround, 5, 100), " 1 2 3 4 5 6 7 8 9 10");
}

TEST_F(HistoryContract, AroundAnEndTakesMoreFromTheOtherSide) {
    EXPECT_EQ(page(Anchor::kAround, 1, 4), " 1 2 3 4 >");
    EXPECT_EQ(page(Anchor::kAround, 2, 4), " 1 2 3 4 >");
    EXPECT_EQ(page(Anchor::kAround, 10, 4), "< 7 8 9 10");
    EXPECT_EQ(page(Anchor::kAround, 1000, 2), "< 9 10");
    EXPECT_EQ(page(Anchor::kAround, 0, 2), " 1 2 >");
}

TEST_F(HistoryContract, AtLeastOneMessageWhateverTheBounds) {
    for (const std::int64_t limit : {0, -1, 1}) {
        HistoryQuery newest = query(Anchor::kBefore, 0, limit);
        newest.bytes_max = 0;
        EXPECT_EQ(page(newest), "< 10");
        HistoryQuery oldest = query(Anchor::kAfter, 0, limit);
        oldest.bytes_max = 0;
        EXPECT_EQ(page(oldest), " 1 >");
        HistoryQuery middle = query(Anchor::kAround, 5, limit);
        middle.bytes_max = 0;
        EXPECT_EQ(page(middle), "< 5 >");
    }
}

TEST_F(HistoryContract, PagesAreCutByBytesAndJoinWithoutGaps) {
    WriteSet writes;
    const std::string large(10'000, 'x');
    for (int i = 0; i < 10; ++i)
        world_.send(writes, key_, anna_, large);
    ASSERT_TRUE(commit(writes));
    HistoryQuery query = this->query(Anchor::kBefore, 0, 100);
    query.bytes_max = 35'000;
    std::vector<std::int64_t> seqs;
    std::size_t pages = 0;
    for (bool older = true; older; ++pages) {
        const HistoryPage page = history(query).value();
        ASSERT_FALSE(page.messages.empty());
        std::size_t bytes = 0;
        for (auto message = page.messages.rbegin(); message != page.messages.rend(); ++message) {
            bytes += message->row.content.size();
            seqs.push_back(message->row.seq.value());
        }
        EXPECT_LE(bytes, query.bytes_max);
        query.seq = page.messages.front().row.seq;
        older = page.older;
    }
    ASSERT_EQ(seqs.size(), 20U);
    for (std::size_t i = 0; i < seqs.size(); ++i)
        EXPECT_EQ(seqs[i], static_cast<std::int64_t>(20 - i));
    EXPECT_GE(pages, 4U);
}

TEST_F(HistoryContract, BytesAreThoseOfTheFrame) {
    // A control character takes six bytes in a frame.
    WriteSet writes;
    for (int i = 0; i < 4; ++i)
        world_.send(writes, key_, anna_, std::string(10'000, '\0'));
    ASSERT_TRUE(commit(writes));
    HistoryQuery query = this->query(Anchor::kBefore, 0, 100);
    query.bytes_max = 65'536;
    EXPECT_EQ(history(query)->messages.size(), 1U);
}

TEST_F(HistoryContract, AroundIsCutByBytesWithoutHoles) {
    WriteSet writes;
    world_.send(writes, key_, anna_, "11");
    world_.send(writes, key_, anna_, std::string(50'000, 'x'));  // 12
    ASSERT_TRUE(commit(writes));
    HistoryQuery query = this->query(Anchor::kAround, 10, 100);
    query.bytes_max = 20'000;
    const HistoryPage page = history(query).value();
    ASSERT_FALSE(page.messages.empty());
    EXPECT_EQ(page.messages.back().row.seq, Seq(11));
    EXPECT_TRUE(page.newer);
    for (std::size_t i = 1; i < page.messages.size(); ++i) {
        EXPECT_EQ(page.messages[i].row.seq, page.messages[i - 1].row.seq.next());
    }
}

TEST_F(HistoryContract, BothMembersSeeTheSame) {
    HistoryQuery query = this->query(Anchor::kBefore, 0, 3);
    query.viewer = ben_.key;
    query.peer = anna_.id;
    EXPECT_EQ(page(query), "< 8 9 10");
}

TEST_F(HistoryContract, NothingBelowTheFirstVisible) {
    WriteSet writes;
    MemberRow member = world_.member(key_, anna_);
    member.first_visible = Seq(4);
    writes.members = {member};
    ASSERT_TRUE(commit(writes));
    EXPECT_EQ(page(Anchor::kBefore, 0, 100), " 4 5 6 7 8 9 10");
    EXPECT_EQ(page(Anchor::kBefore, 0, 7), " 4 5 6 7 8 9 10");
    EXPECT_EQ(page(Anchor::kAfter, 0, 3), " 4 5 6 >");
    EXPECT_EQ(page(Anchor::kAround, 2, 3), " 4 5 6 >");
    EXPECT_EQ(page(Anchor::kAround, 4, 3), " 4 5 6 >");
    EXPECT_EQ(page(Anchor::kBefore, 3, 3), " >");
    HistoryQuery other = query(Anchor::kBefore, 0, 100);
    other.viewer = ben_.key;
    other.peer = anna_.id;
    EXPECT_EQ(page(other), " 1 2 3 4 5 6 7 8 9 10");
    member.first_visible = Seq(11);
    writes.members = {member};
    ASSERT_TRUE(commit(writes));
    EXPECT_EQ(page(Anchor::kBefore, 0, 3), "");
    EXPECT_EQ(page(Anchor::kAfter, 0, 3), "");
    EXPECT_EQ(page(Anchor::kAround, 5, 3), "");
}

TEST_F(HistoryContract, NoConversationIsEmpty) {
    HistoryQuery query = this->query(Anchor::kBefore, 0, 3);
    query.peer = user_id("nobody");
    EXPECT_EQ(page(query), "");
    query.peer = anna_.id;
    EXPECT_EQ(page(query), "") << "with oneself";
    WriteSet writes;
    const UserRow dora = world_.add_user(writes, "dora");
    world_.open_direct(writes, anna_, dora);
    ASSERT_TRUE(commit(writes));
    for (const Anchor anchor : {Anchor::kBefore, Anchor::kAfter, Anchor::kAround}) {
        for (const std::int64_t seq : {0, 1, 5}) {
            HistoryQuery empty = this->query(anchor, seq, 3);
            empty.peer = dora.id;
            EXPECT_EQ(page(empty), "");
        }
    }
}

TEST_F(HistoryContract, AStrangerSeesNothing) {
    WriteSet writes;
    const UserRow dora = world_.add_user(writes, "dora");
    ASSERT_TRUE(commit(writes));
    HistoryQuery query = this->query(Anchor::kBefore, 0, 3);
    query.viewer = dora.key;
    EXPECT_EQ(page(query), "");
}

}  // namespace
}  // namespace kumquat::store
