#include "server/listener.h"

#include <chrono>
#include <utility>

#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <spdlog/spdlog.h>

namespace kumquat::server {
namespace {

constexpr auto kRetryAfter = std::chrono::milliseconds(100);

// Something of the system has run out, and may come back; anything else is one client's bad luck.
bool is_exhausted(error_code error) {
    return error == asio::error::no_descriptors || error == asio::error::no_memory ||
           error == asio::error::no_buffer_space ||
           error == error_code(ENFILE, boost::system::system_category());
}

}  // namespace

class Listener::Impl : public std::enable_shared_from_this<Impl> {
  public:
    Impl(asio::io_context& io, std::size_t connections_max, Metrics& metrics)
        : io_(io),
          strand_(asio::make_strand(io)),
          acceptor_(strand_),
          timer_(strand_),
          connections_max_(static_cast<std::int64_t>(connections_max)),
          metrics_(metrics) {}

    Status open(const Settings& settings) {
        error_code error;
        const auto address = asio::ip::make_address(settings.bind, error);
        if (error) return Error{ErrorCode::kInvalidArgument, settings.bind + " is not an address"};
        const Tcp::endpoint endpoint(address, settings.port);
        acceptor_.open(endpoint.protocol(), error);
        if (!error) acceptor_.set_option(Tcp::acceptor::reuse_address(true), error);
        if (!error) acceptor_.bind(endpoint, error);
        if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
        if (!error) return {};
        return Error{ErrorCode::kIo, reason_text(settings, error)};
    }

    std::uint16_t port() const {
        error_code ignored;
        return acceptor_.local_endpoint(ignored).port();
    }

    void start(Handler handler) {
        asio::post(strand_, [self = shared_from_this(), handler = std::move(handler)]() mutable {
            self->handler_ = std::move(handler);
            self->accept();
        });
    }

    void stop() {
        asio::post(strand_, [self = shared_from_this()] {
            error_code ignored;
            self->acceptor_.close(ignored);
            self->timer_.cancel();
            self->handler_ = nullptr;
        });
    }

  private:
    static std::string reason_text(const Settings& settings, error_code error) {
        const std::string port = std::to_string(settings.port);
        if (error == asio::error::address_in_use) {
            return "--port: port " + port + " on " + settings.bind +
                   " is in use by another program; end it, or choose another port";
        }
        if (error == asio::error::access_denied) {
            return "--port: port " + port +
                   " needs more rights than this program has; choose one above 1023";
        }
        return "--bind: cannot listen on " + settings.bind + " port " + port + ": " +
               error.message();
    }

    void accept() {
        if (!acceptor_.is_open()) return;
        if (metrics_.connections_open >= connections_max_) {
            // Those who come now wait in the system's queue.
            retry_later();
            return;
        }
        acceptor_.async_accept(asio::make_strand(io_.get_executor()),
                               [self = shared_from_this()](error_code error, TcpSocket socket) {
                                   self->on_accept(error, std::move(socket));
                               });
    }

    void on_accept(error_code error, TcpSocket socket) {
        if (!handler_ || error == asio::error::operation_aborted) return;
        if (error) {
            ++metrics_.accept_failures;
            if (is_exhausted(error)) {
                report(error);
                retry_later();
                return;
            }
        } else {
            ++metrics_.connections_accepted;
            ++metrics_.connections_open;
            auto guard = std::shared_ptr<void>(static_cast<void*>(&metrics_), [](void* metrics) {
                --static_cast<Metrics*>(metrics)->connections_open;
            });
            handler_(std::move(socket), std::move(guard));
        }
        accept();
    }

    // Once a second at most: it goes on as long as the shortage does.
    void report(error_code error) {
        const auto now = std::chrono::steady_clock::now();
        if (now - reported_ < std::chrono::seconds(1)) return;
        reported_ = now;
        spdlog::warn("cannot accept a connection: {}", error.message());
    }

    void retry_later() {
        timer_.expires_after(kRetryAfter);
        timer_.async_wait([self = shared_from_this()](error_code error) {
            if (!error) self->accept();
        });
    }

    asio::io_context& io_;
    Strand strand_;
    asio::basic_socket_acceptor<Tcp, Strand> acceptor_;
    asio::basic_waitable_timer<std::chrono::steady_clock,
                               asio::wait_traits<std::chrono::steady_clock>, Strand>
        timer_;
    const std::int64_t connections_max_;
    Metrics& metrics_;
    Handler handler_;
    std::chrono::steady_clock::time_point reported_;
};

Listener::Listener(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}
Listener::~Listener() = default;

Result<std::unique_ptr<Listener>> Listener::open(asio::io_context& io, const Settings& settings,
                                                 Metrics& metrics) {
    auto impl = std::make_shared<Impl>(io, settings.connections_max, metrics);
    KUMQUAT_TRY(impl->open(settings));
    return std::unique_ptr<Listener>(new Listener(std::move(impl)));
}

std::uint16_t Listener::port() const {
    return impl_->port();
}
void Listener::start(Handler handler) {
    impl_->start(std::move(handler));
}
void Listener::stop() {
    impl_->stop();
}

}  // namespace kumquat::server
