// Where draw lists go: WebGL2 in the page (gfx/gl), nowhere in tests (NullDevice).
#pragma once

#include <cstdint>

#include "gfx/core/color.h"

struct ImDrawData;
struct ImTextureData;

namespace kumquat::gfx {

class ShapeBuffer;

class Device {
  public:
    virtual ~Device() = default;
    /// False while the GL context is lost: nothing is drawn, and textures are gone.
    virtual bool ready() const = 0;
    /// Creates, updates or destroys the texture as its status says, and sets that status.
    virtual void update_texture(ImTextureData* texture) = 0;
    /// Clears to `background` and draws everything.
    virtual void draw(const ImDrawData& data, const ShapeBuffer& shapes, Color background) = 0;
    virtual int texture_size_max() const = 0;
    /// A texture for a picture, without size or content yet; never 0. Lost with the context.
    virtual std::uint32_t make_picture() = 0;
    virtual void drop_picture(std::uint32_t texture) = 0;
};

/// Accepts everything, shows nothing.
class NullDevice : public Device {
  public:
    bool ready() const override { return true; }
    void update_texture(ImTextureData* texture) override;
    void draw(const ImDrawData& data, const ShapeBuffer& shapes, Color background) override;
    int texture_size_max() const override { return 8192; }
    std::uint32_t make_picture() override {
        ++pictures_count_;
        return ++textures_count_;
    }
    void drop_picture(std::uint32_t) override { --pictures_count_; }

    int frames_count() const { return frames_count_; }
    /// Textures of pictures that were not dropped.
    int pictures_count() const { return pictures_count_; }

  private:
    int frames_count_ = 0;
    int pictures_count_ = 0;
    std::uint32_t textures_count_ = 0;
};

}  // namespace kumquat::gfx
