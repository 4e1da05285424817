#include "picture/inspector.h"

#include <algorithm>

#include "base/limits.h"

namespace kumquat::picture {
namespace {

// JPEG's markers (ITU-T T.81, table B.1).
constexpr std::int64_t kStartOfImage = 0xD8;
constexpr std::int64_t kEndOfImage = 0xD9;
constexpr std::int64_t kStartOfScan = 0xDA;

bool is_bare_marker(std::int64_t marker) {
    return marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7);
}
bool is_frame_marker(std::int64_t marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}
// Baseline, extended and progressive: what browsers show. The others are lossless, hierarchical or
// arithmetic.
bool is_common_frame(std::int64_t marker) {
    return marker >= 0xC0 && marker <= 0xC2;
}

bool is_chunk_name(std::string_view name) {
    return std::all_of(name.begin(), name.end(),
                       [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); });
}

// Bytes of the colour table that a GIF's flags announce.
std::int64_t color_table(std::int64_t flags) {
    return (flags & 0x80) != 0 ? std::int64_t{3} << ((flags & 7) + 1) : 0;
}

// RIFF: a chunk's name and length.
constexpr std::int64_t kChunkHeader = 8;

bool is_in_bounds(std::int64_t width, std::int64_t height) {
    return std::max(width, height) <= limits::kPictureSide &&
           width * height <= limits::kPicturePixels;
}

}  // namespace

std::string_view content_type(Format format) {
    switch (format) {
        case Format::kJpeg:
            return "image/jpeg";
        case Format::kGif:
            return "image/gif";
        case Format::kPng:
            return "image/png";
        case Format::kWebp:
            return "image/webp";
    }
    return "application/octet-stream";
}

std::string_view file_ending(Format format) {
    switch (format) {
        case Format::kJpeg:
            return "jpg";
        case Format::kGif:
            return "gif";
        case Format::kPng:
            return "png";
        case Format::kWebp:
            return "webp";
    }
    return "bin";
}

Status Inspector::feed(std::string_view bytes) {
    if (!status_) return status_;
    size_ += static_cast<std::int64_t>(bytes.size());
    if (size_ > limits::kPictureBytes) fail(ErrorCode::kPictureTooLarge, "");
    while (status_ && step_ != Step::kBehind) {
        if (skip_ == 0 && step_ != Step::kJpegScan && kept_size_ == kept_needed_) {
            run_step();
            continue;
        }
        if (bytes.empty()) break;
        if (skip_ > 0) {
            const auto passed = std::min(static_cast<std::size_t>(skip_), bytes.size());
            bytes.remove_prefix(passed);
            skip_ -= static_cast<std::int64_t>(passed);
        } else if (step_ == Step::kJpegScan) {
            jpeg_scan(bytes);
        } else {
            const auto taken = std::min(kept_needed_ - kept_size_, bytes.size());
            std::copy_n(bytes.begin(), taken, kept_.begin() + kept_size_);
            bytes.remove_prefix(taken);
            kept_size_ += taken;
        }
    }
    return status_;
}

Result<Header> Inspector::finish() const {
    if (!status_) return status_.error();
    if (size_ == 0) return Error{ErrorCode::kPictureEmpty, ""};
    if (!format_) return Error{ErrorCode::kPictureKind, ""};
    if (step_ != Step::kBehind) return Error{ErrorCode::kPictureDamaged, "cut short"};
    return *header_;
}

void Inspector::run_step() {
    switch (step_) {
        case Step::kMagic:
            return read_magic();
        case Step::kJpegMarker:
            return jpeg_marker();
        case Step::kJpegSegment:
            return jpeg_segment();
        case Step::kJpegFrame:
            return jpeg_frame();
        case Step::kPngChunk:
            return png_chunk();
        case Step::kPngHeader:
            return png_header();
        case Step::kGifScreen:
            return gif_screen();
        case Step::kGifBlock:
            return gif_block();
        case Step::kGifImage:
            return gif_image();
        case Step::kGifSubBlock:
            return byte(0) == 0 ? next(Step::kGifBlock, 1) : next(Step::kGifSubBlock, 1, byte(0));
        case Step::kWebpFile:
            return webp_form();
        case Step::kWebpChunk:
            return webp_chunk();
        case Step::kWebpLossy:
            return webp_lossy();
        case Step::kWebpLossless:
            return webp_lossless();
        case Step::kWebpExtended:
            return webp_extended();
        case Step::kPngEnd:
        case Step::kWebpEnd:
            return end();
        case Step::kJpegScan:
        case Step::kBehind:
            return;
    }
}

