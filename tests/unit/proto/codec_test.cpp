// Edges of the codec that are no message's own; each message's fields are in tests/golden.
#include "proto/codec.h"

#include <string>

#include <gtest/gtest.h>

#include "base/limits.h"
#include "golden/samples.h"

namespace kumquat::proto {
namespace {

BadFrame fault_of(std::string_view text) {
    auto decoded = decode_client_frame(text);
    if (auto* bad = std::get_if<BadFrame>(&decoded)) return std::move(*bad);
    return BadFrame{RequestId(), Error{ErrorCode{}, ""}};
}

ErrorCode server_fault_of(std::string_view text) {
    const auto decoded = decode_server_frame(text);
    return decoded ? ErrorCode{} : decoded.error().code;
}

template <typename T>
T request_in(std::string_view text) {
    auto decoded = decode_client_frame(text);
    auto* frame = std::get_if<ClientFrame>(&decoded);
    EXPECT_NE(frame, nullptr) << text;
    T* request = frame ? std::get_if<T>(&frame->request) : nullptr;
    EXPECT_NE(request, nullptr) << text;
    return request ? std::move(*request) : T{};
}

std::string sync_since(const std::string& since) {
    return R"({"kind":"request","id":7,"name":"sync","body":{"since":)" + since + "}}";
}

std::string send_with(const std::string& body) {
    return R"({"kind":"request","id":7,"name":"send_message","body":{"conversation":"C2Cbob","client_id":)"
           R"({"device":1,"counter":1},"body":)" +
           body + "}}";
}

std::string message_event(const std::string& body) {
    return R"({"kind":"event","number":4,"name":"message","body":{"conversation":"C2Cbob","peer":{"user_id":"bob"},)"
           R"("message":{"seq":1,"from":"bob","time_ms":1,"body":)" +
           body + "}}}";
}

std::string nested(std::size_t depth) {
    std::string text = "{}";
    for (std::size_t i = 1; i < depth; ++i)
        text = "{\"a\":" + text + "}";
    return text;
}

std::vector<std::string> sample_texts(bool from_client) {
    std::vector<std::string> texts;
    for (const Sample& sample : samples()) {
        if (std::holds_alternative<ClientFrame>(sample.frame) != from_client) continue;
        texts.push_back(std::visit([](const auto& frame) { return encode(frame); }, sample.frame));
    }
    return texts;
}

TEST(Codec, ReadsWhatItWrites) {
    SendMessage sent;
    sent.conversation = *ConversationId::parse("C2Cbob");
    sent.client_id = {DeviceId(kIntegerMax), kIntegerMax};
    sent.body = Body{kTextType, std::string("\0 \"\\\n小橙子 🍊 \x7f", 21), "custom"};
    const auto read = request_in<SendMessage>(encode(ClientFrame{RequestId(kIntegerMax), sent}));
    EXPECT_EQ(read.conversation, sent.conversation);
    EXPECT_EQ(read.client_id, sent.client_id);
    EXPECT_EQ(read.body, sent.body);
}

TEST(Codec, NamesRequests) {
    EXPECT_EQ(request_name(SendMessage{}), "send_message");
    EXPECT_EQ(request_name(Hello{}), "hello");
}

TEST(Codec, ABrokenFrameKeepsItsId) {
    EXPECT_EQ(fault_of(R"({"id":9})").id, RequestId(9));
    EXPECT_EQ(fault_of(R"({"kind":"request","id":9,"name":"nothing","body":{}})").id, RequestId(9));
    EXPECT_EQ(fault_of(R"({"kind":"request","id":9,"name":"find_user","body":{}})").id,
              RequestId(9));
    for (const char* text : {"", "[]", "{}", R"({"id":"9"})", R"({"id":-9})", R"({"id":9.0})",
                             R"({"id":9007199254740992})", R"({"id":9,)"}) {
        EXPECT_EQ(fault_of(text).id, RequestId()) << text;
    }
}

TEST(Codec, FramesAreObjects) {
    for (const char* text : {"", "null", "7", "\"request\"", "[]", "[{}]", "{}{}", "{"}) {
        EXPECT_EQ(fault_of(text).error.code, ErrorCode::kBadFrame) << text;
        EXPECT_EQ(server_fault_of(text), ErrorCode::kBadFrame) << text;
    }
}

TEST(Codec, KindsStayOnTheirSide) {
    for (const std::string& text : sample_texts(/*from_client=*/false)) {
        EXPECT_EQ(fault_of(text).error.code, ErrorCode::kBadFrame) << text;
    }
    for (const std::string& text : sample_texts(/*from_client=*/true)) {
        EXPECT_EQ(server_fault_of(text), ErrorCode::kBadFrame) << text;
    }
}

// A connection may be cut at any byte.
TEST(Codec, EveryCutFrameIsRefused) {
    for (const std::string& text : sample_texts(/*from_client=*/true)) {
        for (std::size_t size = 0; size < text.size(); ++size) {
            EXPECT_NE(fault_of(text.substr(0, size)).error.code, ErrorCode{})
                << text.substr(0, size);
        }
    }
    for (const std::string& text : sample_texts(/*from_client=*/false)) {
        for (std::size_t size = 0; size < text.size(); ++size) {
            EXPECT_NE(server_fault_of(text.substr(0, size)), ErrorCode{}) << text.substr(0, size);
        }
    }
}

TEST(Codec, ChecksSizeDepthAndUtf8First) {
    const std::string frame = sync_since("1");
    EXPECT_EQ(fault_of(frame + std::string(limits::kFrameBytes - frame.size(), ' ')).error.code,
              ErrorCode{});
    EXPECT_EQ(fault_of(frame + std::string(limits::kFrameBytes - frame.size() + 1, ' ')).error.code,
              ErrorCode::kFrameTooLarge);
    EXPECT_EQ(fault_of(std::string(limits::kFrameBytes, '[')).error.code, ErrorCode::kFrameTooDeep);
    EXPECT_EQ(fault_of("{\"kind\":\"\xff\"}").error.code, ErrorCode::kBadUtf8);
    EXPECT_EQ(server_fault_of(std::string(limits::kFrameBytes + 1, ' ')),
              ErrorCode::kFrameTooLarge);
    EXPECT_EQ(server_fault_of(std::string(limits::kFrameDepth + 1, '{')), ErrorCode::kFrameTooDeep);
    EXPECT_EQ(server_fault_of("\x80"), ErrorCode::kBadUtf8);
}

TEST(Codec, UnknownFieldsNestAsDeepAsAFrameMay) {
    const std::string head = R"({"kind":"request","id":7,"name":"sign_out","body":{},"later":)";
    EXPECT_EQ(fault_of(head + nested(limits::kFrameDepth - 1) + "}").error.code, ErrorCode{});
    EXPECT_EQ(fault_of(head + nested(limits::kFrameDepth) + "}").error.code,
              ErrorCode::kFrameTooDeep);
}

TEST(Codec, IntegersAreExact) {
    EXPECT_EQ(request_in<Sync>(sync_since("0")).since, FeedNumber(0));
    EXPECT_EQ(request_in<Sync>(sync_since("9007199254740991")).since, FeedNumber(kIntegerMax));
    EXPECT_FALSE(request_in<Sync>(R"({"kind":"request","id":7,"name":"sync","body":{}})").since);
    for (const char* bad : {"9007199254740992", "-1", "1.0", "1e2", "\"1\"", "null", "true", "[]",
                            "{}", "99999999999999999999999999"}) {
        const BadFrame fault = fault_of(sync_since(bad));
        EXPECT_EQ(fault.error.code, ErrorCode::kBadField) << bad;
        EXPECT_EQ(fault.error.context, "body.since");
        EXPECT_EQ(fault.id, RequestId(7));
    }
}

TEST(Codec, TheLastOfEqualMembersCounts) {
    EXPECT_EQ(request_in<FindUser>(
                  R"({"kind":"x","kind":"request","id":1,"id":7,"name":"sync","name":"find_user",)"
                  R"("body":7,"body":{"user_id":"a","user_id":"b"}})")
                  .user_id,
              "b");
}

TEST(Codec, MembersComeInAnyOrder) {
    EXPECT_EQ(request_in<SendMessage>(
                  R"({"body":{"body":{"payload":{"text":"x"},"type":"TIMTextElem"},"client_id":)"
                  R"({"counter":1,"device":2},"conversation":"C2Cbob"},"name":"send_message",)"
                  R"("id":7,"kind":"request"})")
                  .body.content,
              "x");
}

TEST(Codec, LengthsAreInBytesOfUtf8) {
    const auto frame = [](const std::string& remark) {
        return encode(ClientFrame{RequestId(7), AddFriend{"bob", remark, "", "", ""}});
    };
    std::string full;
    while (full.size() < limits::kRemarkBytes)
        full += "橙";
    EXPECT_EQ(request_in<AddFriend>(frame(full)).remark, full);
    EXPECT_EQ(fault_of(frame(full + "x")).error.context, "body.remark");
}

// Who may not be told apart from the service's own checks: what TIM has codes for passes.
TEST(Codec, LeavesToTheServiceWhatHasCodesOfItsOwn) {
    const std::string long_text(limits::kMessageBytes + 1, 'x');
    EXPECT_EQ(request_in<SendMessage>(
                  send_with(R"({"type":"TIMTextElem","payload":{"text":")" + long_text + "\"}}"))
                  .body.content,
              long_text);
    SignIn sign_in;
    sign_in.user_id = std::string(100, ' ');
    sign_in.user_sig = long_text;
    sign_in.device = DeviceId(1);
    EXPECT_EQ(request_in<SignIn>(encode(ClientFrame{RequestId(7), sign_in})).user_sig, long_text);
}

TEST(Codec, PayloadsOfOtherTypesAreKept) {
    const std::string payload = R"({"z":[1.50,-0.0,1e5,{"":null}],"a":"小\"\u0001","a":true})";
    const auto read = request_in<SendMessage>(
        send_with(R"({"type":"X","payload": )" + payload + R"(,"custom":" {} "})"));
    EXPECT_EQ(read.body.type, "X");
    EXPECT_EQ(read.body.content, payload);
    EXPECT_EQ(read.body.custom, " {} ");
    const auto twice = request_in<SendMessage>(encode(ClientFrame{RequestId(1), read}));
    EXPECT_EQ(twice.body, read.body);
}

