#include "server/http_connection.h"

#include <chrono>
#include <optional>
#include <utility>

#include <boost/asio/dispatch.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/websocket/rfc6455.hpp>

#include "server/http_answer.h"
#include "server/http_stream.h"
#include "server/picture_answer.h"
#include "server/picture_download.h"
#include "server/picture_upload.h"
#include "server/socket_connection.h"

namespace kumquat::server {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;

// Of all requests but uploads of pictures. None of them makes use of a body.
constexpr std::uint64_t kBodyBytesMax = 4096;
constexpr std::size_t kDroppedBytes = 64 * 1024;

class HttpConnection : public std::enable_shared_from_this<HttpConnection> {
  public:
    HttpConnection(const Context& context, TcpSocket socket, std::shared_ptr<void> guard)
        : context_(context), stream_(std::move(socket)), guard_(std::move(guard)) {
        error_code ignored;
        ends_.local = stream_.socket().local_endpoint(ignored).address().to_string();
        ends_.remote = stream_.socket().remote_endpoint(ignored).address().to_string();
    }

    void read() {
        parser_.emplace();
        parser_->header_limit(static_cast<std::uint32_t>(context_.config.bounds.http_header_bytes));
        // Who may send how much is decided when the head is there.
        parser_->body_limit(boost::none);
        stream_.expires_after(std::chrono::milliseconds(context_.config.bounds.http_request_ms));
        http::async_read_header(
            stream_, buffer_, *parser_,
            [self = shared_from_this()](error_code error, std::size_t) { self->on_head(error); });
    }

  private:
    void on_head(error_code error) {
        if (error) {
            on_read_error(error);
            return;
        }
        ++context_.metrics.http_requests;
        const HttpRequest& head = parser_->get();
        if (auto refusal = refuse_stranger(context_, head, ends_)) {
            write(std::move(*refusal));
            return;
        }
        if (head.method() == http::verb::post && path_of(head) == kPicturesPath) {
            upload();
            return;
        }
        if (parser_->content_length().value_or(0) > kBodyBytesMax) {
            on_read_error(http::make_error_code(http::error::body_limit));
            return;
        }
        parser_->body_limit(kBodyBytesMax);
        http::async_read(
            stream_, buffer_, *parser_,
            [self = shared_from_this()](error_code failed, std::size_t) { self->on_read(failed); });
    }

    void on_read(error_code error) {
        if (error) {
            on_read_error(error);
            return;
        }
        HttpRequest request = parser_->release();
        const std::string path = path_of(request);
        if (path == kSocketPath && beast::websocket::is_upgrade(request)) {
            stream_.expires_never();
            // Bytes that came with the upgrade would be lost: no client may send any before it has
            // been answered (RFC 6455, 4.1).
            if (buffer_.size() == 0) {
                run_socket_connection(context_, stream_.release_socket(), std::move(request),
                                      std::move(guard_));
                return;
            }
            write(text_answer(http::status::bad_request, request.version(), false,
                              "400: bytes behind the upgrade\n"));
            return;
        }
        const bool reads =
            request.method() == http::verb::get || request.method() == http::verb::head;
        if (const auto name = picture_name(path); name && reads) {
            download(std::move(request), *name);
            return;
        }
        write_any(make_answer(context_, request, ends_));
    }

    static std::string path_of(const HttpRequest& request) {
        return target_path({request.target().data(), request.target().size()});
    }

    void upload() {
        run_picture_upload(context_, UploadSource{stream_, buffer_, *parser_},
                           [self = shared_from_this()](std::optional<TextAnswer> answer,
                                                       std::shared_ptr<void> place) {
                               if (answer) {
                                   self->write(std::move(*answer), std::move(place));
                               } else {
                                   self->close();
                               }
                           });
    }

    void download(HttpRequest request, std::string_view name) {
        DownloadEnds ends;
        ends.refused = [self = shared_from_this()](HttpAnswer answer) {
            self->write_any(std::move(answer));
        };
        ends.done = [self = shared_from_this()](bool keep) {
            if (keep) {
                self->read();
            } else {
                self->end();
            }
        };
        run_picture_download(context_, stream_, std::move(request), name, std::move(ends));
    }

    // Silence, a cut or a timeout gets no answer; what cannot be a request gets a reason.
    void on_read_error(error_code error) {
        http::status status = http::status::bad_request;
        if (error == http::error::header_limit || error == http::error::buffer_overflow) {
            status = http::status::request_header_fields_too_large;
        } else if (error == http::error::body_limit) {
            status = http::status::payload_too_large;
        } else if (error.category() !=
                       http::make_error_code(http::error::end_of_stream).category() ||
                   error == http::error::end_of_stream || error == http::error::partial_message) {
            close();
            return;
        }
        write(text_answer(status, 11, false,
                          std::to_string(static_cast<unsigned>(status)) +
                              ": this is not a request that can be read\n"));
    }

    void write_any(HttpAnswer answer) {
        std::visit([&](auto some) { write(std::move(some)); }, std::move(answer));
    }

    // `place` is let go when the connection is done with the answer, so that a stop waits for it.
    template <typename Answer>
    void write(Answer answer, std::shared_ptr<void> place = nullptr) {
        const bool keep = answer.keep_alive();
        auto kept = std::make_shared<Answer>(std::move(answer));
        stream_.expires_after(std::chrono::milliseconds(context_.config.bounds.http_response_ms));
        http::async_write(stream_, *kept,
                          [self = shared_from_this(), kept, place = std::move(place), keep](
                              error_code error, std::size_t) mutable {
                              if (error) {
                                  self->close();
                              } else if (keep) {
                                  self->read();
                              } else {
                                  self->end(std::move(place));
                              }
                          });
    }

    // Says that no more comes, and drops what the client still sends: a connection closed over
    // unread bytes is reset, and the answer lost with it.
    void end(std::shared_ptr<void> place = nullptr) {
        error_code error;
        stream_.socket().shutdown(Tcp::socket::shutdown_send, error);
        if (error) {
            close();
            return;
        }
        stream_.expires_after(std::chrono::milliseconds(context_.config.bounds.http_linger_ms));
        buffer_.clear();
        drop(std::move(place));
    }

    void drop(std::shared_ptr<void> place) {
        stream_.async_read_some(buffer_.prepare(kDroppedBytes),
                                [self = shared_from_this(), place = std::move(place)](
                                    error_code error, std::size_t) mutable {
                                    if (error) {
                                        self->close();
                                    } else {
                                        self->drop(std::move(place));
                                    }
                                });
    }

    void close() {
        error_code ignored;
        stream_.socket().shutdown(Tcp::socket::shutdown_both, ignored);
        stream_.close();
    }

    const Context context_;
    HttpStream stream_;
    std::shared_ptr<void> guard_;
    Ends ends_;
    beast::flat_buffer buffer_;
    std::optional<http::request_parser<http::string_body>> parser_;
};

}  // namespace

void run_http_connection(const Context& context, TcpSocket socket,
                         std::shared_ptr<void> connection_guard) {
    const Strand strand = socket.get_executor();
    auto connection =
        std::make_shared<HttpConnection>(context, std::move(socket), std::move(connection_guard));
    asio::dispatch(strand, [connection] { connection->read(); });
}

}  // namespace kumquat::server
