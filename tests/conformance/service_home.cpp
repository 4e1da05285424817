// The service in the test's own process, over the store that the program was linked with
// (contract/store_home.h). Frames are handled as kumquatd handles them
// (server/socket_connection.cpp).
#include <chrono>
#include <deque>
#include <map>
#include <thread>
#include <utility>
#include <variant>

#include "base/check.h"
#include "base/limits.h"
#include "conformance/wire.h"
#include "contract/store_home.h"
#include "proto/frame_intake.h"
#include "service/service.h"

namespace kumquat::conformance {
namespace {

using service::ConnectionId;

class SystemClock final : public Clock {
  public:
    TimeMs now() const override {
        using std::chrono::duration_cast;
        const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
        return TimeMs(duration_cast<std::chrono::milliseconds>(since_1970).count());
    }
};

/// Tokens that count up; no secrets are kept here.
class CountingCrypto final : public service::Crypto {
  public:
    std::string random_token() override {
        const std::string digits = std::to_string(++tokens_);
        return std::string(32 - digits.size(), '0') + digits;
    }
    store::TokenHash hash(std::string_view text) override {
        store::TokenHash hash{};
        for (std::size_t i = 0; i < text.size(); ++i)
            hash[i % hash.size()] ^= static_cast<std::uint8_t>(text[i]);
        return hash;
    }

  private:
    int tokens_ = 0;
};

class ServiceHome final : public Home, public service::Outlet {
  public:
    ServiceHome() : durable_(store::make_store_home()), store_(durable_->open(executor_)) {
        service::Options options;
        options.sign_in = {proto::SignInMode::kName};
        service_ =
            std::make_unique<service::Service>(options, *store_, clock_, crypto_, nullptr, *this);
    }

    std::unique_ptr<Wire> connect() override;
    std::optional<Uploaded> upload(const std::string& session, std::int64_t width,
                                   std::int64_t height) override;

    void send(const std::vector<ConnectionId>& to,
              std::shared_ptr<const proto::ServerFrame> frame) override {
        const std::string text = proto::encode(*frame);
        KUMQUAT_CHECK(text.size() <= limits::kFrameBytes);
        for (const ConnectionId id : to)
            ends_[id].incoming.push_back(Incoming{Incoming::Kind::kFrame, text, 0});
    }
    void close(ConnectionId id, proto::CloseCode code, std::string_view) override {
        ends_[id].open = false;
        ends_[id].incoming.push_back(Incoming{Incoming::Kind::kClosed, {}, static_cast<int>(code)});
    }

    void take(ConnectionId id, std::string_view text);
    Incoming give(ConnectionId id);
    void hang_up(ConnectionId id) {
        if (std::exchange(ends_[id].open, false)) service_->disconnect(id);
    }

  private:
    struct End {
        bool open = true;
        proto::FrameIntake intake;
        std::deque<Incoming> incoming;
    };

    void tick() {
        const auto next = service_->next_tick();
        if (next && *next <= clock_.now()) service_->tick();
    }
    void refuse(ConnectionId id, const proto::Refusal& refusal);
    void end(ConnectionId id, proto::CloseCode code) {
        service_->disconnect(id);
        close(id, code, "");
    }

    store::TestExecutor executor_;
    SystemClock clock_;
    CountingCrypto crypto_;
    std::unique_ptr<store::StoreHome> durable_;
    std::unique_ptr<store::Store> store_;
    std::unique_ptr<service::Service> service_;
    std::map<ConnectionId, End> ends_;
    ConnectionId last_;
};

class ServiceWire final : public Wire {
  public:
    ServiceWire(ServiceHome& home, ConnectionId id) : home_(home), id_(id) {}
    ~ServiceWire() override { home_.hang_up(id_); }
    void send(std::string_view text) override { home_.take(id_, text); }
    Incoming receive() override { return home_.give(id_); }
    void close() override { home_.hang_up(id_); }

  private:
    ServiceHome& home_;
    const ConnectionId id_;
};

std::unique_ptr<Wire> ServiceHome::connect() {
    last_ = last_.next();
    ends_[last_];
    service_->connect(last_);
    return std::make_unique<ServiceWire>(*this, last_);
}

// As kumquatd takes one in, less the bytes.
std::optional<Uploaded> ServiceHome::upload(const std::string& session, std::int64_t width,
                                            std::int64_t height) {
    std::optional<Result<UserKey>> owner;
    service_->begin_upload(session, [&](Result<UserKey> user) { owner = std::move(user); });
    executor_.run_until([&] { return owner.has_value(); });
    if (!*owner) return std::nullopt;
    store::BlobRow blob;
    blob.id = BlobId::parse(crypto_.random_token()).value();
    blob.owner = **owner;
    blob.format = 3;
    blob.width = width;
    blob.height = height;
    blob.bytes = 1000;
    std::optional<Status> kept;
    service_->finish_upload(blob, [&](Status status) { kept = std::move(status); });
    executor_.run_until([&] { return kept.has_value(); });
    if (!*kept) return std::nullopt;
    return Uploaded{blob.id.text(), blob.bytes};
}

void ServiceHome::take(ConnectionId id, std::string_view text) {
    if (!ends_[id].open) return;
    auto taken = ends_[id].intake.take(text);
    if (const auto* refusal = std::get_if<proto::Refusal>(&taken)) return refuse(id, *refusal);
    service_->receive(id, std::move(*std::get_if<proto::ClientFrame>(&taken)));
}

void ServiceHome::refuse(ConnectionId id, const proto::Refusal& refusal) {
    if (refusal.answer) send({id}, std::make_shared<const proto::ServerFrame>(*refusal.answer));
    if (refusal.ending) end(id, refusal.ending->code);
}

Incoming ServiceHome::give(ConnectionId id) {
    auto& incoming = ends_[id].incoming;
    executor_.run_posted();
    tick();
#ifndef __EMSCRIPTEN__  // one thread: what has not come by now never comes
    const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (incoming.empty() && std::chrono::steady_clock::now() < give_up) {
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
        executor_.run_posted();
        tick();
    }
#endif
    if (incoming.empty()) return Incoming{};
    Incoming next = std::move(incoming.front());
    incoming.pop_front();
    return next;
}

}  // namespace

std::unique_ptr<Home> make_home() {
    return std::make_unique<ServiceHome>();
}

}  // namespace kumquat::conformance
