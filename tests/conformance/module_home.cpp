// The browser home as the page gets it: the WebAssembly module, driven through its border (src/
// worker/abi.h) by a host of JavaScript (library_module_home.js), under node. Whenever nobody is
// connected it is dropped and started again from what its storage holds.
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/check.h"
#include "base/limits.h"
#include "conformance/wire.h"
#include "picture/samples.h"

extern "C" {
void module_home_clear();
int module_home_start(const char* path);
void module_home_snapshot();
void module_home_connect(int connection);
void module_home_disconnect(int connection);
void module_home_receive(int connection, const char* text, int size);
int module_home_take(int connection, char* text, int size);
int module_home_upload(int upload, const char* session, int session_size, const char* file,
                       int file_size, char* answer);
}

namespace kumquat::conformance {
namespace {

class ModuleHome final : public Home {
  public:
    ModuleHome() {
        module_home_clear();
        start();
    }

    std::unique_ptr<Wire> connect() override;
    std::optional<Uploaded> upload(const std::string& session, std::int64_t width,
                                   std::int64_t height) override;

    void hang_up(int connection) {
        module_home_disconnect(connection);
        if (--open_ > 0) return;
        if (starts_ % 2 == 0) module_home_snapshot();
        start();
    }

  private:
    void start() {
        ++starts_;
        KUMQUAT_CHECK(module_home_start(KUMQUAT_MODULE) == 0);
    }

    // Of all homes of a process: the storage is one.
    static inline int last_ = 0;
    int open_ = 0;
    int starts_ = 0;
};

class ModuleWire final : public Wire {
  public:
    ModuleWire(ModuleHome& home, int connection) : home_(home), connection_(connection) {}
    ~ModuleWire() override { close(); }
    void send(std::string_view text) override {
        module_home_receive(connection_, text.data(), static_cast<int>(text.size()));
    }
    Incoming receive() override {
        std::vector<char> frame(limits::kFrameBytes);
        const int size =
            module_home_take(connection_, frame.data(), static_cast<int>(frame.size()));
        if (size > 0)
            return Incoming{Incoming::Kind::kFrame,
                            std::string(frame.data(), static_cast<std::size_t>(size)), 0};
        if (size < 0) return Incoming{Incoming::Kind::kClosed, {}, -size};
        return Incoming{};
    }
    void close() override {
        if (std::exchange(open_, false)) home_.hang_up(connection_);
    }

  private:
    ModuleHome& home_;
    const int connection_;
    bool open_ = true;
};

std::unique_ptr<Wire> ModuleHome::connect() {
    ++open_;
    module_home_connect(++last_);
    return std::make_unique<ModuleWire>(*this, last_);
}

std::optional<Uploaded> ModuleHome::upload(const std::string& session, std::int64_t width,
                                           std::int64_t height) {
    const std::string file =
        picture::png_of(static_cast<std::uint32_t>(width), static_cast<std::uint32_t>(height));
    char answer[512];
    const int size = module_home_upload(++last_, session.data(), static_cast<int>(session.size()),
                                        file.data(), static_cast<int>(file.size()), answer);
    const auto reply = nlohmann::json::parse(answer, answer + size, nullptr, false);
    if (reply.is_discarded()) return std::nullopt;
    return Uploaded{reply["id"].get<std::string>(), reply["size"].get<std::int64_t>()};
}

}  // namespace

std::unique_ptr<Home> make_home() {
    return std::make_unique<ModuleHome>();
}

}  // namespace kumquat::conformance
