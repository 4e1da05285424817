// The pictures that panes show, as textures: loaded when they are first asked for, kept while they
// are on the screen, and dropped when room is needed, least recently shown first.
//
// A pane asks for a picture in every frame in which it shows it. What was asked for in the last two
// frames is never dropped; what is being loaded and is not asked for any more is given up. At most
// one picture, or a few small ones, goes into a texture per frame, so that none takes long.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "gfx/canvas.h"
#include "platform/picture_loader.h"

namespace kumquat::gfx {

class Device;

enum class PictureState : std::uint8_t {
    kLoading,
    kReady,
    kBroken  ///< There is no such picture, or it cannot be decoded.
};

/// How a picture stands in this frame.
struct PictureLook {
    PictureState state = PictureState::kLoading;
    /// kReady: all of the texture, and its size.
    Picture picture;
    float width = 0;
    float height = 0;
    /// Monotonic time of the next attempt after a failure; 0: none.
    double retry_at_ms = 0;
};

/// The part of a picture that covers `box` without being stretched: its middle.
Picture cover(const PictureLook& look, const Rect& box);

class PictureCache : private platform::PictureLoader::Listener {
  public:
    /// Both must outlive it.
    PictureCache(platform::PictureLoader* loader, Device* device);
    ~PictureCache() override;
    PictureCache(const PictureCache&) = delete;
    PictureCache& operator=(const PictureCache&) = delete;

    /// The picture `name`, `full_width` pixels wide, is shown in `box_width` pixels in this frame.
    /// Decoded for a narrower box before, it is decoded anew, and the old one shown until then.
    PictureLook show(const platform::PictureName& name, std::int64_t full_width, float box_width);
    /// It was asked for before, in vain.
    bool is_broken(const platform::PictureName& name);
    /// Both are the same picture: what is held for `known` is shown for `other` too, as long as it
    /// is held.
    void same(const platform::PictureName& known, const platform::PictureName& other);
    /// Forgets that a picture was broken or lost, so that it is tried again.
    void retry(const platform::PictureName& name);

    void begin_frame(double now_ms);
    /// Puts what was decoded into textures, within the budget of a frame. Before the device draws.
    /// True if more waits for the next frame.
    bool flush();
    /// The GL context came back: every texture is gone, and loaded again when asked for.
    void on_device_restored();

    std::int64_t texture_bytes() const { return texture_bytes_; }

  private:
    struct Entry {
        std::uint32_t texture = 0;
        int width = 0;
        int height = 0;
        /// What it was decoded for; 0: nothing.
        int decoded_for = 0;
        /// The load that is on its way or decoded; 0: none.
        platform::LoadNumber load = 0;
        int load_for = 0;
        bool decoded = false;
        int decoded_width = 0;
        int decoded_height = 0;
        bool broken = false;
        int failures_count = 0;
        double retry_at_ms = 0;
        /// Number of the frame in which it was last asked for.
        std::int64_t shown_in = 0;
    };
    using Entries = std::map<platform::PictureName, Entry>;

    void on_picture_decoded(platform::LoadNumber number, int width_px, int height_px) override;
    void on_picture_failed(platform::LoadNumber number, platform::LoadFailure failure) override;
    Entry* find_load(platform::LoadNumber number);
    platform::PictureName resolved(const platform::PictureName& name);
    void start_load(const platform::PictureName& name, Entry& entry, int width);
    void give_up(Entry& entry);
    void drop_texture(Entry& entry);
    void make_room(std::int64_t bytes);
    bool on_screen(const Entry& entry) const;
    int loads_on_their_way() const;

    platform::PictureLoader* loader_;
    Device* device_;
    Entries entries_;
    /// Other names of what is held.
    std::map<platform::PictureName, platform::PictureName> names_;
    std::int64_t texture_bytes_ = 0;
    std::int64_t frame_ = 0;
    double now_ms_ = 0;
    platform::LoadNumber next_load_ = 1;
};

}  // namespace kumquat::gfx
