#include "server/measured_store.h"

#include <chrono>
#include <utility>

namespace kumquat::server {

void MeasuredStore::commit(store::WriteSet writes, std::function<void(Status)> done) {
    const auto started = std::chrono::steady_clock::now();
    metrics_.batch_messages.observe(static_cast<double>(writes.messages.size()));
    inner_.commit(std::move(writes), [this, started, done = std::move(done)](Status status) {
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
        metrics_.commit_seconds.observe(took.count());
        if (!status) ++metrics_.commits_failed;
        done(std::move(status));
    });
}

}  // namespace kumquat::server
