// What a picture file says of itself: its kind, its size in pixels, and whether it is whole. By its
// content and never by its name.
//
// Nothing is decoded. An inspector walks over the file's segments, chunks or blocks while the bytes
// pass by in pieces of any size, and keeps a handful of them. It is total: any bytes at all give a
// header or an error.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/result.h"

namespace kumquat::picture {

/// TIM's imageFormat, in which WebP is "other". Persisted, never renumber.
enum class Format : std::int32_t { kJpeg = 1, kGif = 2, kPng = 3, kWebp = 255 };

/// "image/jpeg".
std::string_view content_type(Format format);
/// "jpg".
std::string_view file_ending(Format format);

struct Header {
    Format format = Format::kJpeg;
    /// Pixels; as the file has them, before any turn that its metadata ask for.
    std::int64_t width = 0;
    std::int64_t height = 0;

    friend bool operator==(const Header&, const Header&) = default;
};

class Inspector {
  public:
    /// The file's next bytes. Errors, which are final: kPictureKind for none of the four kinds,
    /// kPictureDamaged for one that is broken or has dimensions beyond limits::kPictureSide or
    /// kPicturePixels, kPictureTooLarge beyond limits::kPictureBytes.
    Status feed(std::string_view bytes);

    /// Known after the first few bytes.
    const std::optional<Format>& format() const { return format_; }
    /// Known as soon as the bytes so far tell it: for most files in the first kilobyte, for a JPEG
    /// behind its metadata.
    const std::optional<Header>& header() const { return header_; }

    /// The file ends here. Errors: those of feed(), kPictureEmpty without a byte, and
    /// kPictureDamaged for a file that is cut short.
    Result<Header> finish() const;

  private:
    enum class Step {
        kMagic,
        kJpegMarker,
        kJpegSegment,
        kJpegFrame,
        kJpegScan,
        kPngChunk,
        kPngHeader,
        kPngEnd,
        kGifScreen,
        kGifBlock,
        kGifImage,
        kGifSubBlock,
        kWebpFile,
        kWebpChunk,
        kWebpLossy,
        kWebpLossless,
        kWebpExtended,
        kWebpEnd,
        kBehind,  ///< the picture is over; what else the file holds is nobody's business
    };

    // Each works on the bytes gathered for the step.
    void run_step();
    void read_magic();
    void jpeg_file();
    void jpeg_marker();
    void jpeg_segment();
    void jpeg_frame();
    void jpeg_scan(std::string_view& bytes);
    void png_file();
    void png_chunk();
    void png_header();
    void gif_file();
    void gif_screen();
    void gif_block();
    void gif_image();
    void webp_file();
    void webp_form();
    void webp_chunk();
    void pass_webp_chunk();
    void webp_lossy();
    void webp_lossless();
    void webp_extended();
    void webp_image(std::int64_t width, std::int64_t height);

    /// Goes on to `step` when `bytes` in all are there, those gathered so far included.
    void gather(Step step, std::size_t bytes);
    /// Forgets what was gathered, passes over `skip` bytes, and goes on to `step` with `bytes`.
    void next(Step step, std::size_t bytes, std::int64_t skip = 0);
    void found(std::int64_t width, std::int64_t height);
    void end();
    void fail(ErrorCode code, const char* context);

    std::int64_t byte(std::size_t at) const { return kept_[at]; }
    std::int64_t big16(std::size_t at) const { return byte(at) << 8 | byte(at + 1); }
    std::int64_t big32(std::size_t at) const { return big16(at) << 16 | big16(at + 2); }
    std::int64_t little16(std::size_t at) const { return byte(at) | byte(at + 1) << 8; }
    std::int64_t little24(std::size_t at) const { return little16(at) | byte(at + 2) << 16; }
    std::int64_t little32(std::size_t at) const { return little16(at) | little16(at + 2) << 16; }
    std::string_view text(std::size_t at, std::size_t size) const;

    Step step_ = Step::kMagic;
    std::array<std::uint8_t, 24> kept_{};
    std::size_t kept_size_ = 0;
    std::size_t kept_needed_ = 2;
    std::int64_t skip_ = 0;
    std::int64_t size_ = 0;
    std::optional<Format> format_;
    std::optional<Header> header_;
    /// There is something to see: a scan, a chunk or a block of image data.
    bool has_image_ = false;
    /// WebP: bytes of the file's one RIFF chunk that no chunk in it has claimed yet.
    std::int64_t riff_left_ = 0;
    Status status_;
};

/// A whole file at once. Errors: those of Inspector.
Result<Header> inspect(std::string_view file);

}  // namespace kumquat::picture
