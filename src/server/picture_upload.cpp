#include "server/picture_upload.h"

#include <chrono>
#include <string>
#include <utility>

#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/read.hpp>
#include <spdlog/spdlog.h>

#include "base/check.h"
#include "base/limits.h"
#include "server/picture_answer.h"

namespace kumquat::server {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;

constexpr std::size_t kPieceBytes = 64 * 1024;
constexpr std::string_view kGoOn = "HTTP/1.1 100 Continue\r\n\r\n";

// Runs on the connection's strand; what other threads call back with is posted to it.
class PictureUpload : public std::enable_shared_from_this<PictureUpload> {
  public:
    PictureUpload(const Context& context, const UploadSource& source, UploadDone done)
        : context_(context),
          stream_(source.stream),
          buffer_(source.buffer),
          head_(source.parser.get().base()),
          parser_(std::move(source.parser)),
          done_(std::move(done)) {}

    void start();

  private:
    using Writer = store::BlobStore::Writer;

    void on_session(Result<UserKey> person);
    void on_created(Result<std::unique_ptr<Writer>> writer);
    void invite();
    void read();
    void read_some();
    void on_read(error_code error);
    void on_appended(Status status);
    void finish();
    void on_sealed(Status status);
    void on_noted(Status status);
    void on_published(Status status);

    void stop();
    /// True if the server stops; the upload has then ended.
    bool is_stopped();
    void fail(const Error& error);
    void give_up();
    void end(std::optional<TextAnswer> answer);

