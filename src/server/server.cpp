#include "server/server.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/steady_timer.hpp>
#include <spdlog/spdlog.h>

#include "server/context.h"
#include "server/crypto.h"
#include "server/http_connection.h"
#include "server/listener.h"
#include "server/measured_store.h"
#include "server/open_store.h"
#include "server/orphan_sweep.h"
#include "server/upload_places.h"
#include "server/user_sig/user_sig_verifier.h"
#include "server/version.h"

namespace kumquat::server {
namespace {

constexpr auto kReportEvery = std::chrono::seconds(60);
constexpr auto kPoll = std::chrono::milliseconds(2);

class SystemClock final : public Clock {
  public:
    TimeMs now() const override {
        const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
        return TimeMs(std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count());
    }
};

std::string page_config(const std::vector<proto::SignInMode>& modes) {
    std::string names;
    for (const proto::SignInMode mode : modes) {
        if (!names.empty()) names += ",";
        names += mode == proto::SignInMode::kName ? "\"name\"" : "\"usersig\"";
    }
    return "{\"mode\":\"server\",\"sign_in\":[" + names + "]}";
}

bool contains(const std::vector<proto::SignInMode>& modes, proto::SignInMode mode) {
    return std::find(modes.begin(), modes.end(), mode) != modes.end();
}

Status check_user_sig_key(const Config& config, const std::vector<proto::SignInMode>& modes) {
    if (!contains(modes, proto::SignInMode::kUserSig) || config.user_sig) return {};
    return Error{ErrorCode::kInvalidArgument,
                 "--sign-in: usersig needs the key of your SDKAppID: name its file with "
                 "--usersig-key-file (or put it into the environment variable "
                 "KUMQUAT_USERSIG_KEY), and its number with --sdk-app-id"};
}

}  // namespace

class Server::Impl {
  public:
    explicit Impl(Config config) : config_(std::move(config)) {}
    ~Impl() { stop(); }

    Status start();
    void stop();

    std::uint16_t port() const { return port_; }
    std::string address() const;
    std::string metrics_text() const { return prometheus_text(metrics_, host_->counters()); }

  private:
    Status load_page(const std::vector<proto::SignInMode>& modes);
    Status listen();
    void start_service(const std::vector<proto::SignInMode>& modes);
    void run_threads();
    void report_later();
    void report();
    template <typename Condition>
    void wait_until(Condition condition) const;

