// The fixture of the suite that every store must pass. Each kind of store has a program of its own,
// which links all
// *_contract.cpp files and defines make_store_home().
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "contract/row_fields.h"
#include "contract/store_home.h"
#include "contract/store_world.h"

namespace kumquat::store {

class StoreContract : public testing::Test {
  protected:
    static constexpr std::size_t kManyBytes = 1 << 20;

    void SetUp() override {
        home_ = make_store_home();
        store_ = home_->open(executor_);
        ASSERT_NE(store_, nullptr);
    }

    /// Closes the store and opens it again on what is durable.
    void reopen() {
        store_.reset();
        executor_.run_posted();
        store_ = home_->open(executor_);
        ASSERT_NE(store_, nullptr);
    }

    // Each waits for the callback.
    Result<ReadRows> load(ReadKeys keys) {
        return wait<ReadRows>([&](auto done) { store_->load(std::move(keys), done); });
    }
    Status commit(WriteSet writes) {
        std::optional<Status> status;
        store_->commit(std::move(writes), [&](Status done) { status = std::move(done); });
        executor_.run_until([&] { return status.has_value(); });
        return *status;
    }
    Result<HistoryPage> history(HistoryQuery query) {
        return wait<HistoryPage>([&](auto done) { store_->read_history(query, done); });
    }
    Result<FeedPage> feed(FeedQuery query) {
        return wait<FeedPage>([&](auto done) { store_->read_feed(query, done); });
    }
    Result<SnapshotPage> snapshot(SnapshotQuery query) {
        return wait<SnapshotPage>([&](auto done) { store_->read_snapshot(query, done); });
    }
    Result<SearchStep> search(SearchQuery query) {
        return wait<SearchStep>([&](auto done) { store_->search(query, done); });
    }
    Result<std::optional<FoundUser>> find_user(UserKey viewer, const UserId& id) {
        return wait<std::optional<FoundUser>>(
            [&](auto done) { store_->find_user(viewer, id, done); });
    }
    Result<std::vector<Tie>> ties(UserKey user) {
        return wait<std::vector<Tie>>([&](auto done) { store_->read_ties(user, done); });
    }
    Result<std::vector<SessionRow>> sessions(UserKey user) {
        return wait<std::vector<SessionRow>>([&](auto done) { store_->read_sessions(user, done); });
    }
    Result<std::optional<SessionRow>> find_session(const TokenHash& token) {
        return wait<std::optional<SessionRow>>(
            [&](auto done) { store_->find_session(token, done); });
    }
    Result<std::vector<BlobId>> orphans(TimeMs before, std::int64_t limit) {
        return wait<std::vector<BlobId>>([&](auto done) {
            store_->read_orphans(OrphanQuery{before, limit}, done);
        });
    }

    /// Everything that load() finds between `account` and `other`, with both as users.
    ReadRows relation(const UserRow& account, const UserRow& other) {
        ReadKeys keys;
        keys.users = {account.id, other.id};
        keys.relations = {{account.key, other.id}};
        return load(keys).value();
    }

    TestExecutor executor_;
    std::unique_ptr<StoreHome> home_;
    std::unique_ptr<Store> store_;
    StoreWorld world_;

  private:
    template <typename T, typename Call>
    Result<T> wait(Call call) {
        std::optional<Result<T>> result;
        call([&](Result<T> done) {
            EXPECT_FALSE(result.has_value()) << "called back twice";
            result.emplace(std::move(done));
        });
        EXPECT_FALSE(result.has_value()) << "called back on the caller's stack";
        executor_.run_until([&] { return result.has_value(); });
        return *std::move(result);
    }
};

}  // namespace kumquat::store