    // A callback for other threads: goes on with `step` here.
    template <typename Value>
    std::function<void(Value)> then(void (PictureUpload::*step)(Value)) {
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
    beast::flat_buffer& buffer_;
    const HttpRequest head_;
    http::request_parser<http::buffer_body> parser_;
    UploadDone done_;
    std::unique_ptr<UploadPlaces::Place> place_;
    bool reading_ = false;
    bool stopping_ = false;
    UserKey person_;
    BlobId id_;
    std::unique_ptr<Writer> writer_;
    picture::Inspector inspector_;
    picture::Header header_;
    std::string piece_;
    std::int64_t bytes_ = 0;
};

void PictureUpload::start() {
    auto place = context_.uploads.enter([weak = weak_from_this()] {
        const auto self = weak.lock();
        if (!self) return;
        const auto executor = self->stream_.get_executor();
        asio::post(executor, [self] { self->stop(); });
    });
    if (!place) return fail(place.error());
    place_ = *std::move(place);
    if (!parser_.content_length()) return fail(Error{ErrorCode::kBadField, "Content-Length"});
    const std::string_view token = bearer_token(header(head_, http::field::authorization));
    if (token.empty() || token.size() > limits::kSessionTokenBytes)
        return fail(Error{ErrorCode::kSessionInvalid, "Authorization"});
    stream_.expires_never();
    context_.host.begin_upload(std::string(token), then(&PictureUpload::on_session));
}

void PictureUpload::on_session(Result<UserKey> person) {
    if (is_stopped()) return;
    if (!person) return fail(person.error());
    person_ = *person;
    if (const Status claimed = place_->claim(person_); !claimed) return fail(claimed.error());
    const auto length = *parser_.content_length();
    if (length == 0) return fail(Error{ErrorCode::kPictureEmpty, ""});
    if (length > static_cast<std::uint64_t>(limits::kPictureBytes))
        return fail(Error{ErrorCode::kPictureTooLarge, ""});
    auto id = BlobId::parse(context_.crypto.random_token());
    KUMQUAT_CHECK(id);
    id_ = *std::move(id);
    context_.blobs.create(id_, then(&PictureUpload::on_created));
}

void PictureUpload::on_created(Result<std::unique_ptr<Writer>> writer) {
    if (is_stopped()) return;
    if (!writer) return fail(writer.error());
    writer_ = *std::move(writer);
    const std::string_view expect = header(head_, http::field::expect);
    const bool waits = beast::iequals({expect.data(), expect.size()}, "100-continue");
    if (waits && buffer_.size() == 0) {
        invite();
    } else {
        read();
    }
}

// The client sends nothing more before it is told to (RFC 9110, 10.1.1).
void PictureUpload::invite() {
    stream_.expires_after(std::chrono::milliseconds(context_.config.bounds.upload_piece_ms));
    asio::async_write(stream_, asio::buffer(kGoOn.data(), kGoOn.size()),
                      [self = shared_from_this()](error_code error, std::size_t) {
                          if (error) {
                              self->give_up();
                          } else {
                              self->read();
                          }
                      });
}

void PictureUpload::read() {
    piece_.resize(kPieceBytes);
    auto& body = parser_.get().body();
    body.data = piece_.data();
    body.size = piece_.size();
    stream_.expires_after(std::chrono::milliseconds(context_.config.bounds.upload_piece_ms));
    read_some();
}

// By single reads: a stop that comes when one has just ended finds nothing to cancel.
void PictureUpload::read_some() {
    if (is_stopped()) return;
    reading_ = true;
    http::async_read_some(
        stream_, buffer_, parser_,
        [self = shared_from_this()](error_code error, std::size_t) { self->on_read(error); });
}

void PictureUpload::on_read(error_code error) {
    reading_ = false;
    const std::size_t room = parser_.get().body().size;
    const bool full = error == http::error::need_buffer || room == 0;
    if (error && error != http::error::need_buffer) {
        if (!is_stopped()) give_up();
        return;
    }
    if (!full && !parser_.is_done()) return read_some();
    stream_.expires_never();
    piece_.resize(kPieceBytes - room);
    bytes_ += static_cast<std::int64_t>(piece_.size());
    context_.metrics.upload_bytes += static_cast<std::int64_t>(piece_.size());
    if (const Status status = inspector_.feed(piece_); !status) return fail(status.error());
    writer_->append(std::move(piece_), then(&PictureUpload::on_appended));
}

void PictureUpload::on_appended(Status status) {
    if (!status) return fail(status.error());
    if (parser_.is_done()) {
        finish();
    } else {
        read();
    }
}

void PictureUpload::finish() {
    const auto header = inspector_.finish();
    if (!header) return fail(header.error());
    header_ = *header;
    writer_->seal(then(&PictureUpload::on_sealed));
}

void PictureUpload::on_sealed(Status status) {
    if (!status) return fail(status.error());
    store::BlobRow row;
    row.id = id_;
    row.owner = person_;
    row.format = static_cast<std::int64_t>(header_.format);
    row.width = header_.width;
    row.height = header_.height;
    row.bytes = bytes_;
    context_.host.finish_upload(std::move(row), then(&PictureUpload::on_noted));
}

void PictureUpload::on_noted(Status status) {
    if (!status) return fail(status.error());
    writer_->publish(then(&PictureUpload::on_published));
}

void PictureUpload::on_published(Status status) {
    if (!status) return fail(status.error());
    ++context_.metrics.uploads;
    end(uploaded_answer(head_, id_, header_, bytes_));
}

void PictureUpload::stop() {
    stopping_ = true;
    // Nobody knows when the next piece comes.
    if (reading_) stream_.cancel();
}

bool PictureUpload::is_stopped() {
    if (stopping_) fail(Error{ErrorCode::kUnavailable, ""});
    return stopping_;
}

void PictureUpload::fail(const Error& error) {
    ++context_.metrics.uploads_refused;
    if (status_of(error.code) == http::status::internal_server_error ||
        error.code == ErrorCode::kDiskFull) {
        spdlog::warn("a picture could not be taken in: {}: {}", error_text(error.code),
                     log_text(error, id_));
    } else {
        spdlog::debug("an upload was refused: {}", error_text(error.code));
    }
    end(picture_error(head_, parser_.is_done(), error));
}

void PictureUpload::give_up() {
    ++context_.metrics.uploads_cut;
    end(std::nullopt);
}

// What was written goes with the writer.
void PictureUpload::end(std::optional<TextAnswer> answer) {
    writer_.reset();
    const UploadDone done = std::exchange(done_, nullptr);
    KUMQUAT_CHECK(done);
    done(std::move(answer), std::move(place_));
}

}  // namespace

void run_picture_upload(const Context& context, const UploadSource& source, UploadDone done) {
    std::make_shared<PictureUpload>(context, source, std::move(done))->start();
}

}  // namespace kumquat::server
