#include "unit/store/sqlite_fixture.h"

#include <utility>

namespace kumquat::store {

Status SqliteFixture::open() {
    close();
    auto opened = SqliteStore::open(options_, executor_);
    if (!opened) return opened.error();
    store_ = *std::move(opened);
    return {};
}

void SqliteFixture::close() {
    store_.reset();
    executor_.run_posted();
}

Status SqliteFixture::commit(WriteSet writes) {
    std::optional<Status> status;
    store_->commit(std::move(writes), [&](Status done) { status = std::move(done); });
    executor_.run_until([&] { return status.has_value(); });
    return *status;
}

Result<HistoryPage> SqliteFixture::history() {
    const HistoryQuery query{
        .viewer = anna_.key, .peer = ben_.id, .limit = 1000, .bytes_max = 100'000'000};
    return wait_for<HistoryPage>(executor_, [&](auto done) { store_->read_history(query, done); });
}

void SqliteFixture::open_people() {
    WriteSet writes;
    anna_ = world_.add_user(writes, "anna");
    ben_ = world_.add_user(writes, "ben");
    world_.befriend(writes, anna_, ben_);
    key_ = world_.open_direct(writes, anna_, ben_);
    ASSERT_TRUE(commit(writes));
}

Status SqliteFixture::send(int count, std::size_t bytes) {
    const StoreWorld before = world_;
    WriteSet writes;
    for (int i = 0; i < count; ++i)
        world_.send(writes, key_, anna_, std::string(bytes, 'x'));
    Status status = commit(writes);
    if (!status) world_ = before;
    return status;
}

int SqliteFixture::read_everything() {
    int errors = 0;
    const auto count = [&](const auto& result) { errors += result ? 0 : 1; };
    const std::size_t bytes = 1 << 20;
    ReadKeys keys;
    keys.users = {anna_.id, ben_.id};
    keys.relations = {{anna_.key, ben_.id}};
    keys.client_ids = {{anna_.key, ClientMessageId{DeviceId(kIntegerMax - anna_.key.value()), 1}}};
    keys.marks = {MessagePlace{ben_.key, anna_.id, Seq(1)}};
    count(wait_for<ReadRows>(executor_, [&](auto done) { store_->load(keys, done); }));
    count(history());
    count(wait_for<FeedPage>(executor_, [&](auto done) {
        store_->read_feed({anna_.key, FeedNumber(), 10'000, 1000, bytes}, done);
    }));
    count(wait_for<SnapshotPage>(executor_, [&](auto done) {
        store_->read_snapshot({anna_.key, std::nullopt, 1000, bytes}, done);
    }));
    count(wait_for<std::optional<FoundUser>>(
        executor_, [&](auto done) { store_->find_user(anna_.key, ben_.id, done); }));
    count(wait_for<std::vector<Tie>>(executor_,
                                     [&](auto done) { store_->read_ties(anna_.key, done); }));
    return errors;
}

}  // namespace kumquat::store
