#include <utility>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/field.hpp>
#include <boost/beast/websocket/stream.hpp>

#include "server/client.h"

namespace kumquat::server {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using boost::system::error_code;

// Every step is asynchronous underneath, so that waiting has an end.
class WebSocketClient::Impl {
  public:
    explicit Impl(const Options& options) : stream_(io_) {
        auto& socket = stream_.next_layer();
        error_code error;
        socket.open(asio::ip::tcp::v4(), error);
        if (options.receive_buffer > 0) {
            socket.set_option(asio::socket_base::receive_buffer_size(options.receive_buffer),
                              error);
        }
        socket.connect({asio::ip::address_v4::loopback(), options.port}, error);
        if (error) return;
        stream_.set_option(websocket::stream_base::decorator([&](websocket::request_type& request) {
            if (!options.origin.empty()) request.set(beast::http::field::origin, options.origin);
        }));
        stream_.control_callback([this](websocket::frame_type kind, beast::string_view) {
            if (kind == websocket::frame_type::ping) ++pings_;
        });
        stream_.read_message_max(16 * 1024 * 1024);
        const std::string host =
            options.host.empty() ? "localhost:" + std::to_string(options.port) : options.host;
        websocket::response_type response;
        await([&](auto done) { stream_.async_handshake(response, host, options.path, done); });
        status_ = static_cast<int>(response.result_int());
        // A default-made response says 200.
        if (response.begin() == response.end()) status_ = 0;
    }

    // Runs until `start`'s operation is done; a read under way goes on beside it.
    template <typename Start>
    error_code await(Start start, std::chrono::milliseconds patience = kPatience) {
        std::optional<error_code> result;
        start([&result](error_code error, auto&&...) { result = error; });
        if (!run_while([&] { return !result; }, patience)) {
            // Its handler writes to `result`: it must have run before that is gone.
            error_code ignored;
            stream_.next_layer().close(ignored);
            run_while([&] { return !result; }, patience);
            return asio::error::timed_out;
        }
        return *result;
    }

    // False when patience ended first.
    template <typename Condition>
    bool run_while(Condition condition, std::chrono::milliseconds patience) {
        const auto deadline = std::chrono::steady_clock::now() + patience;
        io_.restart();
        while (condition()) {
            if (io_.run_one_until(deadline) == 0) return !condition();
        }
        return true;
    }

    bool write(std::string_view text, bool binary) {
        stream_.binary(binary);
        return !await(
            [&](auto done) { stream_.async_write(asio::buffer(text.data(), text.size()), done); });
    }

    // A read goes on over several calls, so that patience may end without losing it.
    std::optional<std::string> receive(std::chrono::milliseconds patience) {
        if (closed_) return std::nullopt;
        if (!reading_) {
            reading_ = true;
            read_result_.reset();
            stream_.async_read(buffer_,
                               [this](error_code error, std::size_t) { read_result_ = error; });
        }
        if (!run_while([&] { return !read_result_; }, patience)) return std::nullopt;
        reading_ = false;
        if (*read_result_) {
            // A reset may follow a close frame on its heels: the frame is what counts.
            const auto& reason = stream_.reason();
            const bool frame = reason.code != websocket::close_code::none;
            closed_ = Closed{frame ? static_cast<int>(reason.code) : 1006,
                             frame ? std::string(reason.reason.c_str()) : read_result_->message()};
            return std::nullopt;
        }
        std::string text = beast::buffers_to_string(buffer_.data());
        buffer_.clear();
        return text;
    }

    asio::io_context io_;
    websocket::stream<asio::ip::tcp::socket, false> stream_;
    beast::flat_buffer buffer_;
    bool reading_ = false;
    std::optional<error_code> read_result_;
    std::optional<Closed> closed_;
    int status_ = 0;
    int pings_ = 0;
};

WebSocketClient::WebSocketClient(const Options& options) : impl_(std::make_unique<Impl>(options)) {}
WebSocketClient::~WebSocketClient() = default;
WebSocketClient::WebSocketClient(WebSocketClient&&) noexcept = default;

int WebSocketClient::status() const {
    return impl_->status_;
}
bool WebSocketClient::send(std::string_view text) {
    return impl_->write(text, false);
}
bool WebSocketClient::send_binary(std::string_view bytes) {
    return impl_->write(bytes, true);
}
bool WebSocketClient::ping() {
    return !impl_->await([&](auto done) { impl_->stream_.async_ping({}, done); });
}
bool WebSocketClient::send_raw(std::string_view bytes) {
    return !impl_->await([&](auto done) {
        asio::async_write(impl_->stream_.next_layer(), asio::buffer(bytes.data(), bytes.size()),
                          done);
    });
}
std::optional<std::string> WebSocketClient::receive(std::chrono::milliseconds patience) {
    return impl_->receive(patience);
}
std::optional<Closed> WebSocketClient::closed() const {
    return impl_->closed_;
}
Closed WebSocketClient::wait_closed() {
    const auto deadline = std::chrono::steady_clock::now() + kPatience;
    while (!impl_->closed_ && std::chrono::steady_clock::now() < deadline) {
        impl_->receive(std::chrono::milliseconds(500));
    }
    return impl_->closed_.value_or(Closed{0, "still open"});
}
int WebSocketClient::pings_received() const {
    return impl_->pings_;
}
void WebSocketClient::close() {
    impl_->await(
        [&](auto done) { impl_->stream_.async_close(websocket::close_code::normal, done); });
}
void WebSocketClient::cut() {
    error_code ignored;
    // Without lingering: the other side sees a reset, as when a machine vanishes and comes back.
    impl_->stream_.next_layer().set_option(asio::socket_base::linger(true, 0), ignored);
    impl_->stream_.next_layer().close(ignored);
}

}  // namespace kumquat::server
