// Reads rows of one connection, all of a transaction from one consistent state.
#pragma once

#include <functional>
#include <memory>

#include "store/row_reader.h"
#include "store/sqlite/database.h"

namespace kumquat::store {

/// Thread: one at a time, with its connection.
class SqliteRows final : public RowReader {
  public:
    /// `database` must outlive it and have the current layout. Errors: kStorageFailed if a
    /// statement does not fit the layout.
    static Result<std::unique_ptr<SqliteRows>> create(Database& database);

    /// What `query` finds, in one read transaction. Errors: kReadTimeout, kStorageFailed.
    template <typename T>
    Result<T> run(const std::function<T(RowReader&)>& query) {
        begin();
        T found = query(*this);
        end();
        if (!status_) return Error(status_.error());
        return found;
    }

    Status status() const override { return status_; }
    KeyCounters counters() override;
    std::optional<SessionRow> session(const TokenHash& token) override;
    std::optional<UserRow> user(UserKey key) override;
    std::optional<UserRow> user(const UserId& id) override;
    std::optional<FriendRow> friend_row(UserKey user, UserKey peer) override;
    std::int64_t friend_count(UserKey user) override;
    std::optional<FriendRequestRow> friend_request(UserKey requester, UserKey target) override;
    std::int64_t request_count(UserKey target) override;
    bool blocks(UserKey user, UserKey peer) override;
    std::int64_t block_count(UserKey user) override;
    std::optional<ConversationKey> direct(UserPair pair) override;
    std::optional<ConversationRow> conversation(ConversationKey key) override;
    std::optional<MemberRow> member(ConversationKey conversation, UserKey user) override;
    std::optional<MessageRow> message(ConversationKey conversation, Seq seq) override;
    std::optional<MessageRow> sent(UserKey sender, ClientMessageId id) override;
    bool hides(ConversationKey conversation, UserKey user, Seq seq) override;
    std::int64_t count_received(ConversationKey conversation, UserKey user, Seq first,
                                Seq last) override;
    std::optional<BlobRow> blob(const BlobId& id) override;
    std::optional<FeedHeadRow> head(UserKey user) override;
    void members(ConversationKey conversation, const Visit<MemberRow>& visit) override;
    void memberships(UserKey user, ConversationKey after, const Visit<MemberRow>& visit) override;
    void friends(UserKey user, UserKey after, const Visit<FriendRow>& visit) override;
    void befriended_by(UserKey user, const Visit<UserKey>& visit) override;
    void requests_to(UserKey target, UserKey after, const Visit<FriendRequestRow>& visit) override;
    void requests_from(UserKey requester, UserKey after,
                       const Visit<FriendRequestRow>& visit) override;
    void blocked(UserKey user, UserKey after, const Visit<UserKey>& visit) override;
    void blocked_by(UserKey user, const Visit<UserKey>& visit) override;
    void peers(UserKey user, const Visit<UserKey>& visit) override;
    void sessions(UserKey user, const Visit<SessionRow>& visit) override;
    void messages_before(ConversationKey conversation, Seq seq,
                         const Visit<MessageRow>& visit) override;
    void messages_from(ConversationKey conversation, Seq seq,
                       const Visit<MessageRow>& visit) override;
    void hidden_before(ConversationKey conversation, UserKey user, Seq seq,
                       const Visit<Seq>& visit) override;
    void orphans(TimeMs before, const Visit<BlobRow>& visit) override;
    void feed(UserKey user, FeedNumber after, const Visit<FeedRow>& visit) override;

  private:
    struct Statements;
    struct Account {
        FeedHeadRow head;
        std::int64_t friends = 0;
    };

    explicit SqliteRows(Database& database);
    void begin();
    void end();
    void fail(Error error);
    Account account(UserKey user);
    UserRow read_user(Query& query);
    /// The row that `query` finds, read by `read`.
    template <typename Row>
    std::optional<Row> one(Query& query, Row (SqliteRows::*read)(Query&));
    /// Every row of `query` until `visit` has enough.
    template <typename Row>
    void each(Query& query, Row (SqliteRows::*read)(Query&), const Visit<Row>& visit);

    SessionRow read_session(Query& query);
    FriendRow read_friend(Query& query);
    FriendRequestRow read_request(Query& query);
    ConversationRow read_conversation(Query& query);
    MemberRow read_member(Query& query);
    MessageRow read_message(Query& query);
    BlobRow read_blob(Query& query);
    FeedRow read_feed(Query& query);
    Account read_account(Query& query);
    KeyCounters read_counters(Query& query);
    std::int64_t read_integer(Query& query) { return query.integer(); }
    template <typename Id>
    Id read_id(Query& query) {
        return query.id<Id>();
    }

    Database& database_;
    std::shared_ptr<Statements> statements_;
    Status status_;
    /// Head and number of friends of an account are asked for one after the other, and lie in one
    /// row.
    std::optional<Account> last_account_;
};

}  // namespace kumquat::store