// The first two bytes say which kind it may be, as many more as the kind's sign has whether it is.
void Inspector::read_magic() {
    struct Sign {
        std::string_view bytes;
        void (Inspector::*begin)();
    };
    static constexpr Sign kSigns[] = {
        {"\xff\xd8\xff", &Inspector::jpeg_file}, {"\x89PNG\r\n\x1a\n", &Inspector::png_file},
        {"GIF87a", &Inspector::gif_file},        {"GIF89a", &Inspector::gif_file},
        {"RIFF", &Inspector::webp_file},
    };
    for (const Sign& sign : kSigns) {
        const std::size_t known = std::min(kept_size_, sign.bytes.size());
        if (text(0, known) != sign.bytes.substr(0, known)) continue;
        if (known < sign.bytes.size()) return gather(Step::kMagic, sign.bytes.size());
        return (this->*sign.begin)();
    }
    fail(ErrorCode::kPictureKind, "");
}

// --- JPEG: segments, each behind a marker, and scans of entropy-coded data between them.

void Inspector::jpeg_file() {
    format_ = Format::kJpeg;
    next(Step::kJpegMarker, 2);
    kept_[0] = 0xFF;  // the sign's third byte begins the first marker
    kept_size_ = 1;
}

void Inspector::jpeg_marker() {
    const std::int64_t marker = byte(1);
    if (byte(0) != 0xFF || marker == 0 || marker == kStartOfImage) {
        fail(ErrorCode::kPictureDamaged, "JPEG: no marker");
    } else if (marker == 0xFF) {
        kept_size_ = 1;  // any number of these may stand before a marker
    } else if (is_bare_marker(marker)) {
        next(Step::kJpegMarker, 2);
    } else if (marker == kEndOfImage) {
        if (!has_image_) return fail(ErrorCode::kPictureDamaged, "JPEG: no image");
        end();
    } else {
        gather(Step::kJpegSegment, 4);
    }
}

void Inspector::jpeg_segment() {
    const std::int64_t marker = byte(1);
    const std::int64_t length = big16(2);
    if (length < 2) return fail(ErrorCode::kPictureDamaged, "JPEG: segment");
    if (is_frame_marker(marker)) {
        if (!is_common_frame(marker)) return fail(ErrorCode::kPictureKind, "JPEG");
        if (header_ || length < 8) return fail(ErrorCode::kPictureDamaged, "JPEG: frame");
        gather(Step::kJpegFrame, 10);
    } else if (marker == kStartOfScan) {
        if (!header_) return fail(ErrorCode::kPictureDamaged, "JPEG: scan before frame");
        has_image_ = true;
        next(Step::kJpegScan, 0, length - 2);
    } else {
        next(Step::kJpegMarker, 2, length - 2);
    }
}

void Inspector::jpeg_frame() {
    const std::int64_t length = big16(2);
    const std::int64_t components = byte(9);
    if (components < 1 || components > 4 || length != 8 + 3 * components)
        return fail(ErrorCode::kPictureDamaged, "JPEG: frame");
    found(big16(7), big16(5));
    next(Step::kJpegMarker, 2, length - 8);
}

