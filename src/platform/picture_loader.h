// Pictures decoded by the browser, straight into GL textures; their bytes never enter C++.
#pragma once

#include <cstdint>

#include "platform/pictures.h"

namespace kumquat::platform {

/// Names one load, so that late news of an old one is recognised. Counts from 1.
using LoadNumber = std::int64_t;

enum class LoadFailure : std::uint8_t {
    kLater,  ///< The network or the service failed: it may work later.
    kNever   ///< There is no such picture, or it cannot be decoded.
};

class PictureLoader {
  public:
    class Listener {
      public:
        virtual ~Listener() = default;
        /// It can be put into a texture now. A frame has been asked for already.
        virtual void on_picture_decoded(LoadNumber number, int width_px, int height_px) = 0;
        virtual void on_picture_failed(LoadNumber number, LoadFailure failure) = 0;
    };

    virtual ~PictureLoader() = default;
    virtual void set_listener(Listener* listener) = 0;
    /// Fetches and decodes `name`, scaled down to `width_px` (its own proportions stay); 0: as it
    /// is. Of an animation the first frame.
    virtual void load(LoadNumber number, const PictureName& name, int width_px) = 0;
    /// Gives a load up, or drops what it has decoded.
    virtual void drop(LoadNumber number) = 0;
    /// Puts what was decoded into a texture of our renderer, which takes its size, and drops it.
    /// Straight alpha.
    virtual void fill(LoadNumber number, std::uint32_t texture) = 0;
    /// How many bytes of textures this device may hold.
    virtual std::int64_t texture_bytes_max() const = 0;
};

}  // namespace kumquat::platform
