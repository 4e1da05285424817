// Pictures without a browser: a test chooses files, answers uploads and decodes.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "platform/blob_channel.h"
#include "platform/picture_loader.h"
#include "platform/picture_viewer.h"
#include "platform/pictures.h"

namespace kumquat::platform::headless {

/// What is chosen gets prepared when run() says so; the sizes come from the test.
class ScriptedPictures : public Pictures {
  public:
    void set_listener(Listener* new_listener) override { listener = new_listener; }
    void pick(PicturePurpose purpose) override { choosers.push_back(purpose); }
    void prepare(const std::string& user, const std::string& key, PicturePurpose purpose) override;
    void forget(const std::string& user, const std::string& key) override;
    void keep_only(const std::string& user, const std::vector<std::string>& keys) override;

    /// A person chooses a file with these bytes. Returns its key.
    std::string choose(PicturePurpose purpose, const std::string& name, const std::string& head,
                       std::int64_t bytes);
    /// Carries out what waits to be prepared.
    void run();

    Listener* listener = nullptr;
    /// Times the chooser was opened, and what for.
    std::vector<PicturePurpose> choosers;
    /// What preparing gives: this, or the error.
    PreparedPicture outcome;
    std::optional<ErrorCode> error;
    /// Nothing is prepared until it is false again.
    bool slow = false;
    /// By user and key.
    std::set<std::pair<std::string, std::string>> kept;

  private:
    std::vector<std::pair<std::string, std::string>> waiting_;
    int keys_count_ = 0;
};

/// The test plays the service.
class ScriptedBlobs : public BlobChannel {
  public:
    void set_listener(Listener* new_listener) override { listener = new_listener; }
    void upload(const BlobUpload& upload) override { open.push_back(upload); }
    void abort(std::int64_t number) override;

    /// Ends the oldest upload.
    void finish(const Result<BlobId>& id);

    Listener* listener = nullptr;
    std::vector<BlobUpload> open;
    int aborts_count = 0;
};

/// Everything can be loaded, when the test says so.
class ScriptedLoader : public PictureLoader {
  public:
    struct Load {
        LoadNumber number = 0;
        PictureName name;
        int width_px = 0;
    };
    void set_listener(Listener* new_listener) override { listener = new_listener; }
    void load(LoadNumber number, const PictureName& name, int width_px) override;
    void drop(LoadNumber number) override;
    void fill(LoadNumber number, std::uint32_t texture) override;
    std::int64_t texture_bytes_max() const override { return bytes_max; }

    /// All that waits is decoded, `width` by `height`.
    void decode_all(int width, int height);
    void fail_all(LoadFailure failure);

    Listener* listener = nullptr;
    std::vector<Load> waiting;
    std::vector<LoadNumber> decoded;
    /// By texture: which load it was filled from.
    std::map<std::uint32_t, LoadNumber> filled;
    std::int64_t bytes_max = 64 * 1024 * 1024;
    int loads_count = 0;
    int drops_count = 0;
};

class RecordedViewer : public PictureViewer {
  public:
    void set_listener(Listener* new_listener) override { listener = new_listener; }
    void show(const ViewerPicture& picture, const ViewerWords& words) override {
        shown = picture;
        spoken = words;
        open = true;
    }
    void close() override { open = false; }

    Listener* listener = nullptr;
    bool open = false;
    ViewerPicture shown;
    ViewerWords spoken;
};

}  // namespace kumquat::platform::headless
