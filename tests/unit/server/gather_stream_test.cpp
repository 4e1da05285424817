#include "server/gather_stream.h"

#include <chrono>
#include <future>
#include <thread>

#include <boost/asio/buffer.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/read.hpp>
#include <gtest/gtest.h>

namespace kumquat::server {
namespace {

using FramePtr = std::shared_ptr<const OutFrame>;

// A frame whose text has exactly `bytes` bytes.
FramePtr frame_of(std::size_t bytes) {
    const auto make = [](std::size_t content) {
        proto::MessageEvent message;
        message.conversation = ConversationId::with(*UserId::parse("bob"));
        message.peer.user_id = *UserId::parse("bob");
        message.message.seq = Seq(1);
        message.message.from = *UserId::parse("bob");
        message.message.body = {proto::kTextType, std::string(content, 'x'), ""};
        return std::make_shared<const OutFrame>(
            std::make_shared<const proto::ServerFrame>(proto::Event{FeedNumber(1), message}));
    };
    const std::size_t overhead = make(0)->text().size();
    EXPECT_LE(overhead, bytes);
    return make(bytes - overhead);
}

class GatherStreamTest : public testing::Test, public GatherStream::Observer {
  protected:
    GatherStreamTest() : client_(io_), guard_(asio::make_work_guard(io_)) {
        Tcp::acceptor acceptor(io_, {asio::ip::address_v4::loopback(), 0});
        client_.open(Tcp::v4());
        client_.connect(acceptor.local_endpoint());
        TcpSocket socket(asio::make_strand(io_.get_executor()));
        acceptor.accept(socket);
        stream_ = std::make_unique<GatherStream>(std::move(socket));
        stream_->set_observer(this);
        thread_ = std::thread([this] { io_.run(); });
    }
    ~GatherStreamTest() override {
        error_code ignored;
        on_strand([&] { stream_->next_layer().close(ignored); });
        guard_.reset();
        thread_.join();
    }

    void wrote(std::size_t) override { ++writes_; }
    void write_failed() override { failed_.set_value(); }
    std::shared_ptr<void> keep_alive() override { return nullptr; }

    // Runs `work` where the stream lives, and waits for it.
    template <typename Work>
    void on_strand(Work work) {
        std::promise<void> done;
        asio::post(stream_->get_executor(), [&] {
            work();
            done.set_value();
        });
        done.get_future().get();
    }
    std::string read(std::size_t bytes) {
        std::string text(bytes, '\0');
        error_code error;
        asio::read(client_, asio::buffer(text), error);
        EXPECT_FALSE(error) << error.message();
        return text;
    }
    // The peer can have read the last byte before the write that carried it has ended here.
    void await_idle() {
        for (bool idle = false; !idle;)
            on_strand([&] { idle = stream_->idle(); });
    }
    // Reads one text frame (RFC 6455, 5.2).
    std::string read_frame() {
        const std::string head = read(2);
        EXPECT_EQ(head[0], '\x81');
        std::size_t size = static_cast<unsigned char>(head[1]);
        EXPECT_LT(size, 128U) << "a server's frame must not be masked";
        if (size >= 126) {
            const std::string more = read(size == 126 ? 2 : 8);
            size = 0;
            for (const char byte : more)
                size = size << 8 | static_cast<unsigned char>(byte);
        }
        return read(size);
    }

