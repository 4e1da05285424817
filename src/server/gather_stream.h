// A TCP stream with an output queue, as the layer below Beast's WebSocket stream.
//
// Beast writes one message per call to the system. A chat server sends many small ones at once, so
// data frames go around Beast: push() queues a shared text with a WebSocket header (RFC 6455, 5.2:
// a server's frames are not masked), and one gathering write takes as many as fit. What Beast
// itself writes (the handshake, ping, pong, close) goes through the same queue as a whole, so the
// two never interleave. Only for use on the socket's strand.
#pragma once

#include <array>
#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/buffers_iterator.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/bind_handler.hpp>
#include <boost/beast/core/role.hpp>
#include <boost/beast/websocket/teardown.hpp>

#include "server/asio_types.h"
#include "server/out_frame.h"

namespace kumquat::server {

class GatherStream {
  public:
    using next_layer_type = TcpSocket;
    using executor_type = TcpSocket::executor_type;

    /// Told of every write to the socket.
    class Observer {
      public:
        virtual ~Observer() = default;
        virtual void wrote(std::size_t bytes) = 0;
        /// Nothing more can be written.
        virtual void write_failed() = 0;
        /// Keeps the stream alive while a write is under way.
        virtual std::shared_ptr<void> keep_alive() = 0;
    };

    explicit GatherStream(TcpSocket socket) : socket_(std::move(socket)) {}

    executor_type get_executor() { return socket_.get_executor(); }
    next_layer_type& next_layer() { return socket_; }
    const next_layer_type& next_layer() const { return socket_; }

    /// Must be called before the first write.
    void set_observer(Observer* observer) { observer_ = observer; }

    /// Queues a text frame.
    void push(std::shared_ptr<const OutFrame> frame);
    /// Starts to write what is queued.
    void flush() {
        if (!writing_ && !items_.empty()) write();
    }
    /// Data frames queued, headers included, bytes.
    std::size_t queued_bytes() const { return queued_bytes_; }
    bool idle() const { return items_.empty(); }
    /// Forgets the data frames of which no byte has been handed to the system.
    void drop_unstarted();

    template <typename Buffers, typename Token>
    auto async_read_some(const Buffers& buffers, Token&& token) {
        return socket_.async_read_some(buffers, std::forward<Token>(token));
    }

    /// For Beast. Takes all of `buffers`; completes when they have left, in the order of the queue.
    template <typename Buffers, typename Token>
    auto async_write_some(const Buffers& buffers, Token&& token) {
        std::string bytes(asio::buffers_begin(buffers), asio::buffers_end(buffers));
        return asio::async_initiate<Token, void(error_code, std::size_t)>(
            [this](auto handler, std::string taken) {
                using Handler = std::decay_t<decltype(handler)>;
                Item item;
                item.size = taken.size();
                item.own = std::move(taken);
                item.completion =
                    std::make_unique<CompletionOf<Handler>>(std::move(handler), *this);
                if (failed_) {
                    item.completion->complete(failed_, 0);
                    return;
                }
                items_.push_back(std::move(item));
                flush();
            },
            token, std::move(bytes));
    }

  private:
    class Completion {
      public:
        virtual ~Completion() = default;
        virtual void complete(error_code error, std::size_t bytes) = 0;
    };
    // Beast's handlers can only be moved, which std::function cannot hold.
    template <typename Handler>
    class CompletionOf final : public Completion {
      public:
        CompletionOf(Handler handler, GatherStream& stream)
            : handler_(std::move(handler)), executor_(stream.get_executor()) {}
        void complete(error_code error, std::size_t bytes) override {
            const auto executor = asio::get_associated_executor(handler_, executor_);
            asio::post(executor,
                       boost::beast::bind_front_handler(std::move(handler_), error, bytes));
        }

      private:
        Handler handler_;
        executor_type executor_;
    };

    struct Item {
        std::shared_ptr<const OutFrame> frame;  // null: `own` is all of it
        std::array<char, 10> header{};
        std::size_t header_size = 0;
        std::string own;
        std::size_t size = 0;
        std::unique_ptr<Completion> completion;
    };

    void write();
    void on_write(error_code error, std::size_t bytes);
    void fail(error_code error);

    TcpSocket socket_;
    Observer* observer_ = nullptr;
    std::deque<Item> items_;
    std::size_t first_offset_ = 0;    // bytes of the first item that have left
    std::size_t items_in_write_ = 0;  // these are the system's until on_write()
    std::size_t queued_bytes_ = 0;
    bool writing_ = false;
    error_code failed_;
    std::vector<asio::const_buffer> buffers_;
};

/// Beast ends a stream through this pair, found by the argument's namespace.
template <typename Handler>
void async_teardown(boost::beast::role_type role, GatherStream& stream, Handler&& handler) {
    using boost::beast::websocket::async_teardown;
    async_teardown(role, stream.next_layer(), std::forward<Handler>(handler));
}
inline void teardown(boost::beast::role_type role, GatherStream& stream, error_code& error) {
    using boost::beast::websocket::teardown;
    teardown(role, stream.next_layer(), error);
}

}  // namespace kumquat::server