// Entropy-coded data: 0xFF stands for itself only before a 0. `kept_size_` is 1 behind a 0xFF.
void Inspector::jpeg_scan(std::string_view& bytes) {
    if (kept_size_ == 0) {
        const std::size_t at = bytes.find('\xff');
        bytes.remove_prefix(at == std::string_view::npos ? bytes.size() : at + 1);
        kept_size_ = at == std::string_view::npos ? 0 : 1;
        return;
    }
    const auto marker = static_cast<std::uint8_t>(bytes.front());
    bytes.remove_prefix(1);
    if (marker == 0xFF) return;
    kept_size_ = 0;
    if (marker == 0 || is_bare_marker(marker)) return;
    kept_[0] = 0xFF;
    kept_[1] = marker;
    kept_size_ = 2;
    gather(Step::kJpegMarker, 2);
}

// --- PNG: chunks of length, name, data and checksum.

void Inspector::png_file() {
    format_ = Format::kPng;
    next(Step::kPngChunk, 8);
}

void Inspector::png_chunk() {
    constexpr std::int64_t kLengthMax = 0x7FFFFFFF;
    constexpr std::int64_t kHeaderLength = 13;
    constexpr std::int64_t kChecksum = 4;
    const std::int64_t length = big32(0);
    const std::string_view name = text(4, 4);
    const bool first = !header_;
    if (length > kLengthMax || !is_chunk_name(name) || first != (name == "IHDR"))
        return fail(ErrorCode::kPictureDamaged, "PNG: chunk");
    if (first) {
        if (length != kHeaderLength) return fail(ErrorCode::kPictureDamaged, "PNG: header");
        gather(Step::kPngHeader, 8 + kHeaderLength);
    } else if (name == "IEND") {
        if (length != 0 || !has_image_) return fail(ErrorCode::kPictureDamaged, "PNG: end");
        gather(Step::kPngEnd, 8 + kChecksum);
    } else {
        if (name == "IDAT") has_image_ = true;
        next(Step::kPngChunk, 8, length + kChecksum);
    }
}

void Inspector::png_header() {
    constexpr std::int64_t kChecksum = 4;
    const std::int64_t depth = byte(16);
    const std::int64_t color = byte(17);
    const bool known = (depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16) &&
                       (color == 0 || color == 2 || color == 3 || color == 4 || color == 6) &&
                       byte(18) == 0 && byte(19) == 0 && byte(20) <= 1;
    if (!known) return fail(ErrorCode::kPictureDamaged, "PNG: header");
    found(big32(8), big32(12));
    next(Step::kPngChunk, 8, kChecksum);
}

// --- GIF: a screen, then images and extensions, whose data come in sub-blocks up to an empty one.

void Inspector::gif_file() {
    format_ = Format::kGif;
    gather(Step::kGifScreen, 13);
}

void Inspector::gif_screen() {
    found(little16(6), little16(8));
    next(Step::kGifBlock, 1, color_table(byte(10)));
}

void Inspector::gif_block() {
    switch (byte(0)) {
        case 0x21:  // an extension: its label, then sub-blocks
            return next(Step::kGifSubBlock, 1, 1);
        case 0x2C:
            return gather(Step::kGifImage, 10);
        case 0x3B:
            if (!has_image_) return fail(ErrorCode::kPictureDamaged, "GIF: no image");
            return end();
        default:
            return fail(ErrorCode::kPictureDamaged, "GIF: block");
    }
}

void Inspector::gif_image() {
    // Some programs write images that stand out over the screen, and browsers make room for them:
    // no more of it than for any picture.
    if (!is_in_bounds(little16(1) + little16(5), little16(3) + little16(7)))
        return fail(ErrorCode::kPictureDamaged, "GIF: image");
    has_image_ = true;
    constexpr std::int64_t kCodeSize = 1;
    next(Step::kGifSubBlock, 1, color_table(byte(9)) + kCodeSize);
}

// --- WebP: a RIFF file of chunks; either one image, or an extended header and what belongs to it.

void Inspector::webp_file() {
    gather(Step::kWebpFile, 12);
}

void Inspector::webp_form() {
    // A RIFF file may hold anything, sound for one.
    if (text(8, 4) != "WEBP") return fail(ErrorCode::kPictureKind, "");
    format_ = Format::kWebp;
    constexpr std::int64_t kFormType = 4;
    riff_left_ = little32(4) - kFormType;
    if (riff_left_ < kChunkHeader) return fail(ErrorCode::kPictureDamaged, "WebP: empty");
    next(Step::kWebpChunk, kChunkHeader);
}

