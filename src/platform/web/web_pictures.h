// Pictures in the browser: pictures.js, blobs.js, textures.js, viewer.js.
#pragma once

#include "platform/blob_channel.h"
#include "platform/picture_loader.h"
#include "platform/picture_viewer.h"
#include "platform/pictures.h"

namespace kumquat::platform::web {

class WebPictures : public Pictures {
  public:
    void set_listener(Listener* new_listener) override { listener = new_listener; }
    void pick(PicturePurpose purpose) override;
    void prepare(const std::string& user, const std::string& key, PicturePurpose purpose) override;
    void forget(const std::string& user, const std::string& key) override;
    void keep_only(const std::string& user, const std::vector<std::string>& keys) override;

    /// `block`: for each file key, name, size in bytes as decimal text, first bytes.
    void on_picked(PicturePurpose purpose, std::string_view block);
    /// `failure` as pictures.js has it: 0 none, 1 damaged, 2 too large, 3 not possible here.
    /// `sizes`: width, height and bytes of each rendition.
    void on_prepared(std::string_view key, int failure, bool kept, int format, const double* sizes);

    Listener* listener = nullptr;
};

class WebBlobs : public BlobChannel {
  public:
    void set_listener(Listener* new_listener) override { listener = new_listener; }
    void upload(const BlobUpload& upload) override;
    void abort(std::int64_t number) override;
    void on_done(std::int64_t number, const Result<BlobId>& id) {
        if (listener != nullptr) listener->on_blob_done(number, id);
    }

    Listener* listener = nullptr;
};

class WebLoader : public PictureLoader {
  public:
    void set_listener(Listener* new_listener) override { listener = new_listener; }
    void load(LoadNumber number, const PictureName& name, int width_px) override;
    void drop(LoadNumber number) override;
    void fill(LoadNumber number, std::uint32_t texture) override;
    std::int64_t texture_bytes_max() const override;

    Listener* listener = nullptr;
};

class WebViewer : public PictureViewer {
  public:
    void set_listener(Listener* new_listener) override { listener = new_listener; }
    void show(const ViewerPicture& picture, const ViewerWords& words) override;
    void close() override;

    Listener* listener = nullptr;
};

}  // namespace kumquat::platform::web
