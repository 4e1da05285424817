// What a commit promises: all or nothing, in order, later, and nothing after the store has gone.
#include "contract/store_contract.h"

namespace kumquat::store {
namespace {

// Two users with a conversation and one message, committed; and a second write set that touches
// everything, for a test to spoil.
class CommitContract : public StoreContract {
  protected:
    void SetUp() override {
        StoreContract::SetUp();
        WriteSet writes;
        anna_ = world_.add_user(writes, "anna");
        ben_ = world_.add_user(writes, "ben");
        key_ = world_.open_direct(writes, anna_, ben_);
        kept_ = make_session(ben_, 2);
        kept_.expires = TimeMs(1'600'000'000'000);
        writes.sessions = {kept_};
        first_ = world_.send(writes, key_, anna_, "first");
        ASSERT_TRUE(commit(writes));
        before_ = world_;

        carl_ = world_.add_user(second_, "carl");
        world_.befriend(second_, anna_, ben_);
        world_.open_direct(second_, anna_, carl_);
        second_.sessions = {make_session(anna_, 1)};
        second_.friend_requests = {make_request(carl_, anna_)};
        second_.blocks = {{anna_.key, carl_.key}};
        second_.sweep = SessionSweep{kept_.expires, 10};
        world_.send(second_, key_, ben_, "second");
        world_.send(second_, key_, ben_, "third");
        UserRow renamed = anna_;
        renamed.nick = "renamed";
        second_.users.push_back(renamed);
    }

    /// `second_` is refused, and the store is as before; then it works on.
    void expect_refused_without_trace() {
        const Status status = commit(second_);
        ASSERT_FALSE(status);
        EXPECT_EQ(status.error().code, ErrorCode::kStorageFailed);
        expect_unchanged();
        reopen();
        expect_unchanged();
        world_ = before_;
        WriteSet third;
        world_.send(third, key_, anna_, "after");
        EXPECT_TRUE(commit(third));
        EXPECT_EQ(contents(), (std::vector<std::string>{"first", "after"}));
    }

    void expect_unchanged() {
        ReadKeys keys;
        keys.users = {anna_.id, ben_.id, carl_.id};
        keys.relations = {{anna_.key, ben_.id}, {anna_.key, carl_.id}};
        keys.sessions = {make_session(anna_, 1).token, kept_.token};
        const ReadRows rows = load(keys).value();
        EXPECT_EQ(fields(rows.counters), fields(before_.counters()));
        EXPECT_EQ(rows.users.size(), 2U);
        EXPECT_EQ(fields(rows.users.at(anna_.key)), fields(anna_));
        EXPECT_TRUE(rows.friends.empty());
        EXPECT_TRUE(rows.blocks.empty());
        EXPECT_TRUE(sessions(anna_.key)->empty());
        EXPECT_TRUE(ties(anna_.key)->empty());
        EXPECT_EQ(rows.friend_counts.at(anna_.key), 0);
        EXPECT_EQ(rows.sessions.size(), 1U);
        EXPECT_EQ(fields(rows.sessions.at(kept_.token)), fields(kept_));
        EXPECT_EQ(rows.direct.size(), 1U);
        EXPECT_EQ(fields(rows.conversations.at(key_)), fields(before_.conversation(key_)));
        EXPECT_EQ(fields(rows.members.at({key_, anna_.key})), fields(before_.member(key_, anna_)));
        EXPECT_EQ(fields(rows.heads.at(anna_.key)), fields(before_.heads().at(anna_.key)));
        EXPECT_EQ(contents(), std::vector<std::string>{"first"});
        const FeedPage page =
            feed({.user = anna_.key, .tail_max = 100, .limit = 100, .bytes_max = kManyBytes})
                .value();
        EXPECT_EQ(page.items.size(), 1U);
    }

    std::vector<std::string> contents() {
        std::vector<std::string> found;
        const auto page =
            history({.viewer = anna_.key, .peer = ben_.id, .limit = 100, .bytes_max = kManyBytes});
        for (const StoredMessage& message : page->messages)
            found.push_back(message.row.content);
        return found;
    }