// A payload must fit into a page of the feed, which wraps it more deeply than the request that
// brought it.
TEST(Codec, ReadsThePayloadOfAPicture) {
    const std::string id(32, 'a');
    const std::string renditions = R"("imageInfoArray":[{"type":1,"id":")" + id +
                                   R"(","width":640,"height":480,"size":1000,"url":"more"}])";
    const auto image = read_image(R"({"imageFormat":3,"more":{},)" + renditions + "}");
    ASSERT_TRUE(image.has_value());
    EXPECT_EQ(image->format, 3);
    ASSERT_EQ(image->renditions.size(), 1u);
    EXPECT_EQ(image->renditions[0].id.text(), id);
    EXPECT_EQ(image->renditions[0].width, 640);
    EXPECT_EQ(image->renditions[0].height, 480);
    EXPECT_EQ(image->renditions[0].size, 1000);
    for (const std::string& other :
         {std::string(), std::string("{}"), std::string("[]"), std::string("{\"imageFormat\":3"),
          "{\"imageFormat\":\"3\"," + renditions + "}", "{" + renditions + "}"})
        EXPECT_FALSE(read_image(other).has_value()) << other;
}

TEST(Codec, ThePayloadsDepthIsBoundedSoThatPagesStayReadable) {
    const auto body = [](std::size_t depth) {
        return R"({"type":"X","payload":)" + nested(depth) + "}";
    };
    const BadFrame fault = fault_of(send_with(body(limits::kPayloadDepth + 1)));
    EXPECT_EQ(fault.error.code, ErrorCode::kFrameTooDeep);
    EXPECT_EQ(fault.error.context, "body.body.payload");

    const auto deepest = request_in<SendMessage>(send_with(body(limits::kPayloadDepth)));
    Message message;
    message.seq = Seq(1);
    message.from = *UserId::parse("bob");
    message.body = deepest.body;
    Conversation conversation;
    conversation.id = deepest.conversation;
    conversation.peer.user_id = message.from;
    conversation.last_message = message;
    SyncReply page;
    page.events.push_back(
        {FeedNumber(1), MessageEvent{deepest.conversation, conversation.peer, message}});
    page.conversations.push_back(conversation);
    const auto decoded = decode_server_frame(encode(ServerFrame(ReplyFrame{RequestId(1), page})));
    ASSERT_TRUE(decoded);
    const auto& reply = std::get<SyncReply>(std::get<ReplyFrame>(*decoded->frame).reply);
    EXPECT_EQ(std::get<MessageEvent>(reply.events[0].what).message.body, deepest.body);
    EXPECT_EQ(reply.conversations[0].last_message->body, deepest.body);
}

