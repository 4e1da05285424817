#include "bench/relay.h"

#include <cstdio>
#include <cstdlib>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <boost/asio/dispatch.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/websocket/stream.hpp>

namespace kumquat::bench {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using boost::system::error_code;
using Strand = asio::strand<asio::io_context::executor_type>;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Strand>;
using Text = std::shared_ptr<const std::string>;

class Connection;

// Who is there, by name: "s1", "r1".
struct People {
    std::mutex mutex;
    std::map<std::string, std::shared_ptr<Connection>> by_name;
};

class Connection : public std::enable_shared_from_this<Connection> {
  public:
    Connection(Socket socket, People& people)
        : strand_(socket.get_executor()), stream_(std::move(socket)), people_(people) {}

    void start() {
        error_code ignored;
        stream_.next_layer().set_option(asio::ip::tcp::no_delay(true), ignored);
        beast::http::async_read(stream_.next_layer(), buffer_, request_,
                                [self = shared_from_this()](error_code error, std::size_t) {
                                    if (!error) self->accept();
                                });
    }

    void send(Text text) {
        asio::post(strand_, [self = shared_from_this(), text = std::move(text)]() mutable {
            self->outgoing_.push_back(std::move(text));
            if (self->outgoing_.size() == 1) self->write();
        });
    }

  private:
    void accept() {
        const std::string target(request_.target());
        const std::size_t mark = target.find('?');
        name_ = mark == std::string::npos ? target : target.substr(mark + 1);
        {
            const std::lock_guard lock(people_.mutex);
            people_.by_name[name_] = shared_from_this();
        }
        stream_.async_accept(request_, [self = shared_from_this()](error_code error) {
            self->stream_.text(true);
            if (!error) self->read();
        });
    }

    void read() {
        stream_.async_read(buffer_, [self = shared_from_this()](error_code error, std::size_t) {
            if (error) return;
            self->relay();
            self->read();
        });
    }

    void relay() {
        static const Text reply = std::make_shared<const std::string>(
            R"({"kind":"reply","id":1,"name":"send_message","body":{"seq":1,"time_ms":1700000000000}})");
        std::string text =
            R"({"kind":"event","body":)" + beast::buffers_to_string(buffer_.data()) + "}";
        buffer_.clear();
        if (!partner_) {
            std::string name = name_;
            name[0] = name[0] == 's' ? 'r' : 's';
            const std::lock_guard lock(people_.mutex);
            partner_ = people_.by_name[name];
        }
        if (partner_) partner_->send(std::make_shared<const std::string>(std::move(text)));
        send(reply);
    }

    void write() {
        stream_.async_write(asio::buffer(*outgoing_.front()),
                            [self = shared_from_this()](error_code error, std::size_t) {
                                if (error) return;
                                self->outgoing_.pop_front();
                                if (!self->outgoing_.empty()) self->write();
                            });
    }

    Strand strand_;
    beast::websocket::stream<Socket, false> stream_;
    People& people_;
    beast::flat_buffer buffer_;
    beast::http::request<beast::http::string_body> request_;
    std::string name_;
    std::shared_ptr<Connection> partner_;
    std::deque<Text> outgoing_;
};

void accept_next(asio::io_context& io, asio::ip::tcp::acceptor& acceptor, People& people) {
    acceptor.async_accept(
        asio::make_strand(io.get_executor()), [&](error_code error, Socket socket) {
            if (!error) {
                auto connection = std::make_shared<Connection>(std::move(socket), people);
                connection->start();
            }
            accept_next(io, acceptor, people);
        });
}

}  // namespace

void run_relay(int threads) {
    asio::io_context io;
    People people;
    asio::ip::tcp::acceptor acceptor(io, {asio::ip::address_v4::loopback(), 0});
    std::printf("%u\n", static_cast<unsigned>(acceptor.local_endpoint().port()));
    std::fflush(stdout);
    accept_next(io, acceptor, people);
    std::vector<std::thread> others;
    for (int i = 1; i < threads; ++i)
        others.emplace_back([&io] { io.run(); });
    io.run();
    std::abort();  // it never runs out of work
}

}  // namespace kumquat::bench
