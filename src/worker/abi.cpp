// abi.h over one WorkerHome.
#include "worker/abi.h"

#include <memory>
#include <string>
#include <vector>

#include <emscripten/emscripten.h>

#include "base/check.h"
#include "worker/worker_home.h"

namespace kumquat::worker {
namespace {

std::string_view view(const std::uint8_t* bytes, std::size_t size) {
    return {reinterpret_cast<const char*>(bytes), size};
}

const std::uint8_t* bytes_of(std::string_view text) {
    return reinterpret_cast<const std::uint8_t*>(text.data());
}

class ImportedHost final : public Host {
  public:
    void send(ConnectionId connection, std::string_view text) override {
        host_send(number(connection), text.data(), text.size());
    }
    void close(ConnectionId connection, proto::CloseCode code, std::string_view reason) override {
        host_close(number(connection), static_cast<int>(code), reason.data(), reason.size());
    }
    void commit(std::int64_t record, std::string_view bytes) override {
        host_commit(static_cast<double>(record), bytes_of(bytes), bytes.size());
    }
    void snapshot_chunk(std::int64_t index, bool last, std::string_view bytes) override {
        host_snapshot_chunk(static_cast<double>(index), last ? 1 : 0, bytes_of(bytes),
                            bytes.size());
    }
    void upload_ready(UploadId upload, const Status& status) override {
        host_upload_ready(number(upload), code_of(status));
    }
    void upload_keep(UploadId upload, const BlobId& id) override {
        host_upload_keep(number(upload), id.text().data(), id.text().size());
    }
    void upload_done(UploadId upload, const Result<std::string>& answer) override {
        const std::string text = answer ? *answer : std::string();
        host_upload_done(number(upload), answer ? 0 : code_of(answer.error()), text.data(),
                         text.size());
    }
    void remove_picture(const BlobId& id) override {
        host_remove_picture(id.text().data(), id.text().size());
    }
    void export_bytes(std::string_view bytes) override {
        host_export_bytes(bytes_of(bytes), bytes.size());
    }
    void export_picture(const BlobId& id, std::int64_t bytes) override {
        host_export_picture(id.text().data(), id.text().size(), static_cast<double>(bytes));
    }
    void import_picture(const BlobId& id, std::int64_t offset, std::int64_t bytes) override {
        host_import_picture(id.text().data(), id.text().size(), static_cast<double>(offset),
                            static_cast<double>(bytes));
    }
    void random(char* bytes, std::size_t size) override {
        host_random(reinterpret_cast<std::uint8_t*>(bytes), size);
    }
    TimeMs now() const override { return TimeMs(static_cast<std::int64_t>(host_now())); }
    void log(Level level, std::string_view text) override {
        host_log(static_cast<int>(level), text.data(), text.size());
    }

    /// Remembers what svc_error_text() tells.
    int code_of(const Error& error) {
        error_text_ = std::string(error_text(error.code));
        if (!error.context.empty()) error_text_ += ": " + error.context;
        return static_cast<int>(error.code);
    }
    int code_of(const Status& status) { return status ? 0 : code_of(status.error()); }
    const std::string& last_error() const { return error_text_; }

  private:
    template <typename Tag>
    static std::uint32_t number(Number<Tag> value) {
        return static_cast<std::uint32_t>(value.value());
    }

    std::string error_text_;
};

// One service in a module. Never destroyed: a module ends by being dropped.
struct Module {
    ImportedHost host;
    WorkerHome home{host};
    std::vector<std::uint8_t> buffer;
};

Module& module() {
    static Module* const only = new Module();
    return *only;
}

Status status_of(int code) {
    if (code == 0) return {};
    return Error{static_cast<ErrorCode>(code), "the host's storage"};
}

}  // namespace
}  // namespace kumquat::worker

using namespace kumquat;
using namespace kumquat::worker;

