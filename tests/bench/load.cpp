#include "bench/load.h"

#include <algorithm>
#include <chrono>
#include <deque>
#include <memory>
#include <string_view>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>

#include "proto/codec.h"

namespace kumquat::bench {
namespace {

namespace asio = boost::asio;
namespace websocket = boost::beast::websocket;
using boost::system::error_code;
using Clock = std::chrono::steady_clock;

constexpr std::string_view kReplySign = "\"kind\":\"reply\"";
constexpr std::string_view kEventSign = "\"kind\":\"event\"";
constexpr std::string_view kErrorSign = "\"kind\":\"error\"";

struct Shared {
    LoadSettings settings;
    LoadResult result;
    bool sending = false;
    bool measuring = false;
    std::int64_t waiting = 0;  // for replies of the set-up
};

class Person {
  public:
    Person(asio::io_context& io, Shared& shared, std::string id, std::string peer)
        : shared_(shared), stream_(io), id_(std::move(id)), peer_(std::move(peer)) {}

    // Blocks: everybody comes in one after the other.
    bool connect() {
        error_code error;
        auto& socket = stream_.next_layer();
        socket.connect({asio::ip::address_v4::loopback(), shared_.settings.port}, error);
        if (error) return false;
        socket.set_option(asio::ip::tcp::no_delay(true), error);
        const std::string host = "localhost:" + std::to_string(shared_.settings.port);
        // The name stands in the address for the relay; kumquatd does not look at it.
        stream_.handshake(host, "/ws?" + id_, error);
        if (error) return false;
        read();
        return true;
    }

    void enter() {
        proto::Hello hello;
        hello.client = "bench";
        request(hello);
        proto::SignIn sign_in;
        sign_in.user_id = id_;
        sign_in.device = DeviceId(1);
        request(sign_in);
        shared_.waiting += 2;
    }

    void befriend() {
        proto::AddFriend add;
        add.user_id = peer_;
        request(add);
        ++shared_.waiting;
    }

    void start_sending() {
        for (int i = 0; i < shared_.settings.window; ++i)
            send_next();
    }

    std::size_t unfinished() const { return sent_.size(); }

  private:
    void request(proto::Request request) {
        write(proto::encode(proto::ClientFrame{RequestId(++last_request_), std::move(request)}));
    }

    void send_next() {
        sent_.push_back(Clock::now());
        const auto peer = UserId::parse(peer_);
        const std::string text(static_cast<std::size_t>(shared_.settings.text_bytes), 'k');
        request(proto::SendMessage{ConversationId::with(*peer),
                                   ClientMessageId{DeviceId(1), ++counter_},
                                   proto::Body{proto::kTextType, text, ""}});
    }

    void read() {
        stream_.async_read(buffer_, [this](error_code error, std::size_t) {
            if (error) {
                fail("a connection ended: " + error.message());
                return;
            }
            on_text({static_cast<const char*>(buffer_.data().data()), buffer_.size()});
            buffer_.clear();
            read();
        });
    }

    void on_text(std::string_view text) {
        const std::string_view head = text.substr(0, 64);
        if (head.find(kReplySign) != std::string_view::npos) {
            on_reply();
        } else if (head.find(kEventSign) != std::string_view::npos) {
            if (sent_.empty() && counter_ == 0 && shared_.measuring) ++shared_.result.delivered;
        } else if (head.find(kErrorSign) != std::string_view::npos) {
            fail("an error came: " + std::string(text));
        }
    }

    void on_reply() {
        if (counter_ == 0) {
            --shared_.waiting;
            return;
        }
        if (sent_.empty()) return;
        if (shared_.measuring) {
            ++shared_.result.acknowledged;
            const std::chrono::duration<double> took = Clock::now() - sent_.front();
            shared_.result.latencies.push_back(took.count());
        }
        sent_.pop_front();
        if (shared_.sending) send_next();
    }

    void write(std::string text) {
        outgoing_.push_back(std::move(text));
        if (outgoing_.size() == 1) write_front();
    }

