// A store around another that measures its commits. It changes nothing.
#pragma once

#include <functional>

#include "server/metrics.h"
#include "store/store.h"

namespace kumquat::server {

class MeasuredStore final : public store::Store {
  public:
    /// Both must outlive the store.
    MeasuredStore(store::Store& inner, Metrics& metrics) : inner_(inner), metrics_(metrics) {}

    void load(store::ReadKeys keys, Callback<store::ReadRows> done) override {
        inner_.load(std::move(keys), std::move(done));
    }
    void commit(store::WriteSet writes, std::function<void(Status)> done) override;
    void read_history(store::HistoryQuery query, Callback<store::HistoryPage> done) override {
        inner_.read_history(std::move(query), std::move(done));
    }
    void read_feed(store::FeedQuery query, Callback<store::FeedPage> done) override {
        inner_.read_feed(query, std::move(done));
    }
    void read_snapshot(store::SnapshotQuery query, Callback<store::SnapshotPage> done) override {
        inner_.read_snapshot(query, std::move(done));
    }
    void search(store::SearchQuery query, Callback<store::SearchStep> done) override {
        inner_.search(std::move(query), std::move(done));
    }
    void find_user(UserKey viewer, UserId id,
                   Callback<std::optional<store::FoundUser>> done) override {
        inner_.find_user(viewer, std::move(id), std::move(done));
    }
    void read_ties(UserKey user, Callback<std::vector<store::Tie>> done) override {
        inner_.read_ties(user, std::move(done));
    }
    void read_sessions(UserKey user, Callback<std::vector<store::SessionRow>> done) override {
        inner_.read_sessions(user, std::move(done));
    }
    void find_session(store::TokenHash token,
                      Callback<std::optional<store::SessionRow>> done) override {
        inner_.find_session(token, std::move(done));
    }
    void read_orphans(store::OrphanQuery query, Callback<std::vector<BlobId>> done) override {
        inner_.read_orphans(query, std::move(done));
    }

  private:
    store::Store& inner_;
    Metrics& metrics_;
};

}  // namespace kumquat::server
