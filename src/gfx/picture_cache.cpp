#include "gfx/picture_cache.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "gfx/device.h"

namespace kumquat::gfx {
namespace {

using platform::LoadFailure;
using platform::LoadNumber;
using platform::PictureName;

constexpr std::int64_t kFillBytesPerFrame = 4 * 1024 * 1024;
constexpr int kLoadsAtOnce = 6;
constexpr std::int64_t kFramesKept = 2;
/// Decoded anew for a box wider than this much of what it was decoded for.
constexpr float kSharpEnough = 1.25f;
constexpr double kRetryMs = 2'000;
constexpr int kRetryDoublings = 4;
/// Names of pictures whose textures are gone still tell that one is broken.
constexpr std::size_t kEntriesKept = 2'000;

std::int64_t bytes_of(int width, int height) {
    return std::int64_t{width} * height * 4;
}

}  // namespace

Picture cover(const PictureLook& look, const Rect& box) {
    Picture part = look.picture;
    if (look.width <= 0 || look.height <= 0 || box.empty()) return part;
    float scale = std::max(box.w / look.width, box.h / look.height);
    float seen_u = box.w / (look.width * scale);
    float seen_v = box.h / (look.height * scale);
    part.u0 = (1 - seen_u) / 2;
    part.u1 = part.u0 + seen_u;
    part.v0 = (1 - seen_v) / 2;
    part.v1 = part.v0 + seen_v;
    return part;
}

PictureCache::PictureCache(platform::PictureLoader* loader, Device* device)
    : loader_(loader), device_(device) {
    loader_->set_listener(this);
}

PictureCache::~PictureCache() {
    loader_->set_listener(nullptr);
    for (auto& [name, entry] : entries_) {
        give_up(entry);
        drop_texture(entry);
    }
}

PictureName PictureCache::resolved(const PictureName& name) {
    auto found = names_.find(name);
    if (found == names_.end()) return name;
    auto entry = entries_.find(found->second);
    if (entry != entries_.end() && entry->second.texture != 0) return found->second;
    // It is not held any more, and may not be there any more under the name it had.
    names_.erase(found);
    return name;
}

bool PictureCache::on_screen(const Entry& entry) const {
    return entry.shown_in > frame_ - kFramesKept;
}

int PictureCache::loads_on_their_way() const {
    int count = 0;
    for (const auto& [name, entry] : entries_)
        count += entry.load != 0 && !entry.decoded ? 1 : 0;
    return count;
}

PictureLook PictureCache::show(const PictureName& wanted, std::int64_t full_width,
                               float box_width) {
    PictureName name = resolved(wanted);
    Entry& entry = entries_[name];
    entry.shown_in = frame_;
    int most = device_->texture_size_max();
    int full = static_cast<int>(std::min<std::int64_t>(full_width, most));
    int width = std::min(full, static_cast<int>(std::ceil(box_width)));
    int sharp = static_cast<int>(static_cast<float>(entry.decoded_for) * kSharpEnough);
    bool blurred = entry.decoded_for == 0 || (width > sharp && entry.decoded_for < full);
    bool waits = entry.retry_at_ms > now_ms_;
    if (blurred && entry.load == 0 && !entry.broken && !waits) start_load(name, entry, width);
    PictureLook look;
    if (entry.texture != 0) {
        look.state = PictureState::kReady;
        look.picture.texture = entry.texture;
        look.width = static_cast<float>(entry.width);
        look.height = static_cast<float>(entry.height);
    } else if (entry.broken) {
        look.state = PictureState::kBroken;
    }
    if (waits) look.retry_at_ms = entry.retry_at_ms;
    return look;
}

bool PictureCache::is_broken(const PictureName& name) {
    auto found = entries_.find(resolved(name));
    return found != entries_.end() && found->second.broken;
}

void PictureCache::same(const PictureName& known, const PictureName& other) {
    PictureName name = resolved(known);
    auto held = entries_.find(name);
    if (name == other || held == entries_.end() || held->second.texture == 0) return;
    names_[other] = std::move(name);
}

void PictureCache::retry(const PictureName& name) {
    auto found = entries_.find(resolved(name));
    if (found == entries_.end()) return;
    found->second.broken = false;
    found->second.failures_count = 0;
    found->second.retry_at_ms = 0;
}

void PictureCache::start_load(const PictureName& name, Entry& entry, int width) {
    // The others begin when one of these has ended: its frame asks for them again.
    if (loads_on_their_way() >= kLoadsAtOnce) return;
    entry.load = next_load_++;
    entry.load_for = std::max(1, width);
    entry.decoded = false;
    loader_->load(entry.load, name, entry.load_for);
}

void PictureCache::give_up(Entry& entry) {
    if (entry.load == 0) return;
    loader_->drop(entry.load);
    entry.load = 0;
    entry.decoded = false;
}

void PictureCache::drop_texture(Entry& entry) {
    if (entry.texture == 0) return;
    device_->drop_picture(entry.texture);
    texture_bytes_ -= bytes_of(entry.width, entry.height);
    entry.texture = 0;
    entry.width = entry.height = 0;
    entry.decoded_for = 0;
}

PictureCache::Entry* PictureCache::find_load(LoadNumber number) {
    for (auto& [name, entry] : entries_) {
        if (entry.load == number) return &entry;
    }
    return nullptr;
}

void PictureCache::on_picture_decoded(LoadNumber number, int width_px, int height_px) {
    Entry* entry = find_load(number);
    if (entry == nullptr) return;
    // A texture of another size than the device allows would be blank: proportions that nobody can
    // look at.
    int most = device_->texture_size_max();
    if (width_px < 1 || height_px < 1 || width_px > most || height_px > most) {
        give_up(*entry);
        entry->broken = true;
        return;
    }
    entry->decoded = true;
    entry->decoded_width = width_px;
    entry->decoded_height = height_px;
    entry->failures_count = 0;
}

void PictureCache::on_picture_failed(LoadNumber number, LoadFailure failure) {
    Entry* entry = find_load(number);
    if (entry == nullptr) return;
    entry->load = 0;
    if (failure == LoadFailure::kNever) {
        entry->broken = true;
        return;
    }
    int doublings = std::min(entry->failures_count++, kRetryDoublings);
    entry->retry_at_ms = now_ms_ + kRetryMs * static_cast<double>(1 << doublings);
}

void PictureCache::begin_frame(double now_ms) {
    now_ms_ = now_ms;
    ++frame_;
}

void PictureCache::make_room(std::int64_t bytes) {
    while (texture_bytes_ + bytes > loader_->texture_bytes_max()) {
        Entry* oldest = nullptr;
        for (auto& [name, entry] : entries_) {
            if (entry.texture == 0 || on_screen(entry)) continue;
            if (oldest == nullptr || entry.shown_in < oldest->shown_in) oldest = &entry;
        }
        // All of it is on the screen: better too much memory than a hole.
        if (oldest == nullptr) return;
        drop_texture(*oldest);
    }
}

bool PictureCache::flush() {
    std::int64_t filled = 0;
    bool more = false;
    for (auto at = entries_.begin(); at != entries_.end();) {
        Entry& entry = at->second;
        if (entry.load != 0 && !on_screen(entry)) give_up(entry);
        bool idle = entry.load == 0 && entry.texture == 0 && !on_screen(entry);
        if (idle && !entry.broken && entry.retry_at_ms <= now_ms_) {
            at = entries_.erase(at);
            continue;
        }
        ++at;
        if (!entry.decoded || !device_->ready()) continue;
        std::int64_t bytes = bytes_of(entry.decoded_width, entry.decoded_height);
        if (filled > 0 && filled + bytes > kFillBytesPerFrame) {
            more = true;
            continue;
        }
        filled += bytes;
        // A sharper one takes the texture of the one before: this frame's lists may name it.
        texture_bytes_ -= bytes_of(entry.width, entry.height);
        make_room(bytes);
        if (entry.texture == 0) entry.texture = device_->make_picture();
        loader_->fill(entry.load, entry.texture);
        entry.width = entry.decoded_width;
        entry.height = entry.decoded_height;
        entry.decoded_for = entry.load_for;
        entry.load = 0;
        entry.decoded = false;
        texture_bytes_ += bytes;
        // What was put there just now is drawn with the next frame.
        more = true;
    }
    if (entries_.size() > kEntriesKept) {
        for (auto at = entries_.begin(); at != entries_.end();)
            at = at->second.broken && !on_screen(at->second) ? entries_.erase(at) : std::next(at);
    }
    return more;
}

void PictureCache::on_device_restored() {
    for (auto& [name, entry] : entries_) {
        // The texture's name died with the old context.
        entry.texture = 0;
        entry.width = entry.height = 0;
        entry.decoded_for = 0;
    }
    texture_bytes_ = 0;
}

}  // namespace kumquat::gfx