    void write_front() {
        stream_.async_write(asio::buffer(outgoing_.front()), [this](error_code error, std::size_t) {
            if (error) {
                fail("a connection ended: " + error.message());
                return;
            }
            outgoing_.pop_front();
            if (!outgoing_.empty()) write_front();
        });
    }

    void fail(std::string what) {
        if (shared_.result.trouble.empty()) shared_.result.trouble = std::move(what);
    }

    Shared& shared_;
    websocket::stream<asio::ip::tcp::socket, false> stream_;
    boost::beast::flat_buffer buffer_;
    std::string id_;
    std::string peer_;
    std::int64_t last_request_ = 0;
    std::int64_t counter_ = 0;
    std::deque<Clock::time_point> sent_;
    std::deque<std::string> outgoing_;
};

class Load {
  public:
    explicit Load(const LoadSettings& settings) {
        shared_.settings = settings;
        for (int i = 0; i < settings.pairs; ++i) {
            const std::string number = std::to_string(i);
            senders_.push_back(std::make_unique<Person>(io_, shared_, "s" + number, "r" + number));
            receivers_.push_back(
                std::make_unique<Person>(io_, shared_, "r" + number, "s" + number));
        }
    }

    LoadResult run(const std::function<void()>& started, const std::function<void()>& ended) {
        if (!connect() || !set_up()) return std::move(shared_.result);
        shared_.sending = true;
        for (auto& sender : senders_)
            sender->start_sending();
        run_until([] { return false; },
                  std::chrono::seconds(1));  // buffers, caches and batches settle
        started();
        shared_.measuring = true;
        const auto begin = Clock::now();
        run_until([] { return false; }, std::chrono::seconds(shared_.settings.seconds));
        shared_.measuring = false;
        const std::chrono::duration<double> took = Clock::now() - begin;
        ended();
        shared_.sending = false;
        run_until([this] { return unfinished() == 0; }, std::chrono::seconds(10));
        shared_.result.seconds = took.count();
        if (unfinished() != 0 && shared_.result.trouble.empty()) {
            shared_.result.trouble =
                std::to_string(unfinished()) + " messages were never acknowledged";
        }
        std::sort(shared_.result.latencies.begin(), shared_.result.latencies.end());
        return std::move(shared_.result);
    }

  private:
    template <typename Condition>
    void run_until(Condition done, Clock::duration patience) {
        const auto deadline = Clock::now() + patience;
        io_.restart();
        while (!done() && shared_.result.trouble.empty() && io_.run_one_until(deadline) != 0) {
        }
    }

    bool connect() {
        for (const auto* people : {&senders_, &receivers_}) {
            for (const auto& person : *people) {
                if (person->connect()) continue;
                shared_.result.trouble = "cannot connect";
                return false;
            }
        }
        return true;
    }

    bool set_up() {
        if (!shared_.settings.speaks_protocol) return true;
        const auto answered = [this] { return shared_.waiting == 0; };
        for (auto& person : senders_)
            person->enter();
        for (auto& person : receivers_)
            person->enter();
        run_until(answered, std::chrono::seconds(30));
        for (auto& person : senders_)
            person->befriend();
        run_until(answered, std::chrono::seconds(30));
        if (!answered() && shared_.result.trouble.empty())
            shared_.result.trouble = "the set-up was not answered";
        return shared_.result.trouble.empty();
    }

    std::size_t unfinished() const {
        std::size_t sum = 0;
        for (const auto& sender : senders_)
            sum += sender->unfinished();
        return sum;
    }

    asio::io_context io_;
    Shared shared_;
    std::vector<std::unique_ptr<Person>> senders_;
    std::vector<std::unique_ptr<Person>> receivers_;
};

}  // namespace

LoadResult run_load(const LoadSettings& settings, const std::function<void()>& started,
                    const std::function<void()>& ended) {
    return Load(settings).run(started, ended);
}

}  // namespace kumquat::bench
