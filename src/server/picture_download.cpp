#include "server/picture_download.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/write.hpp>
#include <spdlog/spdlog.h>

#include "server/picture_answer.h"

namespace kumquat::server {
namespace {

namespace http = boost::beast::http;

constexpr std::int64_t kPieceBytes = 64 * 1024;
// Enough to tell the kinds apart.
constexpr std::size_t kMagicBytes = 64;

// Runs on the connection's strand; what the blob store's threads call back with is posted to it.
class PictureDownload : public std::enable_shared_from_this<PictureDownload> {
  public:
    PictureDownload(const Context& context, HttpStream& stream, HttpRequest request,
                    DownloadEnds ends)
        : context_(context),
          stream_(stream),
          request_(std::move(request)),
          ends_(std::move(ends)) {}

    void start(std::string_view name);

  private:
    using Reader = store::BlobStore::Reader;

    void on_opened(Result<std::shared_ptr<Reader>> reader);
    void on_magic(Result<std::string> bytes);
    void write_head();
    void read();
    void on_piece(Result<std::string> bytes);
    void on_written(error_code error);

    void refuse(const Error& error);
    void end(bool keep);
    void set_deadline() {
        stream_.expires_after(std::chrono::milliseconds(context_.config.bounds.http_response_ms));
    }

    // A callback for other threads: goes on with `step` here.
    template <typename Value>
    std::function<void(Value)> then(void (PictureDownload::*step)(Value)) {
        return [self = shared_from_this(), step](Value value) mutable {
            const auto executor = self->stream_.get_executor();
            asio::post(executor,
                       [self = std::move(self), step, value = std::move(value)]() mutable {
                           (self.get()->*step)(std::move(value));
                       });
        };
    }

    const Context context_;
    HttpStream& stream_;
    const HttpRequest request_;
    DownloadEnds ends_;
    BlobId id_;
    std::shared_ptr<Reader> reader_;
    PictureAnswer answer_;
    std::int64_t sent_ = 0;
    std::string piece_;
};

void PictureDownload::start(std::string_view name) {
    auto id = BlobId::parse(name);
    if (!id) return refuse(id.error());
    id_ = *std::move(id);
    stream_.expires_never();
    context_.blobs.open(id_, then(&PictureDownload::on_opened));
}

void PictureDownload::on_opened(Result<std::shared_ptr<Reader>> reader) {
    if (!reader) return refuse(reader.error());
    reader_ = *std::move(reader);
    reader_->read(0, kMagicBytes, then(&PictureDownload::on_magic));
}

void PictureDownload::on_magic(Result<std::string> bytes) {
    if (!bytes) return refuse(bytes.error());
    picture::Inspector inspector;
    const Status fed = inspector.feed(*bytes);
    if (!fed || !inspector.format())
        return refuse(Error{ErrorCode::kStorageFailed, "pictures: what is stored is no picture"});
    answer_ = picture_answer(request_, StoredPicture{id_, *inspector.format(), reader_->size()});
    write_head();
}

void PictureDownload::write_head() {
    set_deadline();
    http::async_write(
        stream_, answer_.head,
        [self = shared_from_this()](error_code error, std::size_t) { self->on_written(error); });
}

void PictureDownload::read() {
    const std::int64_t bytes = std::min(kPieceBytes, answer_.bytes - sent_);
    stream_.expires_never();
    reader_->read(answer_.first + sent_, static_cast<std::size_t>(bytes),
                  then(&PictureDownload::on_piece));
}

void PictureDownload::on_piece(Result<std::string> bytes) {
    // The head has promised more than there is: all that is left is to end in the middle.
    if (!bytes || bytes->empty()) {
        spdlog::error("a picture could not be read to its end: {}",
                      bytes ? "it has become shorter" : log_text(bytes.error(), id_));
        return end(false);
    }
    piece_ = *std::move(bytes);
    sent_ += static_cast<std::int64_t>(piece_.size());
    context_.metrics.picture_bytes_served += static_cast<std::int64_t>(piece_.size());
    set_deadline();
    asio::async_write(
        stream_, asio::buffer(piece_),
        [self = shared_from_this()](error_code error, std::size_t) { self->on_written(error); });
}

void PictureDownload::on_written(error_code error) {
    if (error) return end(false);
    if (sent_ < answer_.bytes) return read();
    if (sent_ > 0) ++context_.metrics.pictures_served;
    end(answer_.head.keep_alive());
}

void PictureDownload::refuse(const Error& error) {
    const bool unknown = error.code == ErrorCode::kUnknownPicture;
    if (!unknown) spdlog::error("a picture could not be read: {}", log_text(error, id_));
    const DownloadEnds ends = std::exchange(ends_, {});
    ends.refused(picture_missing(request_, unknown));
}

void PictureDownload::end(bool keep) {
    const DownloadEnds ends = std::exchange(ends_, {});
    ends.done(keep);
}

}  // namespace

void run_picture_download(const Context& context, HttpStream& stream, HttpRequest request,
                          std::string_view name, DownloadEnds ends) {
    std::make_shared<PictureDownload>(context, stream, std::move(request), std::move(ends))
        ->start(name);
}

}  // namespace kumquat::server
