// Carries out the client's uploads: one file of a picture after the other, each different one once,
// over a BlobChannel.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>

#include "client/core/effect.h"
#include "platform/blob_channel.h"

namespace kumquat::app {

class PictureUploads : private platform::BlobChannel::Listener {
  public:
    class Listener {
      public:
        virtual ~Listener() = default;
        /// Bytes of all the picture's files together.
        virtual void on_upload_progress(client::UploadNumber number, std::int64_t sent,
                                        std::int64_t total) = 0;
        virtual void on_uploaded(client::UploadNumber number, const client::LocalPicture& picture,
                                 const std::array<BlobId, limits::kRenditions>& ids) = 0;
        virtual void on_upload_failed(client::UploadNumber number, const Error& error) = 0;
    };

    /// Both must outlive it.
    PictureUploads(platform::BlobChannel& channel, Listener* listener);
    ~PictureUploads() override;
    PictureUploads(const PictureUploads&) = delete;
    PictureUploads& operator=(const PictureUploads&) = delete;

    void start(const client::UploadPicture& effect, const UserId& user);
    void cancel(client::UploadNumber number);
    /// The picture is not needed any more, nor are those of its files that the service has.
    void forget(const std::string& key) { done_.erase(key); }

  private:
    struct Upload {
        client::UploadPicture effect;
        UserId user;
        /// Which file is on its way, under this number of the channel.
        std::size_t at = 0;
        std::int64_t blob = 0;
        /// Bytes of the files before it.
        std::int64_t sent = 0;
        std::int64_t total = 0;
    };
    using Ids = std::array<BlobId, limits::kRenditions>;
    using Uploads = std::map<client::UploadNumber, Upload>;

    void on_blob_progress(std::int64_t number, std::int64_t sent_bytes) override;
    void on_blob_done(std::int64_t number, const Result<BlobId>& id) override;
    Uploads::iterator find_blob(std::int64_t blob);
    void go_on(Uploads::iterator upload);

    platform::BlobChannel& channel_;
    Listener* listener_;
    Uploads uploads_;
    /// By picture: files that arrived. An upload that is tried again goes on behind them.
    std::map<std::string, Ids> done_;
    std::int64_t next_blob_ = 1;
};

}  // namespace kumquat::app
