#include "person.h"

#include <limits>

#include "base/check.h"
#include "store/journal/record.h"

namespace kumquat::worker {

void Browser::fresh() {
    home.reset();
    host = std::make_unique<MemoryHost>(storage);
    // Other random numbers with every start.
    ++starts_;
    for (std::int64_t i = 0; i < 1000 * starts_; ++i) {
        char byte = 0;
        host->random(&byte, 1);
    }
    home = std::make_unique<WorkerHome>(*host);
    host->home = home.get();
}

void Browser::restart() {
    fresh();
    const Status status = storage.open(*home);
    ASSERT_TRUE(status) << status.error().context;
}

std::string Browser::rows() const {
    store::RowPlace place;
    return store::encode(store::WorldRowsRecord{
        home->rows().rows_after(place, std::numeric_limits<std::size_t>::max())});
}

Person::Person(Browser& browser) : browser_(browser) {
    browser.last_connection = browser.last_connection.next();
    connection_ = browser.last_connection;
    device_ = connection_.value();
    browser.home->connect(connection_);
    must("hello", {{"version", 1}});
}

Json Person::ask(const std::string& name, const Json& body) {
    const Json request{
        {"kind", "request"}, {"id", ++last_request_}, {"name", name}, {"body", body}};
    browser_.home->receive(connection_, request.dump());
    browser_.host->settle();
    auto& frames = port().frames;
    while (!frames.empty()) {
        Json frame = Json::parse(frames.front(), nullptr, false);
        frames.pop_front();
        if (frame.is_object() && frame.contains("id") && frame["id"] == last_request_) return frame;
    }
    return nullptr;
}

Json Person::must(const std::string& name, const Json& body) {
    Json frame = ask(name, body);
    const bool replied = frame.is_object() && frame["kind"] == "reply";
    EXPECT_TRUE(replied) << name << ": " << frame.dump();
    return replied ? frame["body"] : Json::object();
}

std::string Person::enter(const std::string& id) {
    const Json reply = must("sign_in", {{"user_id", id}, {"device", device_}});
    return reply.contains("session") ? reply["session"].get<std::string>() : std::string();
}

Json Person::say(const std::string& peer, const std::string& text) {
    return ask("send_message",
               {{"conversation", "C2C" + peer},
                {"client_id", {{"device", device_}, {"counter", ++last_message_}}},
                {"body", {{"type", "TIMTextElem"}, {"payload", {{"text", text}}}}}});
}

}  // namespace kumquat::worker
