#include "server/socket_connection.h"

#include <algorithm>
#include <chrono>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/field.hpp>
#include <boost/beast/websocket/stream.hpp>

#include "base/limits.h"
#include "base/utf8.h"
#include "proto/frame_intake.h"
#include "server/gather_stream.h"
#include "server/version.h"

namespace kumquat::server {
namespace {

namespace beast = boost::beast;
namespace websocket = beast::websocket;
using proto::CloseCode;
using SteadyClock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::size_t kCloseReasonBytes = 123;  // RFC 6455, 5.5

class SocketConnection final : public Peer,
                               public GatherStream::Observer,
                               public std::enable_shared_from_this<SocketConnection> {
  public:
    SocketConnection(const Context& context, TcpSocket socket, std::shared_ptr<void> guard)
        : context_(context),
          bounds_(context.config.bounds),
          strand_(socket.get_executor()),
          stream_(std::move(socket)),
          watchdog_(strand_),
          intake_(bounds_.bad_frames),
          guard_(std::move(guard)) {
        stream_.next_layer().set_observer(this);
    }
    ~SocketConnection() override { set_queue_metric(0); }

    void start(HttpRequest upgrade);

    // From the service's strand:
    void deliver(std::shared_ptr<const OutFrame> frame) override;
    void end(CloseCode code, std::string reason) override;
    void resume() override;
    void abort() override;

    // From the stream below:
    void wrote(std::size_t bytes) override;
    void write_failed() override { finish(); }
    std::shared_ptr<void> keep_alive() override { return shared_from_this(); }

  private:
    enum class State { kOpen, kClosing, kEnded };
    struct Ending {
        CloseCode code;
        std::string reason;
    };

    void on_accept(error_code error);
    void read();
    void on_read(error_code error);
    void on_message();
    void refuse(proto::Refusal refusal);
    void read_on_if_allowed();
    void flush();
    void write_frames(const std::vector<std::shared_ptr<const OutFrame>>& frames);
    void close(CloseCode code, std::string_view reason);
    void slow_reader();
    void finish();
    void watch();
    void on_watch();
    void set_queue_metric(std::size_t bytes);
    GatherStream& output() { return stream_.next_layer(); }

    const Context context_;
    const Bounds& bounds_;
    const Strand strand_;
    websocket::stream<GatherStream, false> stream_;
    asio::steady_timer watchdog_;
    proto::FrameIntake intake_;
    std::shared_ptr<void> guard_;
    beast::flat_buffer buffer_;
    HttpRequest upgrade_;

    // On the strand:
    State state_ = State::kOpen;
    ConnectionId id_;
    bool reading_ = false;
    bool host_full_ = false;
    bool peer_closing_ = false;
    std::size_t in_flight_ = 0;
    bool watching_ = false;
    SteadyClock::time_point progress_;
    SteadyClock::time_point closing_since_;
    std::size_t queue_metric_ = 0;

    // Between the service's strand and ours:
    std::mutex pending_mutex_;
    std::vector<std::shared_ptr<const OutFrame>> pending_;
    std::optional<Ending> pending_end_;
    bool pending_resume_ = false;
    bool flush_posted_ = false;
};

void SocketConnection::start(HttpRequest upgrade) {
    upgrade_ = std::move(upgrade);
    websocket::stream_base::timeout timeout{};
    timeout.handshake_timeout = milliseconds(bounds_.socket_handshake_ms);
    timeout.idle_timeout = milliseconds(bounds_.socket_idle_ms);
    timeout.keep_alive_pings = true;
    stream_.set_option(timeout);
    stream_.read_message_max(0);  // on_read() keeps the limit, with a code of our own
    stream_.set_option(websocket::stream_base::decorator([](websocket::response_type& response) {
        response.set(beast::http::field::server, std::string("kumquatd/") + kVersionText);
    }));
    stream_.control_callback([this](websocket::frame_type kind, beast::string_view) {
        // Beast answers; after that no data frame may follow (RFC 6455, 5.5.1).
        if (kind == websocket::frame_type::close) peer_closing_ = true;
    });
    stream_.async_accept(upgrade_,
                         [self = shared_from_this()](error_code error) { self->on_accept(error); });
}

void SocketConnection::on_accept(error_code error) {
    upgrade_ = {};
    if (error) return;
    stream_.text(true);
    ++context_.metrics.sockets_open;
    id_ = context_.host.attach(shared_from_this());
    read();
}

// --- Reading -----------------------------------------------------------------------------------

void SocketConnection::read() {
    reading_ = true;
    const std::size_t room =
        limits::kFrameBytes + 1 - std::min(buffer_.size(), limits::kFrameBytes);
    stream_.async_read_some(
        buffer_, room,
        [self = shared_from_this()](error_code error, std::size_t) { self->on_read(error); });
}

void SocketConnection::on_read(error_code error) {
    reading_ = false;
    if (error) {
        finish();
        return;
    }
    if (state_ != State::kOpen) {
        // The client's close frame is still to come; what it sends before is of no interest.
        buffer_.clear();
        read();
        return;
    }
    if (buffer_.size() > limits::kFrameBytes) {
        refuse(proto::FrameIntake::too_large());
        return;
    }
    if (stream_.is_message_done()) {
        on_message();
        buffer_.clear();
    }
    read_on_if_allowed();
}

void SocketConnection::on_message() {
    ++context_.metrics.frames_in;
    if (stream_.got_binary()) {
        refuse(intake_.refuse(RequestId(), Error{ErrorCode::kBadFrame, "a binary frame"}));
        return;
    }
    const std::string_view text(static_cast<const char*>(buffer_.data().data()), buffer_.size());
    auto taken = intake_.take(text);
    if (auto* refusal = std::get_if<proto::Refusal>(&taken)) {
        refuse(std::move(*refusal));
        return;
    }
    ++in_flight_;
    if (!context_.host.submit(id_, std::get<proto::ClientFrame>(std::move(taken)))) {
        host_full_ = true;
    }
}

void SocketConnection::refuse(proto::Refusal refusal) {
    if (refusal.answer) {
        ++context_.metrics.bad_frames;
        if (refusal.answer->id) ++in_flight_;  // until write_frames() has answered it
        write_frames({std::make_shared<const OutFrame>(
            std::make_shared<const proto::ServerFrame>(*std::move(refusal.answer)))});
    }
    if (refusal.ending) close(refusal.ending->code, refusal.ending->reason);
}

void SocketConnection::read_on_if_allowed() {
    if (reading_ || host_full_) return;
    if (state_ == State::kOpen && (in_flight_ >= limits::kRequestsInFlight ||
                                   output().queued_bytes() > bounds_.queue_pause_bytes)) {
        return;
    }
    if (state_ != State::kEnded) read();
}

void SocketConnection::resume() {
    {
        const std::lock_guard lock(pending_mutex_);
        pending_resume_ = true;
        if (std::exchange(flush_posted_, true)) return;
    }
    asio::post(strand_, [self = shared_from_this()] { self->flush(); });
}

void SocketConnection::abort() {
    asio::post(strand_, [self = shared_from_this()] { self->finish(); });
}

// --- Writing -----------------------------------------------------------------------------------

void SocketConnection::deliver(std::shared_ptr<const OutFrame> frame) {
    {
        const std::lock_guard lock(pending_mutex_);
        pending_.push_back(std::move(frame));
        if (std::exchange(flush_posted_, true)) return;
    }
    asio::post(strand_, [self = shared_from_this()] { self->flush(); });
}

void SocketConnection::end(CloseCode code, std::string reason) {
    {
        const std::lock_guard lock(pending_mutex_);
        if (!pending_end_) pending_end_ = Ending{code, std::move(reason)};
        if (std::exchange(flush_posted_, true)) return;
    }
    asio::post(strand_, [self = shared_from_this()] { self->flush(); });
}

void SocketConnection::flush() {
    std::vector<std::shared_ptr<const OutFrame>> frames;
    std::optional<Ending> ending;
    {
        const std::lock_guard lock(pending_mutex_);
        frames.swap(pending_);
        ending = pending_end_;
        if (std::exchange(pending_resume_, false)) host_full_ = false;
        flush_posted_ = false;
    }
    if (state_ != State::kOpen) return;
    write_frames(frames);
    if (ending && state_ == State::kOpen) close(ending->code, ending->reason);
    read_on_if_allowed();
}

void SocketConnection::write_frames(const std::vector<std::shared_ptr<const OutFrame>>& frames) {
    if (output().idle()) progress_ = SteadyClock::now();
    for (const auto& frame : frames) {
        if (frame->answers_request()) --in_flight_;
        if (peer_closing_) continue;
        output().push(frame);
        ++context_.metrics.frames_out;
    }
    if (output().queued_bytes() > bounds_.queue_bytes) {
        slow_reader();
        return;
    }
    output().flush();
    set_queue_metric(output().queued_bytes());
    if (!output().idle()) watch();
}

void SocketConnection::wrote(std::size_t bytes) {
    ++context_.metrics.writes_out;
    context_.metrics.bytes_out += static_cast<std::int64_t>(bytes);
    progress_ = SteadyClock::now();
    set_queue_metric(output().queued_bytes());
    if (state_ == State::kOpen && id_) read_on_if_allowed();
}

// --- Ending ------------------------------------------------------------------------------------

void SocketConnection::close(CloseCode code, std::string_view reason) {
    if (state_ != State::kOpen) return;
    state_ = State::kClosing;
    closing_since_ = SteadyClock::now();
    watching_ = true;
    on_watch();
    websocket::close_reason close_reason(static_cast<std::uint16_t>(code));
    const std::string_view cut = truncate_utf8(reason, kCloseReasonBytes);
    close_reason.reason.assign(cut.data(), cut.size());
    // Queues the close frame and reads until the client's own has come.
    stream_.async_close(close_reason, [self = shared_from_this()](error_code) { self->finish(); });
}

void SocketConnection::slow_reader() {
    ++context_.metrics.slow_readers;
    // What it has not read is lost for this connection, and comes again with its next sync.
    output().drop_unstarted();
    set_queue_metric(output().queued_bytes());
    close(CloseCode::kSlowReader, "the client does not read what it is sent");
}

void SocketConnection::finish() {
    if (state_ == State::kEnded) return;
    state_ = State::kEnded;
    watchdog_.cancel();
    error_code ignored;
    output().next_layer().close(ignored);
    if (id_) {
        --context_.metrics.sockets_open;
        context_.host.detach(id_);
    }
}

void SocketConnection::watch() {
    if (watching_) return;
    watching_ = true;
    on_watch();
}

// One timer for both bounds in time: no progress in writing, and a close that is not answered.
void SocketConnection::on_watch() {
    if (state_ == State::kEnded) return;
    const auto now = SteadyClock::now();
    SteadyClock::time_point next;
    if (state_ == State::kClosing) {
        next = closing_since_ + milliseconds(bounds_.socket_handshake_ms);
        if (now >= next) {
            finish();
            return;
        }
    } else if (output().idle()) {
        watching_ = false;
        return;
    } else {
        next = progress_ + milliseconds(bounds_.write_stall_ms);
        if (now >= next) {
            slow_reader();  // which watches the close from here on
            return;
        }
    }
    watchdog_.expires_at(next);
    watchdog_.async_wait([self = shared_from_this()](error_code error) {
        if (!error) self->on_watch();
    });
}

void SocketConnection::set_queue_metric(std::size_t bytes) {
    context_.metrics.queue_bytes +=
        static_cast<std::int64_t>(bytes) - static_cast<std::int64_t>(queue_metric_);
    queue_metric_ = bytes;
}

}  // namespace

void run_socket_connection(const Context& context, TcpSocket socket, HttpRequest upgrade,
                           std::shared_ptr<void> connection_guard) {
    if (context.config.bounds.socket_send_buffer > 0) {
        error_code ignored;
        socket.set_option(
            asio::socket_base::send_buffer_size(context.config.bounds.socket_send_buffer), ignored);
    }
    error_code ignored;
    socket.set_option(Tcp::no_delay(true), ignored);
    std::make_shared<SocketConnection>(context, std::move(socket), std::move(connection_guard))
        ->start(std::move(upgrade));
}

}  // namespace kumquat::server
