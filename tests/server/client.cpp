#include "server/client.h"

#include <arpa/inet.h>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <gtest/gtest.h>
#include <poll.h>

#include "proto/codec.h"

namespace kumquat::server {
namespace {

using Clock = std::chrono::steady_clock;

UserId user(const std::string& text) {
    return *UserId::parse(text);
}

int connect_to(std::uint16_t port) {
    const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
        ::close(fd);
        return -1;
    }
    return fd;
}

// Waits for bytes; 0 at the end of the connection, -1 when patience ends.
ssize_t read_some(int fd, char* data, std::size_t size, Clock::time_point deadline) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
    pollfd entry{fd, POLLIN, 0};
    if (left.count() <= 0 || poll(&entry, 1, static_cast<int>(left.count())) <= 0) return -1;
    const ssize_t count = recv(fd, data, size, 0);
    return count < 0 ? 0 : count;
}

}  // namespace

RequestId Client::start(proto::Request request) {
    const RequestId id(++last_request_);
    EXPECT_TRUE(socket_.send(proto::encode(proto::ClientFrame{id, std::move(request)})));
    return id;
}

Result<proto::Reply> Client::finish(RequestId id) {
    const auto deadline = Clock::now() + kPatience;
    while (true) {
        for (auto it = answers_.begin(); it != answers_.end(); ++it) {
            if (auto* reply = std::get_if<proto::ReplyFrame>(&*it);
                reply != nullptr && reply->id == id) {
                proto::Reply found = std::move(reply->reply);
                answers_.erase(it);
                return found;
            }
            if (auto* error = std::get_if<proto::ErrorFrame>(&*it);
                error != nullptr && error->id == id) {
                Error found = std::move(error->error);
                answers_.erase(it);
                return found;
            }
        }
        if (Clock::now() > deadline || !pump(kPatience)) {
            return Error{ErrorCode::kInternal, "no answer came"};
        }
    }
}

bool Client::pump(std::chrono::milliseconds patience) {
    const auto text = socket_.receive(patience);
    if (!text) return false;
    auto decoded = proto::decode_server_frame(*text);
    if (!decoded || !decoded->frame) {
        ADD_FAILURE() << "a frame that cannot be read: " << *text;
        return false;
    }
    proto::ServerFrame& frame = *decoded->frame;
    if (auto* event = std::get_if<proto::Event>(&frame)) {
        events_.push_back(std::move(*event));
    } else if (auto* signal = std::get_if<proto::Signal>(&frame)) {
        signals_.push_back(std::move(*signal));
    } else {
        answers_.push_back(std::move(frame));
    }
    return true;
}

void Client::report(const Error& error) {
    ADD_FAILURE() << "error " << static_cast<int>(error.code) << ": " << error_text(error.code)
                  << " " << error.context;
}

proto::HelloReply Client::hello() {
    proto::Hello request;
    request.client = "test";
    return must<proto::HelloReply>(request);
}

std::string Client::enter(const std::string& name, std::int64_t device) {
    hello();
    proto::SignIn request;
    request.user_id = name;
    request.device = DeviceId(device);
    return must<proto::SignInReply>(request).session;
}

void Client::resume(const std::string& session, std::int64_t device) {
    hello();
    must<proto::ResumeReply>(proto::Resume{session, DeviceId(device)});
}

proto::SendMessageReply Client::say(const std::string& to, const std::string& text,
                                    std::int64_t counter, std::int64_t device) {
    return must<proto::SendMessageReply>(proto::SendMessage{
        ConversationId::with(user(to)), ClientMessageId{DeviceId(device), counter},
        proto::Body{proto::kTextType, text, ""}});
}

std::optional<proto::Event> Client::next_event(std::chrono::milliseconds patience) {
    const auto deadline = Clock::now() + patience;
    while (events_.empty()) {
        if (Clock::now() > deadline || !pump(patience)) return std::nullopt;
    }
    proto::Event event = std::move(events_.front());
    events_.pop_front();
    return event;
}

std::optional<proto::Signal> Client::next_signal(std::chrono::milliseconds patience) {
    const auto deadline = Clock::now() + patience;
    while (signals_.empty()) {
        if (Clock::now() > deadline || !pump(patience)) return std::nullopt;
    }
    proto::Signal signal = std::move(signals_.front());
    signals_.pop_front();
    return signal;
}

std::optional<proto::ErrorFrame> Client::next_error(std::chrono::milliseconds patience) {
    const auto deadline = Clock::now() + patience;
    while (true) {
        for (auto it = answers_.begin(); it != answers_.end(); ++it) {
            auto* error = std::get_if<proto::ErrorFrame>(&*it);
            if (error == nullptr || error->id) continue;
            proto::ErrorFrame found = std::move(*error);
            answers_.erase(it);
            return found;
        }
        if (Clock::now() > deadline || !pump(patience)) return std::nullopt;
    }
}

RawClient::RawClient(std::uint16_t port) : socket_(connect_to(port)) {}
RawClient::~RawClient() {
    if (socket_ >= 0) ::close(socket_);
}

bool RawClient::send(std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

std::string RawClient::read_until(std::string_view until, std::chrono::milliseconds patience) {
    const auto deadline = Clock::now() + patience;
    std::string all;
    char chunk[16 * 1024];
    while (until.empty() || all.find(until) == std::string::npos) {
        const ssize_t count = read_some(socket_, chunk, sizeof chunk, deadline);
        if (count <= 0) break;
        all.append(chunk, static_cast<std::size_t>(count));
    }
    return all;
}

bool RawClient::wait_closed(std::chrono::milliseconds patience) {
    const auto deadline = Clock::now() + patience;
    char chunk[16 * 1024];
    while (true) {
        const ssize_t count = read_some(socket_, chunk, sizeof chunk, deadline);
        if (count == 0) return true;
        if (count < 0) return false;
    }
}

std::string talk(std::uint16_t port, std::string_view bytes, std::chrono::milliseconds patience) {
    RawClient client(port);
    client.send(bytes);
    return client.read_until({}, patience);
}

std::string HttpAnswerText::header(std::string_view name) const {
    std::size_t line = head.find("\r\n");
    while (line != std::string::npos && line + 2 < head.size()) {
        const std::size_t start = line + 2;
        line = head.find("\r\n", start);
        const std::string text =
            head.substr(start, line == std::string::npos ? line : line - start);
        if (text.size() > name.size() && text[name.size()] == ':' &&
            strncasecmp(text.data(), name.data(), name.size()) == 0) {
            return text.substr(name.size() + 2);
        }
    }
    return {};
}

HttpAnswerText read_answer(const std::string& text) {
    HttpAnswerText answer;
    const std::size_t end = text.find("\r\n\r\n");
    if (end == std::string::npos || text.size() < 12) return answer;
    answer.head = text.substr(0, end);
    answer.body = text.substr(end + 4);
    answer.status = std::atoi(text.c_str() + 9);
    return answer;
}

HttpAnswerText http_get(std::uint16_t port, const std::string& target,
                        const std::string& more_headers, const std::string& method,
                        const std::string& host) {
    const std::string name = host.empty() ? "localhost:" + std::to_string(port) : host;
    return read_answer(talk(port, method + " " + target + " HTTP/1.1\r\nHost: " + name +
                                      "\r\nConnection: close\r\n" + more_headers + "\r\n"));
}

}  // namespace kumquat::server
