#include "server/orphan_sweep.h"

#include <utility>

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <spdlog/spdlog.h>

#include "server/picture_answer.h"

namespace kumquat::server {

class OrphanSweep::Impl : public std::enable_shared_from_this<Impl> {
  public:
    explicit Impl(const Parts& parts) : parts_(parts), timer_(parts.strand) {}

    void later() {
        if (stopped_) return;
        timer_.expires_after(std::chrono::milliseconds(parts_.bounds->orphan_sweep_ms));
        timer_.async_wait([self = shared_from_this()](error_code error) {
            if (!error) self->step();
        });
    }

    void stop() {
        stopped_ = true;
        timer_.cancel();
    }

    const Strand& strand() const { return parts_.strand; }

  private:
    void step() {
        if (stopped_) return;
        parts_.host->forget_orphans([self = shared_from_this()](Result<std::vector<BlobId>> ids) {
            self->on_forgotten(std::move(ids));
        });
    }

    void on_forgotten(Result<std::vector<BlobId>> ids) {
        if (!ids) {
            if (!stopped_)
                spdlog::warn("orphaned pictures were not removed: {}",
                             error_text(ids.error().code));
            return later();
        }
        if (ids->empty()) return later();
        left_ = ids->size();
        for (const BlobId& id : *ids) {
            parts_.blobs->remove(id, [self = shared_from_this(), id](Status status) {
                const Strand strand = self->strand();
                asio::post(strand, [self, id, status = std::move(status)] {
                    self->on_removed(id, status);
                });
            });
        }
    }

    void on_removed(const BlobId& id, const Status& status) {
        if (status) {
            ++parts_.metrics->orphans_removed;
        } else {
            // No row knows it any more: an operator can only be told.
            spdlog::error("an orphaned picture is left on the disk: {}",
                          log_text(status.error(), id));
        }
        if (--left_ == 0) step();
    }

    const Parts parts_;
    asio::steady_timer timer_;
    bool stopped_ = false;
    /// Of this step, not removed yet.
    std::size_t left_ = 0;
};

OrphanSweep::OrphanSweep(const Parts& parts) : impl_(std::make_shared<Impl>(parts)) {}
OrphanSweep::~OrphanSweep() = default;

void OrphanSweep::start() {
    asio::post(impl_->strand(), [impl = impl_] { impl->later(); });
}

void OrphanSweep::stop() {
    asio::post(impl_->strand(), [impl = impl_] { impl->stop(); });
}

}  // namespace kumquat::server
