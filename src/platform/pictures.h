// Pictures of this device: chosen, dropped or pasted, made ready for sending, and kept until they
// are uploaded.
//
// Bytes stay with the browser, behind keys; C++ sees names, sizes, states, and the first bytes of a
// chosen file to judge it by. What is kept survives a reload, so that an upload can go on.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "base/limits.h"
#include "base/result.h"

namespace kumquat::platform {

/// Which bytes are meant: an uploaded file, or a rendition of a picture of this device.
struct PictureName {
    /// The uploaded file's BlobId; empty: one of this device.
    std::string id;
    std::string user;
    std::string key;
    /// Index of PreparedPicture::renditions.
    int rendition = 0;

    static PictureName uploaded(std::string id) { return {std::move(id), {}, {}, 0}; }
    static PictureName local(std::string user, std::string key, int rendition) {
        return {{}, std::move(user), std::move(key), rendition};
    }
    bool empty() const { return id.empty() && key.empty(); }

    friend bool operator==(const PictureName& a, const PictureName& b) {
        return a.id == b.id && a.user == b.user && a.key == b.key && a.rendition == b.rendition;
    }
    friend bool operator!=(const PictureName& a, const PictureName& b) { return !(a == b); }
    friend bool operator<(const PictureName& a, const PictureName& b) {
        return std::tie(a.id, a.user, a.key, a.rendition) <
               std::tie(b.id, b.user, b.key, b.rendition);
    }
};

/// What a picture was chosen for.
enum class PicturePurpose : std::uint8_t {
    kMessage,
    kAvatar  ///< Cut to a square around its middle.
};

/// A file that somebody chose. Its first bytes tell what it is; its name says nothing.
struct PickedFile {
    /// Names it from now on: 32 hexadecimal digits, random.
    std::string key;
    /// For people; may be empty (a screenshot from the clipboard).
    std::string name;
    std::int64_t bytes = 0;
    /// The first bytes, at most kHeadBytes. Empty if it cannot be read (a folder).
    std::string head;
};

/// Enough for the headers of all kinds, with a colour profile and an embedded preview before them.
inline constexpr std::size_t kHeadBytes = 512 * 1024;

struct PreparedRendition {
    std::int64_t width = 0;
    std::int64_t height = 0;
    std::int64_t bytes = 0;
};

struct PreparedPicture {
    /// TIM's number: 1 JPEG, 2 GIF, 3 PNG, 255 WebP.
    std::int64_t format = 0;
    /// Original (turned upright, without location), 720, 198. One that would not be smaller is the
    /// one before it.
    std::array<PreparedRendition, limits::kRenditions> renditions;
    /// false: this browser does not keep it; a reload loses it.
    bool kept = true;
};

class Pictures {
  public:
    class Listener {
      public:
        virtual ~Listener() = default;
        /// Files are being dragged over the page, or no longer.
        virtual void on_picture_drag(bool over) = 0;
        /// Chosen, dropped or pasted. Those that are not wanted have to be forgotten.
        virtual void on_picked(PicturePurpose purpose, std::vector<PickedFile> files) = 0;
        /// Answers prepare(), once. Errors: kPictureDamaged, kPictureTooLarge (turned upright it
        /// grew), kUnavailable (this browser lets no page change a picture, and it has to be
        /// changed).
        virtual void on_prepared(std::string_view key, const Result<PreparedPicture>& picture) = 0;
    };

    virtual ~Pictures() = default;
    virtual void set_listener(Listener* listener) = 0;
    /// Opens the browser's file chooser. Call it soon after an input event: browsers refuse
    /// otherwise. Choosing the same file again is reported again.
    virtual void pick(PicturePurpose purpose) = 0;
    /// Makes the renditions of a picked file and keeps them for `user`.
    virtual void prepare(const std::string& user, const std::string& key,
                         PicturePurpose purpose) = 0;
    /// Drops the bytes, picked or prepared.
    virtual void forget(const std::string& user, const std::string& key) = 0;
    /// Drops what is kept for `user` and not in `keys`, unless it was made within the last minutes
    /// (another tab may be about to send it).
    virtual void keep_only(const std::string& user, const std::vector<std::string>& keys) = 0;
};

}  // namespace kumquat::platform
