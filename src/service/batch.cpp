#include "service/batch.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "service/handlers.h"
#include "service/request_table.h"
#include "service/uploads.h"

namespace kumquat::service {
namespace {

constexpr std::int64_t kStorageRetryMs = 1000;
constexpr std::int64_t kDiskFullRetryMs = 10'000;

Error storage_error(Error error) {
    if (error.code != ErrorCode::kDiskFull) error.code = ErrorCode::kStorageFailed;
    if (!error.retry_after_ms) {
        error.retry_after_ms =
            error.code == ErrorCode::kDiskFull ? kDiskFullRetryMs : kStorageRetryMs;
    }
    return error;
}

void add_keys(const Work& work, store::ReadKeys& keys) {
    if (work.errand) return add_errand_keys(*work.errand, keys);
    rule_of(work.request).keys(work, keys);
    keys.blobs.insert(work.pictures.begin(), work.pictures.end());
}

Outcome apply_one(const Work& work, Overlay& rows, TimeMs now, std::int64_t session_ms) {
    Outcome outcome;
    if (work.errand) {
        apply_errand(*work.errand, rows, outcome, now);
        return outcome;
    }
    // Its session may have been ended earlier in this very batch.
    if (work.session && rows.session_ended(work.session->token)) {
        outcome.reply = Error{ErrorCode::kSessionInvalid, "the session was ended"};
        return outcome;
    }
    const RequestRule& rule = rule_of(work.request);
    if (rule.kind == RequestRule::Kind::kChange && rows.user(work.session->user) == nullptr) {
        outcome.reply = Error{ErrorCode::kSessionInvalid, "the account is gone"};
        return outcome;
    }
    Run run{work, rows, outcome, now, session_ms};
    outcome.reply = rule.apply(run);
    return outcome;
}

}  // namespace

BatchRunner::BatchRunner(store::Store& store, const Clock& clock, Bounds bounds,
                         std::int64_t session_ms, Done done)
    : store_(store),
      clock_(clock),
      bounds_(bounds),
      session_ms_(session_ms),
      done_(std::move(done)),
      self_(std::make_shared<BatchRunner*>(this)) {
    KUMQUAT_CHECK(bounds_.requests > 0);
}

void BatchRunner::push(Work work) {
    inbox_.push_back(std::move(work));
    if (!busy_) start();
}

void BatchRunner::forget(const store::TokenHash& token) {
    const auto ended = [&token](const Work& work) {
        return work.session && work.session->token == token;
    };
    inbox_.erase(std::remove_if(inbox_.begin(), inbox_.end(), ended), inbox_.end());
}

void BatchRunner::start() {
    busy_ = true;
    store::ReadKeys keys;
    while (!inbox_.empty() && batch_.size() < bounds_.requests) {
        batch_.push_back(Finished{std::move(inbox_.front()), Outcome()});
        inbox_.pop_front();
        add_keys(batch_.back().work, keys);
    }
    store_.load(std::move(keys),
                [weak = std::weak_ptr<BatchRunner*>(self_)](Result<store::ReadRows> loaded) {
                    if (const auto self = weak.lock()) (*self)->on_loaded(std::move(loaded));
                });
}

void BatchRunner::on_loaded(Result<store::ReadRows> loaded) {
    if (!loaded) return fail(loaded.error());
    Overlay rows(*std::move(loaded));
    apply_in_time(rows);
    if (batch_.empty()) return start();
    store_.commit(rows.take_writes(),
                  [weak = std::weak_ptr<BatchRunner*>(self_)](const Status& status) {
                      if (const auto self = weak.lock()) (*self)->on_committed(status);
                  });
}

void BatchRunner::apply_in_time(Overlay& rows) {
    const TimeMs now = clock_.now();
    std::size_t applied = 0;
    do {
        Finished& each = batch_[applied];
        each.outcome = apply_one(each.work, rows, now, session_ms_);
        if (!each.outcome.missing.empty()) {
            each.work.pictures = std::move(each.outcome.missing);
            break;
        }
        ++applied;
    } while (applied < batch_.size() && clock_.now().value() - now.value() < bounds_.ms);
    put_back(applied);
}

// The batch's requests from `first` on wait again, in front: the next batch loads their rows anew,
// and what the first of them has asked for.
void BatchRunner::put_back(std::size_t first) {
    while (batch_.size() > first) {
        inbox_.push_front(std::move(batch_.back().work));
        batch_.pop_back();
    }
}

void BatchRunner::on_committed(const Status& status) {
    if (!status) return fail(status.error());
    finish(/*stored=*/true);
}

// Refusals fail with the rest: they may rest on what an earlier request of the batch had changed,
// and that is gone now.
void BatchRunner::fail(const Error& error) {
    for (Finished& each : batch_) {
        each.outcome = Outcome();
        each.outcome.reply = storage_error(error);
    }
    finish(/*stored=*/false);
}

void BatchRunner::finish(bool stored) {
    std::vector<Finished> batch = std::move(batch_);
    batch_.clear();
    // Still busy: what `done_` lets in gathers, and begins as one batch.
    done_(std::move(batch), stored);
    busy_ = false;
    if (!inbox_.empty()) start();
}

}  // namespace kumquat::service
