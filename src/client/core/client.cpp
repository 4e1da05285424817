#include "client/core/client.h"

#include <utility>

#include "client/core/machine.h"

namespace kumquat::client {

Client::Client(Settings settings) : machine_(std::make_unique<Machine>(std::move(settings))) {}
Client::~Client() = default;
Client::Client(const Client& other) : machine_(std::make_unique<Machine>(*other.machine_)) {}
Client& Client::operator=(const Client& other) {
    if (this != &other) machine_ = std::make_unique<Machine>(*other.machine_);
    return *this;
}
Client::Client(Client&&) noexcept = default;
Client& Client::operator=(Client&&) noexcept = default;

const Model& Client::model() const {
    return machine_->model();
}
std::vector<Effect> Client::take_effects() {
    return machine_->take_effects();
}

void Client::start(const std::optional<StoredSession>& session, Moment now) {
    machine_->start(session, now);
}
void Client::on_opened(ConnectionNumber connection, Moment now) {
    machine_->on_opened(connection, now);
}
void Client::on_closed(ConnectionNumber connection, std::int32_t code, Moment now) {
    machine_->on_closed(connection, code, now);
}
void Client::on_frame(ConnectionNumber connection, const proto::ServerFrame& frame, Moment now) {
    machine_->on_frame(connection, frame, now);
}
void Client::on_unknown_event(ConnectionNumber connection, FeedNumber number, Moment now) {
    machine_->on_unknown_event(connection, number, now);
}
void Client::on_bad_frame(ConnectionNumber connection, const Error&, Moment now) {
    machine_->on_bad_frame(connection, now);
}
void Client::on_timer(Moment now) {
    machine_->on_timer(now);
}
void Client::on_command(const Command& command, Moment now) {
    machine_->on_command(command, now);
}
void Client::on_stored(const StoredData& data, Moment now) {
    machine_->on_stored(data, now);
}
void Client::on_outbox_changed(Moment now) {
    machine_->on_outbox_changed(now);
}
void Client::on_store_failed(const ClientMessageId& client_id, Moment now) {
    machine_->on_store_failed(client_id, now);
}
void Client::on_upload_progress(UploadNumber number, std::int64_t sent, std::int64_t total,
                                Moment now) {
    machine_->on_upload_progress(number, sent, total, now);
}
void Client::on_uploaded(UploadNumber number, const std::array<BlobId, limits::kRenditions>& ids,
                         Moment now) {
    machine_->on_uploaded(number, ids, now);
}
void Client::on_upload_failed(UploadNumber number, const Error& error, Moment now) {
    machine_->on_upload_failed(number, error, now);
}
void Client::on_outbox_lock(const UserId& user, bool held, Moment now) {
    machine_->on_outbox_lock(user, held, now);
}

}  // namespace kumquat::client