    UserRow anna_;
    UserRow ben_;
    UserRow carl_;
    /// Expired: `second_` sweeps it.
    SessionRow kept_;
    ConversationKey key_;
    MessageRow first_;
    StoreWorld before_;
    WriteSet second_;
};

TEST_F(CommitContract, WholeSetIsWritten) {
    ASSERT_TRUE(commit(second_));
    EXPECT_EQ(contents(), (std::vector<std::string>{"first", "second", "third"}));
    EXPECT_EQ(relation(anna_, carl_).direct.size(), 1U);
    EXPECT_EQ(relation(anna_, ben_).users.at(anna_.key).nick, "renamed");
    EXPECT_EQ(relation(anna_, carl_).blocks.size(), 1U);
    ReadKeys keys;
    keys.sessions = {make_session(anna_, 1).token, kept_.token};
    const ReadRows rows = load(keys).value();
    EXPECT_EQ(rows.sessions.size(), 1U);
    EXPECT_EQ(rows.sessions.count(kept_.token), 0U);
}

TEST_F(CommitContract, TakenSeqIsRefused) {
    second_.messages.back().seq = first_.seq;
    expect_refused_without_trace();
}

TEST_F(CommitContract, SeqTwiceInOneSetIsRefused) {
    second_.messages[1].seq = second_.messages[0].seq;
    expect_refused_without_trace();
}

TEST_F(CommitContract, UsedClientIdIsRefused) {
    second_.messages.back().sender = first_.sender;
    second_.messages.back().client_id = first_.client_id;
    expect_refused_without_trace();
}

TEST_F(CommitContract, ClientIdTwiceInOneSetIsRefused) {
    second_.messages[1].client_id = second_.messages[0].client_id;
    expect_refused_without_trace();
}

TEST_F(CommitContract, TakenFeedNumberIsRefused) {
    second_.feed.back().number = FeedNumber(1);
    expect_refused_without_trace();
}

TEST_F(CommitContract, UserIdOfAnotherAccountIsRefused) {
    second_.users[0].id = ben_.id;
    expect_refused_without_trace();
}

TEST_F(CommitContract, SecondConversationOfAPairIsRefused) {
    second_.direct[0].first = UserPair::of(anna_.key, ben_.key);
    expect_refused_without_trace();
}

TEST_F(CommitContract, CallsBackLaterAndInOrder) {
    std::vector<std::string> order;
    std::size_t done = 0;
    WriteSet third;
    world_.send(third, key_, anna_, "fourth");
    store_->commit(second_, [&](const Status& status) {
        EXPECT_TRUE(status);
        order.push_back("first commit");
        ++done;
        // What has been acknowledged is visible to whoever reads from here on.
        store_->read_history(
            {.viewer = anna_.key, .peer = ben_.id, .limit = 100, .bytes_max = kManyBytes},
            [&](const Result<HistoryPage>& page) {
                EXPECT_GE(page->messages.size(), 3U);
                ++done;
            });
        store_->commit(third, [&](const Status& second_status) {
            EXPECT_TRUE(second_status);
            order.push_back("second commit");
            ++done;
        });
        order.push_back("calls made");
    });
    EXPECT_TRUE(order.empty()) << "on the caller's stack";
    executor_.run_until([&] { return done == 3; });
    EXPECT_EQ(order, (std::vector<std::string>{"first commit", "calls made", "second commit"}));
}

TEST_F(CommitContract, AStoreThatIsGoneNeverCallsBack) {
    bool called = false;
    store_->commit(second_, [&](const Status&) { called = true; });
    store_->load({}, [&](const Result<ReadRows>&) { called = true; });
    store_->read_ties(anna_.key, [&](const auto&) { called = true; });
    store_->read_sessions(anna_.key, [&](const auto&) { called = true; });
    store_->find_user(anna_.key, ben_.id, [&](const auto&) { called = true; });
    store_.reset();
    executor_.run_posted();
    EXPECT_FALSE(called);
}

TEST_F(CommitContract, ACommitWithoutAnswerIsWholeOrAbsent) {
    store_->commit(second_, [](const Status&) {});
    reopen();
    const bool written = contents().size() == 3;
    EXPECT_EQ(contents().size(), written ? 3U : 1U);
    ReadKeys keys;
    keys.users = {carl_.id};
    keys.sessions = {make_session(anna_, 1).token};
    const ReadRows rows = load(keys).value();
    EXPECT_EQ(rows.users.count(carl_.key), written ? 1U : 0U);
    EXPECT_EQ(rows.sessions.size(), written ? 1U : 0U);
    EXPECT_EQ(fields(rows.counters), fields(written ? world_.counters() : before_.counters()));
}

}  // namespace
}  // namespace kumquat::store