    asio::io_context io_;
    Tcp::socket client_;
    asio::executor_work_guard<asio::io_context::executor_type> guard_;
    std::unique_ptr<GatherStream> stream_;
    std::thread thread_;
    std::atomic<int> writes_ = 0;
    std::promise<void> failed_;
};

TEST_F(GatherStreamTest, EverySizeGetsTheRightHeader) {
    for (const std::size_t size : {300UL, 65'535UL, 65'536UL, 131'072UL}) {
        const FramePtr frame = frame_of(size);
        ASSERT_EQ(frame->text().size(), size);
        on_strand([&] {
            stream_->push(frame);
            stream_->flush();
        });
        EXPECT_EQ(read_frame(), frame->text());
    }
    // The shortest frames are too short for an event.
    const auto typing = std::make_shared<const OutFrame>(std::make_shared<const proto::ServerFrame>(
        proto::ReplyFrame{RequestId(1), proto::SignOutReply()}));
    ASSERT_LT(typing->text().size(), 126U);
    on_strand([&] {
        stream_->push(typing);
        stream_->flush();
    });
    EXPECT_EQ(read_frame(), typing->text());
}

TEST_F(GatherStreamTest, ManyFramesLeaveInOrderAndInFewWrites) {
    std::vector<FramePtr> frames;
    for (std::size_t i = 0; i < 320; ++i)
        frames.push_back(frame_of(400 + i));
    on_strand([&] {
        for (const FramePtr& frame : frames)
            stream_->push(frame);
        EXPECT_GT(stream_->queued_bytes(), 320U * 400U);
        stream_->flush();
    });
    for (const FramePtr& frame : frames)
        ASSERT_EQ(read_frame(), frame->text());
    await_idle();
    on_strand([&] { EXPECT_EQ(stream_->queued_bytes(), 0U); });
    EXPECT_LT(writes_, 320);
}

TEST_F(GatherStreamTest, OtherBytesKeepTheirPlaceAmongTheFrames) {
    const FramePtr frame = frame_of(20'000);
    std::promise<std::size_t> taken;
    on_strand([&] {
        stream_->push(frame);
        stream_->async_write_some(asio::buffer("ping!", 5),
                                  [&](error_code error, std::size_t bytes) {
                                      EXPECT_FALSE(error);
                                      taken.set_value(bytes);
                                  });
        stream_->push(frame);
        stream_->flush();
    });
    EXPECT_EQ(read_frame(), frame->text());
    EXPECT_EQ(read(5), "ping!");
    EXPECT_EQ(read_frame(), frame->text());
    EXPECT_EQ(taken.get_future().get(), 5U);
}

TEST_F(GatherStreamTest, DroppingLeavesWholeFramesAndOtherBytes) {
    const FramePtr frame = frame_of(10'000);
    std::size_t kept_bytes = 0;
    on_strand([&] {
        for (int i = 0; i < 100; ++i)
            stream_->push(frame);
        stream_->flush();
        stream_->async_write_some(asio::buffer("END", 3), [](error_code, std::size_t) {});
        stream_->push(frame);
        const std::size_t before = stream_->queued_bytes();
        stream_->drop_unstarted();
        kept_bytes = stream_->queued_bytes();
        EXPECT_LT(kept_bytes, before / 2);
    });
    // Whatever had been begun comes whole, then what must not be lost.
    const std::size_t frame_bytes = frame->text().size() + 4;
    EXPECT_EQ(kept_bytes % frame_bytes, 0U);
    for (std::size_t i = 0; i < kept_bytes / frame_bytes; ++i)
        ASSERT_EQ(read_frame(), frame->text());
    EXPECT_EQ(read(3), "END");
}

TEST_F(GatherStreamTest, AFailureIsToldOnceAndEndsEverything) {
    const FramePtr frame = frame_of(50'000);
    client_.set_option(asio::socket_base::linger(true, 0));
    client_.close();
    std::promise<error_code> waiting;
    on_strand([&] {
        for (int i = 0; i < 20; ++i)
            stream_->push(frame);
        stream_->async_write_some(asio::buffer("x", 1),
                                  [&](error_code error, std::size_t) { waiting.set_value(error); });
    });
    EXPECT_TRUE(waiting.get_future().get());
    failed_.get_future().get();
    std::promise<error_code> later;
    on_strand([&] {
        stream_->push(frame);
        EXPECT_EQ(stream_->queued_bytes(), 0U);
        stream_->async_write_some(asio::buffer("x", 1),
                                  [&](error_code error, std::size_t) { later.set_value(error); });
    });
    EXPECT_TRUE(later.get_future().get());
}

}  // namespace
}  // namespace kumquat::server