TEST(Codec, WritingIsTotal) {
    Message message;
    message.from = *UserId::parse("bob");
    const Profile peer{message.from, "\xff\xC0"};
    for (const char* content : {"", "{", "[]", "7", "{}}", "{\"a\":\"\xff\"}", "{} {}", "null"}) {
        message.body = Body{"X", content, "\x80"};
        const Event event{FeedNumber(1),
                          MessageEvent{ConversationId::with(message.from), peer, message}};
        const auto decoded = decode_server_frame(encode(ServerFrame(event)));
        ASSERT_TRUE(decoded) << content;
        const auto& read = std::get<MessageEvent>(std::get<Event>(*decoded->frame).what);
        EXPECT_EQ(read.message.body.content, "{}") << content;
        EXPECT_EQ(read.message.body.custom, "\xEF\xBF\xBD");
        EXPECT_EQ(read.peer.nick, "\xEF\xBF\xBD\xEF\xBF\xBD");
    }
}

TEST(Codec, UnknownEventsAndSignalsAreNoFaults) {
    const auto event = decode_server_frame(R"({"kind":"event","number":9,"name":"call","body":7})");
    ASSERT_TRUE(event);
    EXPECT_FALSE(event->frame);
    EXPECT_EQ(event->unknown_event, FeedNumber(9));
    const auto signal = decode_server_frame(R"({"kind":"signal","name":"ringing"})");
    ASSERT_TRUE(signal);
    EXPECT_FALSE(signal->frame);
    EXPECT_FALSE(signal->unknown_event);
    EXPECT_EQ(server_fault_of(R"({"kind":"event","number":"9","name":"call","body":{}})"),
              ErrorCode::kBadField);
    EXPECT_EQ(server_fault_of(R"({"kind":"reply","id":1,"name":"call","body":{}})"),
              ErrorCode::kBadField);
    EXPECT_EQ(server_fault_of(R"({"kind":"news","body":{}})"), ErrorCode::kBadFrame);
}