extern "C" {

EMSCRIPTEN_KEEPALIVE std::uint8_t* svc_buffer(std::size_t bytes) {
    auto& buffer = module().buffer;
    // Large ones are rare (chunks of a snapshot): they are not kept for ever.
    constexpr std::size_t kKept = 1024 * 1024;
    if (buffer.size() > kKept && bytes <= kKept) std::vector<std::uint8_t>().swap(buffer);
    if (buffer.size() < bytes || buffer.empty()) buffer.resize(bytes == 0 ? 1 : bytes);
    return buffer.data();
}

EMSCRIPTEN_KEEPALIVE const char* svc_error_text() {
    return module().host.last_error().c_str();
}

EMSCRIPTEN_KEEPALIVE std::size_t svc_error_bytes() {
    return module().host.last_error().size();
}

EMSCRIPTEN_KEEPALIVE int svc_load_chunk(const std::uint8_t* bytes, std::size_t size) {
    return module().host.code_of(module().home.load_chunk(view(bytes, size)));
}

EMSCRIPTEN_KEEPALIVE int svc_load_record(const std::uint8_t* bytes, std::size_t size) {
    return module().host.code_of(module().home.load_record(view(bytes, size)));
}

EMSCRIPTEN_KEEPALIVE int svc_start() {
    return module().host.code_of(module().home.start());
}

EMSCRIPTEN_KEEPALIVE void svc_connect(std::uint32_t connection) {
    module().home.connect(ConnectionId(connection));
}

EMSCRIPTEN_KEEPALIVE void svc_receive(std::uint32_t connection, const std::uint8_t* text,
                                      std::size_t size) {
    module().home.receive(ConnectionId(connection), view(text, size));
}

EMSCRIPTEN_KEEPALIVE void svc_disconnect(std::uint32_t connection) {
    module().home.disconnect(ConnectionId(connection));
}

EMSCRIPTEN_KEEPALIVE double svc_next_tick() {
    const auto next = module().home.next_tick();
    return next ? static_cast<double>(next->value()) : -1;
}

EMSCRIPTEN_KEEPALIVE void svc_tick() {
    module().home.tick();
}

EMSCRIPTEN_KEEPALIVE void svc_committed(double record, int code) {
    module().home.committed(static_cast<std::int64_t>(record), status_of(code));
}

EMSCRIPTEN_KEEPALIVE int svc_snapshot_due() {
    return module().home.snapshot_due() ? 1 : 0;
}

EMSCRIPTEN_KEEPALIVE double svc_snapshot_begin() {
    return static_cast<double>(module().home.snapshot_begin());
}

EMSCRIPTEN_KEEPALIVE int svc_snapshot_next() {
    return module().home.snapshot_next() ? 1 : 0;
}

EMSCRIPTEN_KEEPALIVE void svc_snapshot_stored(int code) {
    module().home.snapshot_stored(status_of(code));
}

EMSCRIPTEN_KEEPALIVE void svc_upload_begin(std::uint32_t upload, const std::uint8_t* session,
                                           std::size_t size) {
    module().home.upload_begin(UploadId(upload), view(session, size));
}

EMSCRIPTEN_KEEPALIVE int svc_upload_feed(std::uint32_t upload, const std::uint8_t* bytes,
                                         std::size_t size) {
    return module().host.code_of(module().home.upload_feed(UploadId(upload), view(bytes, size)));
}

EMSCRIPTEN_KEEPALIVE int svc_upload_finish(std::uint32_t upload) {
    return module().host.code_of(module().home.upload_finish(UploadId(upload)));
}

EMSCRIPTEN_KEEPALIVE void svc_upload_kept(std::uint32_t upload, int code) {
    module().home.upload_kept(UploadId(upload), status_of(code));
}

EMSCRIPTEN_KEEPALIVE void svc_upload_cancel(std::uint32_t upload) {
    module().home.upload_cancel(UploadId(upload));
}

EMSCRIPTEN_KEEPALIVE int svc_has_picture(const std::uint8_t* id, std::size_t size) {
    return module().home.has_picture(view(id, size)) ? 1 : 0;
}

EMSCRIPTEN_KEEPALIVE void svc_export_begin() {
    module().home.export_begin();
}

EMSCRIPTEN_KEEPALIVE int svc_export_next() {
    return static_cast<int>(module().home.export_next());
}

EMSCRIPTEN_KEEPALIVE void svc_export_picture(int found) {
    module().home.export_picture(found != 0);
}

EMSCRIPTEN_KEEPALIVE int svc_is_empty() {
    return module().home.is_empty() ? 1 : 0;
}

EMSCRIPTEN_KEEPALIVE int svc_import_feed(const std::uint8_t* bytes, std::size_t size) {
    return module().host.code_of(module().home.import_feed(view(bytes, size)));
}

EMSCRIPTEN_KEEPALIVE int svc_import_finish() {
    return module().host.code_of(module().home.import_finish());
}

}  // extern "C"
