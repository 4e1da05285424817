#include "server/http_connection.h"

#include <chrono>
#include <optional>
#include <utility>

#include <boost/asio/dispatch.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/websocket/rfc6455.hpp>

#include "server/http_answer.h"
#include "server/socket_connection.h"

namespace kumquat::server {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;

constexpr std::uint64_t kBodyBytesMax = 4096;  // nothing here takes a body yet

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
        parser_->body_limit(kBodyBytesMax);
        stream_.expires_after(std::chrono::milliseconds(context_.config.bounds.http_request_ms));
        http::async_read(
            stream_, buffer_, *parser_,
            [self = shared_from_this()](error_code error, std::size_t) { self->on_read(error); });
    }

  private:
    void on_read(error_code error) {
        if (error) {
            on_read_error(error);
            return;
        }
        ++context_.metrics.http_requests;
        HttpRequest request = parser_->release();
        if (auto refusal = refuse_stranger(context_, request, ends_)) {
            write(std::move(*refusal));
            return;
        }
        const bool socket_path =
            target_path({request.target().data(), request.target().size()}) == kSocketPath;
        if (socket_path && beast::websocket::is_upgrade(request)) {
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
        std::visit([&](auto answer) { write(std::move(answer)); },
                   make_answer(context_, request, ends_));
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

    template <typename Answer>
    void write(Answer answer) {
        const bool keep = answer.keep_alive();
        auto kept = std::make_shared<Answer>(std::move(answer));
        stream_.expires_after(std::chrono::milliseconds(context_.config.bounds.http_response_ms));
        http::async_write(stream_, *kept,
                          [self = shared_from_this(), kept, keep](error_code error, std::size_t) {
                              if (error || !keep) {
                                  self->close();
                              } else {
                                  self->read();
                              }
                          });
    }

    void close() {
        error_code ignored;
        stream_.socket().shutdown(Tcp::socket::shutdown_both, ignored);
        stream_.close();
    }

    const Context context_;
    beast::basic_stream<Tcp, Strand> stream_;
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
