// The browser home (src/worker) over a host in memory. Between the runs of a script it is dropped
// and started again from what its storage holds, as after a crash of the browser's worker.
#include <utility>

#include <nlohmann/json.hpp>

#include "base/check.h"
#include "conformance/wire.h"
#include "picture/samples.h"
#include "worker/memory_host.h"

namespace kumquat::conformance {
namespace {

using worker::ConnectionId;

class WorkerUnderTest final : public Home {
  public:
    WorkerUnderTest() { start(); }

    std::unique_ptr<Wire> connect() override;
    std::optional<Uploaded> upload(const std::string& session, std::int64_t width,
                                   std::int64_t height) override;

    void take(ConnectionId id, std::string_view text) {
        home_->receive(id, text);
        host_->settle();
    }
    Incoming give(ConnectionId id);
    void hang_up(ConnectionId id) {
        home_->disconnect(id);
        host_->settle();
        if (--open_ == 0) start();
    }

  private:
    void start();

    worker::Storage storage_;
    std::unique_ptr<worker::MemoryHost> host_;
    std::unique_ptr<worker::WorkerHome> home_;
    ConnectionId last_;
    worker::UploadId last_upload_;
    int open_ = 0;
    int starts_ = 0;
};

class WorkerWire final : public Wire {
  public:
    WorkerWire(WorkerUnderTest& home, ConnectionId id) : home_(home), id_(id) {}
    ~WorkerWire() override { close(); }
    void send(std::string_view text) override { home_.take(id_, text); }
    Incoming receive() override { return home_.give(id_); }
    void close() override {
        if (std::exchange(open_, false)) home_.hang_up(id_);
    }

  private:
    WorkerUnderTest& home_;
    const ConnectionId id_;
    bool open_ = true;
};

// Nobody is connected. Every other start finds a snapshot.
void WorkerUnderTest::start() {
    if (home_ != nullptr && ++starts_ % 2 == 0) host_->snapshot();
    home_.reset();
    host_ = std::make_unique<worker::MemoryHost>(storage_);
    // Tokens and IDs are never given twice, whatever the start.
    for (int i = 0; i < starts_ * 1000; ++i) {
        char bytes[1];
        host_->random(bytes, 1);
    }
    home_ = std::make_unique<worker::WorkerHome>(*host_);
    host_->home = home_.get();
    const Status started = storage_.open(*home_);
    KUMQUAT_CHECK(started);
}

std::unique_ptr<Wire> WorkerUnderTest::connect() {
    last_ = last_.next();
    ++open_;
    home_->connect(last_);
    return std::make_unique<WorkerWire>(*this, last_);
}

Incoming WorkerUnderTest::give(ConnectionId id) {
    if (const auto next = home_->next_tick(); next && *next <= host_->time) home_->tick();
    host_->settle();
    auto& port = host_->ports[id];
    if (!port.frames.empty()) {
        Incoming next{Incoming::Kind::kFrame, std::move(port.frames.front()), 0};
        port.frames.pop_front();
        return next;
    }
    if (port.closed) return Incoming{Incoming::Kind::kClosed, {}, static_cast<int>(*port.closed)};
    return Incoming{};
}

std::optional<Uploaded> WorkerUnderTest::upload(const std::string& session, std::int64_t width,
                                                std::int64_t height) {
    last_upload_ = last_upload_.next();
    const auto answer = worker::upload(
        *host_, storage_, last_upload_, session,
        picture::png_of(static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height)));
    if (!answer) return std::nullopt;
    const auto reply = nlohmann::json::parse(*answer, nullptr, false);
    if (reply.is_discarded()) return std::nullopt;
    return Uploaded{reply["id"].get<std::string>(), reply["size"].get<std::int64_t>()};
}

}  // namespace

std::unique_ptr<Home> make_home() {
    return std::make_unique<WorkerUnderTest>();
}

}  // namespace kumquat::conformance
