#include "platform/headless/headless.h"

#include <algorithm>

#include "base/check.h"

namespace kumquat::platform::headless {

void SeededRandom::fill(std::uint8_t* bytes, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
        state += 0x9E3779B97F4A7C15u;
        std::uint64_t z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        bytes[i] = static_cast<std::uint8_t>((z ^ (z >> 31)) & 0xFF);
    }
}

bool ManualFrames::step() {
    bool worked = false;
    if (timer_ms_ >= 0 && timer_ms_ <= clock_->elapsed_ms) {
        timer_ms_ = -1;
        on_timer();
        worked = true;
    }
    if (frame_wanted_) {
        frame_wanted_ = false;
        on_animation_frame(clock_->elapsed_ms);
        worked = true;
    }
    if (idle_wanted_) {
        idle_wanted_ = false;
        on_idle();
        worked = true;
    }
    return worked;
}

std::string FixedEnvironment::config(std::string_view key) const {
    auto found = settings.find(key);
    return found == settings.end() ? std::string() : found->second;
}

unsigned FixedEnvironment::system_color(SystemColor color) const {
    return color == SystemColor::kCanvas || color == SystemColor::kButtonFace ? 0xFFFFFF : 0x000000;
}

void RecordedClipboard::write_text(std::string_view new_text, std::function<void(bool)> done) {
    text = std::string(new_text);
    if (done) done(true);
}

void RecordedNotifier::answer(NotePermission answer) {
    KUMQUAT_CHECK(asked);
    allowed = answer;
    std::exchange(asked, nullptr)(answer);
}

void RecordedHistory::back() {
    if (entries.size() < 2) return;
    entries.pop_back();
    if (listener != nullptr) listener->on_fragment(entries.back());
}

void RecordedMarks::mark(std::string_view name, std::string_view conversation, std::int64_t seq) {
    marks.push_back(std::string(name) + " " + std::string(conversation) + " " +
                    std::to_string(seq));
}

void ManualLocks::acquire(const std::string& name, std::function<void()> granted) {
    locks_[name].granted = std::move(granted);
}

bool ManualLocks::held(const std::string& name) const {
    auto found = locks_.find(name);
    return found != locks_.end() && found->second.held;
}

void ManualLocks::run() {
    if (taken_elsewhere) return;
    std::vector<std::function<void()>> calls;
    for (auto& [name, lock] : locks_) {
        if (!lock.granted) continue;
        lock.held = true;
        calls.push_back(std::exchange(lock.granted, nullptr));
    }
    for (auto& call : calls)
        call();
}

HeadlessPlatform::HeadlessPlatform() : frames(&clock) {
    environment.current.width_px = 1280;
    environment.current.height_px = 800;
    environment.current.language = "zh-CN";
    environment.current.host = "localhost:8080";
    environment.current.socket_origin = "ws://localhost:8080";
    environment.current.address = "http://localhost:8080/";
    environment.current.device_name = "Headless, Test";
}

Platform HeadlessPlatform::platform() {
    return {clock,    random,    frames,   environment, input,  fields, mirror, transport,
            storage,  clipboard, history,  marks,       locks,  dates,  glyphs, files,
            notifier, pinyin,    pictures, blobs,       loader, viewer, local};
}

void HeadlessPlatform::run_ms(double ms) {
    constexpr double kStepMs = 16;
    double end = clock.elapsed_ms + ms;
    while (true) {
        storage.run();
        locks.run();
        pictures.run();
        frames.step();
        if (clock.elapsed_ms >= end) return;
        clock.elapsed_ms = std::min(end, clock.elapsed_ms + kStepMs);
    }
}

}  // namespace kumquat::platform::headless