void Inspector::webp_chunk() {
    const std::string_view name = text(0, 4);
    const std::int64_t length = little32(4);
    if (kChunkHeader + length > riff_left_) return fail(ErrorCode::kPictureDamaged, "WebP: chunk");
    if (name == "VP8X" && length >= 10 && !header_) return gather(Step::kWebpExtended, 18);
    if (name == "VP8 " && length >= 10) return gather(Step::kWebpLossy, 18);
    if (name == "VP8L" && length >= 5) return gather(Step::kWebpLossless, 13);
    if (!header_) return fail(ErrorCode::kPictureDamaged, "WebP: first chunk");
    if (name == "ANMF") has_image_ = true;
    pass_webp_chunk();
}

// To the next chunk, or to the end of the file.
void Inspector::pass_webp_chunk() {
    const std::int64_t length = little32(4);
    // Chunks of an odd length are filled up; the last one not by every program.
    const std::int64_t filled_up = std::min(length + length % 2, riff_left_ - kChunkHeader);
    const std::int64_t skip = kChunkHeader + filled_up - static_cast<std::int64_t>(kept_size_);
    riff_left_ -= kChunkHeader + filled_up;
    if (riff_left_ >= kChunkHeader) return next(Step::kWebpChunk, kChunkHeader, skip);
    if (!has_image_) return fail(ErrorCode::kPictureDamaged, "WebP: no image");
    next(Step::kWebpEnd, 0, skip + riff_left_);
}

void Inspector::webp_lossy() {
    // RFC 6386, 9.1: a key frame, its start code, and two numbers of 14 bits.
    constexpr std::int64_t kStartCode = 0x2A019D;
    if ((byte(8) & 1) != 0 || little24(11) != kStartCode)
        return fail(ErrorCode::kPictureDamaged, "WebP: frame");
    webp_image(little16(14) & 0x3FFF, little16(16) & 0x3FFF);
}

void Inspector::webp_lossless() {
    // RFC 9649, 3.4: a sign, two numbers of 14 bits less one, and a version of three bits.
    constexpr std::int64_t kSign = 0x2F;
    const std::int64_t bits = little32(9);
    if (byte(8) != kSign || bits >> 29 != 0) return fail(ErrorCode::kPictureDamaged, "WebP: frame");
    webp_image((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1);
}

void Inspector::webp_extended() {
    found(little24(12) + 1, little24(15) + 1);
    pass_webp_chunk();
}

void Inspector::webp_image(std::int64_t width, std::int64_t height) {
    if (!header_) {
        found(width, height);
    } else if (width != header_->width || height != header_->height) {
        return fail(ErrorCode::kPictureDamaged, "WebP: two sizes");
    }
    has_image_ = true;
    pass_webp_chunk();
}

// --- Steps

void Inspector::gather(Step step, std::size_t bytes) {
    KUMQUAT_CHECK(bytes <= kept_.size());
    step_ = step;
    kept_needed_ = bytes;
}

void Inspector::next(Step step, std::size_t bytes, std::int64_t skip) {
    gather(step, bytes);
    kept_size_ = 0;
    skip_ = skip;
}

void Inspector::found(std::int64_t width, std::int64_t height) {
    if (width < 1 || height < 1 || !is_in_bounds(width, height))
        return fail(ErrorCode::kPictureDamaged, "dimensions");
    header_ = Header{*format_, width, height};
}

void Inspector::end() {
    step_ = Step::kBehind;
}

void Inspector::fail(ErrorCode code, const char* context) {
    if (status_) status_ = Error{code, context};
}

std::string_view Inspector::text(std::size_t at, std::size_t size) const {
    return {reinterpret_cast<const char*>(kept_.data()) + at, size};
}

Result<Header> inspect(std::string_view file) {
    Inspector inspector;
    KUMQUAT_TRY(inspector.feed(file));
    return inspector.finish();
}

}  // namespace kumquat::picture
