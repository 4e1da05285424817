// Work for one or several threads, first in, first out.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace kumquat::store {

/// Thread: any.
template <typename Work>
class WorkQueue {
  public:
    explicit WorkQueue(std::size_t size_max) : size_max_(size_max) {}

    /// false if the queue is full or closed; `work` is then untouched.
    bool push(Work&& work) {
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            if (closed_ || queue_.size() >= size_max_) return false;
            queue_.push_back(std::move(work));
        }
        changed_.notify_one();
        return true;
    }

    /// Waits for work. Empty when the queue has been closed.
    std::optional<Work> pop() {
        std::unique_lock<std::mutex> lock(mutex_);
        changed_.wait(lock, [this] { return closed_ || !queue_.empty(); });
        if (closed_) return std::nullopt;
        std::optional<Work> work(std::move(queue_.front()));
        queue_.pop_front();
        return work;
    }

    /// Work that nobody has begun is not begun any more.
    void close() {
        std::deque<Work> dropped;  // goes outside the lock, with all that it holds
        {
            const std::lock_guard<std::mutex> lock(mutex_);
            closed_ = true;
            dropped.swap(queue_);
        }
        changed_.notify_all();
    }

  private:
    const std::size_t size_max_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Work> queue_;
    bool closed_ = false;
};

}  // namespace kumquat::store
