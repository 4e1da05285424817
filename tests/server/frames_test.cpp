// Frames that are not what they should be, over real sockets: each gets a clear answer, and nobody
// else notices.
#include <chrono>
#include <thread>

#include "base/limits.h"
#include "proto/codec.h"
#include "server/running_server.h"

namespace kumquat::server {
namespace {

using std::chrono::milliseconds;

class FramesTest : public ServerTest {};

std::string nested(int depth) {
    return std::string(static_cast<std::size_t>(depth), '[') +
           std::string(static_cast<std::size_t>(depth), ']');
}

// A client's frame (RFC 6455, 5.2), masked with zeros.
std::string raw_frame(std::string_view payload, unsigned char first = 0x81) {
    std::string frame(1, static_cast<char>(first));
    if (payload.size() < 126) {
        frame += static_cast<char>(0x80 | payload.size());
    } else {
        frame += static_cast<char>(0x80 | 126);
        frame += static_cast<char>(payload.size() >> 8);
        frame += static_cast<char>(payload.size() & 0xFF);
    }
    frame += std::string(4, '\0');
    frame += payload;
    return frame;
}

std::string hello_text() {
    proto::Hello hello;
    hello.client = "test";
    return proto::encode(proto::ClientFrame{RequestId(1), hello});
}

TEST_F(FramesTest, WhatCannotBeReadIsAnsweredAndTheConnectionGoesOn) {
    start();
    Client client(port());
    for (const std::string& text :
         {std::string("hello"), std::string("{"), std::string("[]"), nested(100)}) {
        ASSERT_TRUE(client.socket().send(text));
        const auto error = client.next_error();
        ASSERT_TRUE(error) << text;
        EXPECT_EQ(error->error.code,
                  text.size() > 100 ? ErrorCode::kFrameTooDeep : ErrorCode::kBadFrame)
            << text;
    }
    client.enter("alice");
    EXPECT_EQ(metric("kumquat_bad_frames_total"), 4);
}

TEST_F(FramesTest, BinaryFramesAreNotSpoken) {
    start();
    Client client(port());
    ASSERT_TRUE(client.socket().send_binary(hello_text()));
    const auto error = client.next_error();
    ASSERT_TRUE(error);
    EXPECT_EQ(error->error.code, ErrorCode::kBadFrame);
    client.hello();
}

TEST_F(FramesTest, NoiseEndsWith4400) {
    start();
    WebSocketClient client(to_server());
    for (int i = 0; i < 20; ++i)
        client.send("noise");
    const Closed closed = client.wait_closed();
    EXPECT_EQ(closed.code, 4400);
    EXPECT_FALSE(closed.reason.empty());
}

TEST_F(FramesTest, UnknownRequestsAreRefusedForAsLongAsTheyCome) {
    start();
    Client client(port());
    client.enter("alice");
    for (int i = 0; i < 50; ++i) {
        const std::string id = std::to_string(1000 + i);
        ASSERT_TRUE(client.socket().send(R"({"kind":"request","id":)" + id +
                                         R"(,"name":"from_the_future","body":{}})"));
        const auto reply = client.finish(RequestId(1000 + i));
        ASSERT_FALSE(reply);
        EXPECT_EQ(reply.error().code, ErrorCode::kUnknownRequest);
    }
    client.must<proto::FindUserReply>(proto::FindUser{"alice"});
}

TEST_F(FramesTest, AFrameAboveTheLimitEndsWith4413) {
    start();
    {
        WebSocketClient client(to_server());
        client.send(std::string(limits::kFrameBytes + 1, ' '));
        const Closed closed = client.wait_closed();
        EXPECT_EQ(closed.code, 4413);
        EXPECT_EQ(closed.reason, error_text(ErrorCode::kFrameTooLarge));
    }
    // One at the limit is only bad JSON.
    Client client(port());
    ASSERT_TRUE(client.socket().send(std::string(limits::kFrameBytes, ' ')));
    const auto error = client.next_error();
    ASSERT_TRUE(error);
    EXPECT_EQ(error->error.code, ErrorCode::kBadFrame);
}

TEST_F(FramesTest, ALengthThatIsALieCostsNoMemory) {
    // The rest of the frame never comes, and neither does an answer to the close frame.
    config_.bounds.socket_handshake_ms = 500;
    start();
    WebSocketClient client(to_server());
    // 2^62 bytes announced, more than the limit sent.
    std::string head("\x81\xff\x40\0\0\0\0\0\0\0\0\0\0\0", 14);
    ASSERT_TRUE(client.send_raw(head));
    client.send_raw(std::string(limits::kFrameBytes + 10, ' '));
    EXPECT_EQ(client.wait_closed().code, 4413);
}

TEST_F(FramesTest, InvalidUtf8IsAProtocolErrorOfWebSocket) {
    start();
    WebSocketClient client(to_server());
    client.send("{\"id\":1,\"x\":\"\xff\"}");
    // RFC 6455, 8.1: the connection fails with 1007 before any JSON is looked at.
    EXPECT_EQ(client.wait_closed().code, 1007);
    Client(port()).enter("alice");
}

TEST_F(FramesTest, FragmentsMakeOneFrame) {
    start();
    Client client(port());
    const std::string text = hello_text();
    ASSERT_TRUE(client.socket().send_raw(raw_frame(text.substr(0, 5), 0x01)));
    ASSERT_TRUE(client.socket().send_raw(raw_frame("", 0x00)));
    ASSERT_TRUE(client.socket().send_raw(raw_frame(text.substr(5), 0x80)));
    EXPECT_TRUE(client.finish(RequestId(1)));
}

TEST_F(FramesTest, AConnectionMayBeCutAtAnyByte) {
    start();
    const std::string upgrade =
        "GET /ws HTTP/1.1\r\nHost: localhost:" + std::to_string(port()) +
        "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    proto::SignIn sign_in;
    sign_in.user_id = "alice";
    sign_in.device = DeviceId(1);
    const std::string frames = raw_frame(hello_text()) +
                               raw_frame(proto::encode(proto::ClientFrame{RequestId(2), sign_in}));
    for (std::size_t size = 0; size <= frames.size(); ++size) {
        RawClient client(port());
        ASSERT_TRUE(client.send(upgrade));
        ASSERT_NE(client.read_until("\r\n\r\n").find("101"), std::string::npos);
        ASSERT_TRUE(client.send(frames.substr(0, size)));
    }
    Client client(port());
    client.enter("bob");
    // Every one of them has gone, but for ours.
    while (metric("kumquat_websockets") > 1)
        std::this_thread::sleep_for(milliseconds(1));
}

TEST_F(FramesTest, TheServerPingsAndAnswersPings) {
    config_.bounds.socket_idle_ms = 400;
    start();
    Client client(port());
    client.enter("alice");
    EXPECT_FALSE(client.next_event(milliseconds(1500)));
    EXPECT_GE(client.socket().pings_received(), 1);
    // Pongs have kept it alive.
    client.must<proto::FindUserReply>(proto::FindUser{"alice"});
}

TEST_F(FramesTest, ASilentClientIsLetGo) {
    config_.bounds.socket_idle_ms = 300;
    start();
    // Reads nothing, so answers no ping.
    WebSocketClient client(to_server());
    while (metric("kumquat_websockets") != 1)
        std::this_thread::sleep_for(milliseconds(1));
    while (metric("kumquat_websockets") != 0)
        std::this_thread::sleep_for(milliseconds(5));
    EXPECT_NE(client.wait_closed().code, 0);
}

}  // namespace
}  // namespace kumquat::server
