#include "platform/web/web_pictures.h"

#include <charconv>
#include <utility>

#include "platform/web/page_calls.h"
#include "platform/web/pieces.h"

namespace kumquat::platform::web {
namespace {

ErrorCode failure_code(int failure) {
    switch (failure) {
        case 2:
            return ErrorCode::kPictureTooLarge;
        case 3:
            return ErrorCode::kUnavailable;
        default:
            return ErrorCode::kPictureDamaged;
    }
}

void append_name(std::string& block, const PictureName& name) {
    append_piece(block, name.id);
    append_piece(block, name.user);
    append_piece(block, name.key);
    append_piece(block, std::to_string(name.rendition));
}

bool is_decodable(const PreparedRendition& size) {
    return size.width > 0 && size.height > 0 && size.width <= limits::kPictureSide &&
           size.height <= limits::kPictureSide &&
           size.width * size.height <= limits::kPicturePixels;
}

}  // namespace

void WebPictures::pick(PicturePurpose purpose) {
    kq_pick(static_cast<int>(purpose));
}

void WebPictures::prepare(const std::string& user, const std::string& key, PicturePurpose purpose) {
    kq_picture_prepare(user.data(), size_of(user), key.data(), size_of(key),
                       static_cast<int>(purpose));
}

void WebPictures::forget(const std::string& user, const std::string& key) {
    kq_picture_forget(user.data(), size_of(user), key.data(), size_of(key));
}

void WebPictures::keep_only(const std::string& user, const std::vector<std::string>& keys) {
    std::string block;
    for (const std::string& key : keys)
        append_piece(block, key);
    kq_picture_keep_only(user.data(), size_of(user), block.data(), size_of(block));
}

void WebPictures::on_picked(PicturePurpose purpose, std::string_view block) {
    std::vector<PickedFile> files;
    PickedFile file;
    std::string bytes;
    while (take_piece(block, &file.key) && take_piece(block, &file.name) &&
           take_piece(block, &bytes) && take_piece(block, &file.head)) {
        file.bytes = 0;
        std::from_chars(bytes.data(), bytes.data() + bytes.size(), file.bytes);
        files.push_back(std::move(file));
    }
    if (listener != nullptr) listener->on_picked(purpose, std::move(files));
}

void WebPictures::on_prepared(std::string_view key, int failure, bool kept, int format,
                              const double* sizes) {
    if (listener == nullptr) return;
    if (failure != 0) {
        listener->on_prepared(key, Error{failure_code(failure), "preparing a picture"});
        return;
    }
    PreparedPicture picture;
    picture.format = format;
    picture.kept = kept;
    for (std::size_t i = 0; i < picture.renditions.size(); ++i) {
        picture.renditions[i] = {static_cast<std::int64_t>(sizes[3 * i]),
                                 static_cast<std::int64_t>(sizes[3 * i + 1]),
                                 static_cast<std::int64_t>(sizes[3 * i + 2])};
    }
    // Its first bytes may not have told.
    if (!is_decodable(picture.renditions[0])) {
        listener->on_prepared(key, Error{ErrorCode::kPictureDamaged, "dimensions"});
        return;
    }
    listener->on_prepared(key, picture);
}

void WebBlobs::upload(const BlobUpload& upload) {
    const PictureName& name = upload.picture;
    kq_blob_upload(static_cast<double>(upload.number), name.user.data(), size_of(name.user),
                   name.key.data(), size_of(name.key), name.rendition, upload.session.data(),
                   size_of(upload.session));
}

void WebBlobs::abort(std::int64_t number) {
    kq_blob_abort(static_cast<double>(number));
}

void WebLoader::load(LoadNumber number, const PictureName& name, int width_px) {
    kq_texture_load(static_cast<double>(number), name.id.data(), size_of(name.id), name.user.data(),
                    size_of(name.user), name.key.data(), size_of(name.key), name.rendition,
                    width_px);
}

void WebLoader::drop(LoadNumber number) {
    kq_texture_drop(static_cast<double>(number));
}

void WebLoader::fill(LoadNumber number, std::uint32_t texture) {
    kq_texture_fill(static_cast<double>(number), static_cast<int>(texture));
}

std::int64_t WebLoader::texture_bytes_max() const {
    return static_cast<std::int64_t>(kq_texture_bytes_max());
}

// In the order in which library.js takes them apart.
void WebViewer::show(const ViewerPicture& picture, const ViewerWords& words) {
    std::string block;
    append_name(block, picture.picture);
    append_name(block, picture.preview);
    for (const std::string* text : {&picture.alt, &picture.from, &picture.time, &picture.file_name,
                                    &words.dialog, &words.zoom_in, &words.zoom_out, &words.save,
                                    &words.close, &words.previous, &words.next, &words.broken}) {
        append_piece(block, *text);
    }
    kq_viewer_show(block.data(), size_of(block), static_cast<double>(picture.width),
                   static_cast<double>(picture.height), picture.has_previous ? 1 : 0,
                   picture.has_next ? 1 : 0);
}

void WebViewer::close() {
    kq_viewer_close();
}

}  // namespace kumquat::platform::web