    // In this order: what stands below may use what stands above until its end.
    Config config_;
    std::uint16_t port_ = 0;
    Metrics metrics_;
    Site site_;
    std::optional<HostGuard> guard_;
    SystemClock clock_;
    std::unique_ptr<service::Crypto> crypto_;
    std::unique_ptr<UserSigVerifier> verifier_;
    std::optional<UploadPlaces> uploads_;
    asio::io_context io_;
    std::optional<StrandExecutor> executor_;
    std::unique_ptr<store::Store> store_;
    std::unique_ptr<store::BlobStore> blobs_;
    std::optional<MeasuredStore> measured_;
    std::unique_ptr<ServiceHost> host_;
    std::optional<OrphanSweep> sweep_;
    std::unique_ptr<Listener> listener_;
    std::optional<asio::steady_timer> report_timer_;
    service::Counters reported_;
    Histogram::Reading reported_commits_;
    std::vector<std::thread> threads_;
};

Status Server::Impl::start() {
    KUMQUAT_TRY_ASSIGN(crypto_, make_crypto());
    executor_.emplace(io_);
    KUMQUAT_TRY_ASSIGN(OpenedStore opened, open_store(config_, *executor_));
    store_ = std::move(opened.store);
    blobs_ = std::move(opened.blobs);
    KUMQUAT_TRY(check_name_sign_in(config_, opened.sign_in));
    KUMQUAT_TRY(check_user_sig_key(config_, opened.sign_in));
    KUMQUAT_TRY(load_page(opened.sign_in));
    KUMQUAT_TRY(listen());
    // Only a server that really starts changes what its data directory remembers.
    KUMQUAT_TRY(opened.remember());
    start_service(opened.sign_in);
    run_threads();
    spdlog::info("kumquatd {} is at {} (data in {}; sign-in: {})", kVersionText, address(),
                 std::filesystem::absolute(config_.data_dir).string(),
                 sign_in_text(opened.sign_in));
    return {};
}

Status Server::Impl::load_page(const std::vector<proto::SignInMode>& modes) {
    if (config_.page_dir.empty()) {
        spdlog::warn("there is no page to serve: build it, or name its folder with --page-dir");
        return {};
    }
    KUMQUAT_TRY_ASSIGN(site_, Site::load(config_.page_dir, page_config(modes)));
    spdlog::debug("serving {} files from {}", site_.size(), config_.page_dir);
    return {};
}

Status Server::Impl::listen() {
    KUMQUAT_TRY_ASSIGN(
        listener_,
        Listener::open(io_, {config_.bind, config_.port, config_.connections_max}, metrics_));
    port_ = listener_->port();
    guard_.emplace(
        HostGuard::Rules{port_, config_.bind, config_.host_names, config_.allow_origins});
    return {};
}

void Server::Impl::start_service(const std::vector<proto::SignInMode>& modes) {
    measured_.emplace(*store_, metrics_);
    if (config_.user_sig) verifier_ = std::make_unique<UserSigVerifier>(*config_.user_sig);
    service::Options options;
    options.server = std::string("kumquatd/") + kVersionText;
    options.sign_in = modes;
    host_ = std::make_unique<ServiceHost>(ServiceHost::Parts{
        std::move(options), &*measured_, &clock_, crypto_.get(), verifier_.get(), &*executor_});
    uploads_.emplace(config_.bounds, metrics_);
    const Context context{config_, *guard_, site_, *host_, metrics_, *blobs_, *uploads_, *crypto_};
    listener_->start([context](TcpSocket socket, std::shared_ptr<void> guard) {
        run_http_connection(context, std::move(socket), std::move(guard));
    });
    sweep_.emplace(OrphanSweep::Parts{executor_->strand(), host_.get(), blobs_.get(),
                                      &config_.bounds, &metrics_});
    sweep_->start();
    report_timer_.emplace(executor_->strand());
    report_later();
}

void Server::Impl::run_threads() {
    const int processors = static_cast<int>(std::thread::hardware_concurrency());
    const int count = config_.threads > 0 ? config_.threads : std::max(2, processors);
    for (int i = 0; i < count; ++i) {
        threads_.emplace_back([this] {
            const auto work = asio::make_work_guard(io_);
            // A connection's own errors never come this far; what does is one handler's misfortune
            // (no memory, most likely), and no reason to let everybody else down.
            while (!io_.stopped()) {
                try {
                    io_.run();
                } catch (const std::exception& error) {
                    spdlog::error("a connection failed: {}", error.what());
                }
            }
        });
    }
}

std::string Server::Impl::address() const {
    std::string host = is_loopback(config_.bind) ? "localhost" : config_.bind;
    // A wildcard is no name; and ::1 is not what "localhost" means everywhere.
    if (host == "0.0.0.0" || host == "::") host = "localhost";
    if (config_.bind == "::1") host = "::1";
    if (host.find(':') != std::string::npos) host = "[" + host + "]";
    return "http://" + host + ":" + std::to_string(port_);
}

template <typename Condition>
void Server::Impl::wait_until(Condition condition) const {
    const auto deadline =
        std::chrono::steady_clock::now() + std::chrono::milliseconds(config_.bounds.stop_ms);
    while (!condition() && std::chrono::steady_clock::now() < deadline) {
        std::this_thread::sleep_for(kPoll);
    }
}

void Server::Impl::stop() {
    if (threads_.empty()) return;
    listener_->stop();
    sweep_->stop();
    // Uploads that have all their bytes still get their answer; the others are told to come again.
    uploads_->stop();
    wait_until([this] { return uploads_->empty(); });
    host_->refuse_requests();
    wait_until([this] { return host_->idle(); });
    host_->end_all(proto::CloseCode::kStopping, "the server stops");
    wait_until([this] { return host_->connections() == 0; });
    if (host_->connections() != 0) {
        host_->abort_all();
        wait_until([this] { return host_->connections() == 0; });
    }
    io_.stop();
    for (std::thread& thread : threads_)
        thread.join();
    threads_.clear();
    // Closing the store writes its log back, which may take a moment: before the last line.
    sweep_.reset();
    blobs_.reset();
    host_.reset();
    measured_.reset();
    store_.reset();
    spdlog::info("kumquatd has stopped");
}

void Server::Impl::report_later() {
    report_timer_->expires_after(kReportEvery);
    report_timer_->async_wait([this](error_code error) {
        if (error) return;
        report();
        report_later();
    });
}

// What the batches of the last minute were like; nothing if there were none.
void Server::Impl::report() {
    const service::Counters now = host_->counters();
    const Histogram::Reading commits = metrics_.commit_seconds.read();
    const auto batches = now.batches - reported_.batches;
    const auto count = commits.count - reported_commits_.count;
    if (batches > 0 && count > 0) {
        spdlog::info(
            "{} connections; last minute: {} requests in {} batches ({:.1f} each), {} messages, "
            "{} commits of {:.1f} ms",
            metrics_.sockets_open.load(), now.batched_requests - reported_.batched_requests,
            batches,
            static_cast<double>(now.batched_requests - reported_.batched_requests) /
                static_cast<double>(batches),
            now.messages - reported_.messages, count,
            1000 * (commits.sum - reported_commits_.sum) / static_cast<double>(count));
    }
    reported_ = now;
    reported_commits_ = commits;
}

Server::Server(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Server::~Server() = default;

Result<std::unique_ptr<Server>> Server::start(Config config) {
    auto impl = std::make_unique<Impl>(std::move(config));
    KUMQUAT_TRY(impl->start());
    return std::unique_ptr<Server>(new Server(std::move(impl)));
}

std::uint16_t Server::port() const {
    return impl_->port();
}
std::string Server::address() const {
    return impl_->address();
}
std::string Server::metrics_text() const {
    return impl_->metrics_text();
}
void Server::stop() {
    impl_->stop();
}

}  // namespace kumquat::server
