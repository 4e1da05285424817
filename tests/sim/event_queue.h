// Virtual time: tasks in the order of their moments, and of their making where the moments are
// equal. The same seed makes the same tasks, so a run can be replayed.
#pragma once

#include <cstdint>
#include <functional>
#include <queue>
#include <utility>
#include <vector>

namespace kumquat::sim {

/// Random numbers of the simulation alone; SplitMix64 (Steele, Lea, Flood 2014).
class Rng {
  public:
    explicit Rng(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9e3779b97f4a7c15u);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
    }
    /// 0 to `end` - 1. Requires end > 0.
    std::int64_t below(std::int64_t end) {
        return static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(end));
    }
    std::int64_t between(std::int64_t low, std::int64_t high) {
        return low + below(high - low + 1);
    }
    bool percent(std::int64_t chance) { return below(100) < chance; }
    /// A stream of its own.
    Rng fork() { return Rng(next()); }

  private:
    std::uint64_t state_;
};

class EventQueue {
  public:
    std::int64_t now_ms() const { return now_ms_; }

    void at(std::int64_t at_ms, std::function<void()> task) {
        tasks_.push(Task{at_ms < now_ms_ ? now_ms_ : at_ms, ++made_, std::move(task)});
    }
    void after(std::int64_t delay_ms, std::function<void()> task) {
        at(now_ms_ + delay_ms, std::move(task));
    }

    /// Runs every task up to `until_ms`, and stands there then.
    void run_until(std::int64_t until_ms) {
        while (!tasks_.empty() && tasks_.top().at_ms <= until_ms) {
            Task task = std::move(const_cast<Task&>(tasks_.top()));
            tasks_.pop();
            now_ms_ = task.at_ms;
            task.run();
        }
        now_ms_ = until_ms;
    }

  private:
    struct Task {
        std::int64_t at_ms;
        std::int64_t number;
        std::function<void()> run;

        bool operator<(const Task& other) const {
            return at_ms != other.at_ms ? at_ms > other.at_ms : number > other.number;
        }
    };

    std::priority_queue<Task> tasks_;
    std::int64_t now_ms_ = 0;
    std::int64_t made_ = 0;
};

}  // namespace kumquat::sim