TEST(Codec, UnknownEventsAreLeftOutOfPages) {
    const auto decoded = decode_server_frame(
        R"({"kind":"reply","id":1,"name":"sync","body":{"number":3,"events":[)"
        R"({"kind":"event","number":1,"name":"call","body":{}},)"
        R"({"kind":"event","number":2,"name":"read","body":{"conversation":"C2Cbob","reader":"bob","seq":5}},)"
        R"({"kind":"event","number":3,"name":"group","body":[]}]}})");
    ASSERT_TRUE(decoded);
    const auto& reply = std::get<SyncReply>(std::get<ReplyFrame>(*decoded->frame).reply);
    ASSERT_EQ(reply.events.size(), 1U);
    EXPECT_EQ(reply.events[0].number, FeedNumber(2));
    EXPECT_EQ(reply.number, FeedNumber(3));
}

TEST(Codec, AFaultInAPageNamesItsPlace) {
    const auto decoded = decode_server_frame(
        R"({"kind":"reply","id":1,"name":"sync","body":{"number":3,"events":[)"
        R"({"number":1,"name":"read","body":{"conversation":"C2Cbob","reader":"bob","seq":5}},)"
        R"({"number":2,"name":"read","body":{"conversation":"C2Cbob","reader":"bob","seq":null}}]}})");
    ASSERT_FALSE(decoded);
    EXPECT_EQ(decoded.error().context, "body.events[1].body.seq");
}

// Bounds may grow with a later service, and its clients must not break.
TEST(Codec, AClientDoesNotHoldAServiceToBounds) {
    const std::string long_type(limits::kMessageTypeBytes + 1, 'T');
    EXPECT_EQ(server_fault_of(message_event(R"({"type":")" + long_type + R"(","payload":{}})")),
              ErrorCode{});
    EXPECT_EQ(server_fault_of(message_event(R"({"type":"","payload":)" + nested(9) + "}")),
              ErrorCode{});
}

TEST(Codec, ErrorsTravelWhole) {
    const auto decoded = decode_server_frame(encode(
        ServerFrame(ErrorFrame{RequestId(3), Error{ErrorCode::kOverloaded, "inbox", 1500}})));
    ASSERT_TRUE(decoded);
    const auto& frame = std::get<ErrorFrame>(*decoded->frame);
    EXPECT_EQ(frame.id, RequestId(3));
    EXPECT_EQ(frame.error.code, ErrorCode::kOverloaded);
    EXPECT_EQ(frame.error.context, "inbox");
    EXPECT_EQ(frame.error.retry_after_ms, 1500);
}

TEST(Codec, AnUnknownErrorCodeStaysWhatItIs) {
    const auto decoded = decode_server_frame(R"({"kind":"error","id":1,"code":123456})");
    ASSERT_TRUE(decoded);
    EXPECT_EQ(static_cast<int>(std::get<ErrorFrame>(*decoded->frame).error.code), 123456);
    EXPECT_EQ(server_fault_of(R"({"kind":"error","id":1,"code":2147483648})"),
              ErrorCode::kBadField);
}

}  // namespace
}  // namespace kumquat::proto
