#include "contract/store_home.h"

#include <chrono>
#include <utility>

#include "base/check.h"

namespace kumquat::store {

void TestExecutor::post(std::function<void()> task) {
    {
        const std::lock_guard<std::mutex> lock(mutex_);
        tasks_.push_back(std::move(task));
    }
    posted_.notify_one();
}

void TestExecutor::run_until(const std::function<bool()>& done) {
    while (!done())
        wait_and_pop()();
}

void TestExecutor::run_posted() {
    while (auto task = pop())
        task();
}

std::function<void()> TestExecutor::pop() {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (tasks_.empty()) return nullptr;
    auto task = std::move(tasks_.front());
    tasks_.pop_front();
    return task;
}

std::function<void()> TestExecutor::wait_and_pop() {
    std::unique_lock<std::mutex> lock(mutex_);
#ifndef __EMSCRIPTEN__  // one thread: whom should it wait for?
    posted_.wait_for(lock, std::chrono::minutes(1), [this] { return !tasks_.empty(); });
#endif
    const bool callback_is_lost = tasks_.empty();
    KUMQUAT_CHECK(!callback_is_lost);
    auto task = std::move(tasks_.front());
    tasks_.pop_front();
    return task;
}

}  // namespace kumquat::store
