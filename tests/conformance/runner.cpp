#include "conformance/runner.h"

#include <map>
#include <memory>
#include <sstream>

#include "conformance/pattern.h"

namespace kumquat::conformance {
namespace {

class Player {
  public:
    Player(Home& home, std::string run) : home_(home), run_(std::move(run)) {}

    void play(const Script& script);
    const std::vector<std::string>& complaints() const { return complaints_; }

  private:
    Wire& wire(const std::string& client);
    void expect(const std::string& client, std::vector<Step> group);
    bool refused_by_transport(const Incoming& incoming, const Step& step) const;
    void expect_close(const Step& step);
    void enter(const Step& step);
    void upload(const Step& step);
    void quiet(const Step& step);
    void complain(int line, const std::string& what) {
        complaints_.push_back("line " + std::to_string(line) + ": " + what);
    }
    void send(const std::string& client, const std::string& frame) {
        wire(client).send(fill_in(frame, run_, kept_));
    }

    Home& home_;
    const std::string run_;
    Kept kept_;
    std::map<std::string, std::unique_ptr<Wire>> wires_;
    std::vector<std::string> complaints_;
};

std::string told(const Incoming& incoming) {
    if (incoming.kind == Incoming::Kind::kFrame) return incoming.text;
    if (incoming.kind == Incoming::Kind::kClosed)
        return "the connection was closed with " + std::to_string(incoming.code);
    return "nothing";
}

// What a client's last sign_in gave is kept under this name.
std::string session_of(const std::string& client) {
    return "$session_of_" + client;
}

void Player::play(const Script& script) {
    for (std::size_t i = 0; i < script.steps.size() && complaints_.empty(); ++i) {
        const Step& step = script.steps[i];
        switch (step.kind) {
            case Step::Kind::kSend:
                send(step.client, step.text);
                break;
            case Step::Kind::kExpect: {
                std::vector<Step> group{step};
                while (i + 1 < script.steps.size() &&
                       script.steps[i + 1].kind == Step::Kind::kExpect &&
                       script.steps[i + 1].client == step.client) {
                    group.push_back(script.steps[++i]);
                }
                expect(step.client, std::move(group));
                break;
            }
            case Step::Kind::kExpectClose:
                expect_close(step);
                break;
            case Step::Kind::kEnter:
                enter(step);
                break;
            case Step::Kind::kUpload:
                upload(step);
                break;
            case Step::Kind::kQuiet:
                quiet(step);
                break;
            case Step::Kind::kHangUp:
                wire(step.client).close();
                wires_.erase(step.client);
                break;
        }
    }
}

Wire& Player::wire(const std::string& client) {
    auto& wire = wires_[client];
    if (!wire) wire = home_.connect();
    return *wire;
}

// As many frames as there are patterns; each pattern takes the first frame that it matches.
void Player::expect(const std::string& client, std::vector<Step> group) {
    while (!group.empty()) {
        const Incoming incoming = wire(client).receive();
        if (refused_by_transport(incoming, group[0])) {
            wires_.erase(client);  // the script goes on with a new connection
            return;
        }
        if (incoming.kind != Incoming::Kind::kFrame)
            return complain(group[0].line, client + " got " + told(incoming));
        const Json frame = Json::parse(incoming.text, nullptr, false);
        if (frame.is_discarded())
            return complain(group[0].line, client + " got no JSON: " + incoming.text);
        bool matched = false;
        for (auto each = group.begin(); each != group.end() && !matched; ++each) {
            const Json pattern = Json::parse(fill_in(each->text, run_, kept_), nullptr, false);
            if (pattern.is_discarded()) return complain(each->line, "the pattern is no JSON");
            matched = matches(pattern, frame, kept_);
            if (matched) group.erase(each);
            if (matched) break;
        }
        if (!matched) {
            return complain(group[0].line, client + " got " + incoming.text.substr(0, 2000) +
                                               "\n  where the script has " +
                                               fill_in(group[0].text, run_, kept_).substr(0, 2000));
        }
    }
}

// Where the script has "not valid UTF-8", a transport that checks for itself may have been first.
bool Player::refused_by_transport(const Incoming& incoming, const Step& step) const {
    constexpr int kInvalidData = 1007;
    return home_.transport_checks_utf8() && incoming.kind == Incoming::Kind::kClosed &&
           incoming.code == kInvalidData && step.text.find("199004") != std::string::npos;
}

void Player::expect_close(const Step& step) {
    const Incoming incoming = wire(step.client).receive();
    if (incoming.kind != Incoming::Kind::kClosed || std::to_string(incoming.code) != step.text) {
        complain(step.line,
                 step.client + " got " + told(incoming) + " where the script has " + step.text);
    }
}

void Player::enter(const Step& step) {
    send(step.client, R"({"kind":"request","id":9000001,"name":"hello","body":{"version":1}})");
    send(step.client, R"({"kind":"request","id":9000002,"name":"sign_in","body":{"user_id":")" +
                          step.text + R"(","device":1}})");
    const std::string session = session_of(step.client);
    kept_.erase(session);  // the client may have entered before
    const auto expected = [&](const std::string& pattern) {
        return Step{Step::Kind::kExpect, step.client, pattern, step.line};
    };
    expect(step.client, {expected(R"({"kind":"reply","id":9000001,"name":"hello"})")});
    expect(step.client, {expected(R"({"kind":"reply","id":9000002,"name":"sign_in",)"
                                  R"("body":{"session":")" +
                                  session + R"("}})")});
    expect(step.client,
           {expected(R"({"kind":"signal","name":"presence","body":{"complete":true}})")});
}

void Player::upload(const Step& step) {
    std::istringstream words(step.text);
    std::string name;
    std::int64_t width = 0;
    std::int64_t height = 0;
    const auto session = kept_.find(session_of(step.client));
    if (!(words >> name >> width >> height) || session == kept_.end())
        return complain(step.line, "the script has no session or no picture");
    const auto picture = home_.upload(session->second.get<std::string>(), width, height);
    if (!picture) return complain(step.line, "the picture was refused");
    kept_[name] = picture->id;
    kept_[name + "_size"] = picture->bytes;
}

void Player::quiet(const Step& step) {
    send(step.client, R"({"kind":"request","id":9000003,"name":"hello","body":{"version":1}})");
    expect(step.client, {Step{Step::Kind::kExpect, step.client,
                              R"({"kind":"reply","id":9000003,"name":"hello"})", step.line}});
}

}  // namespace

std::vector<std::string> play(const Script& script, Home& home, const std::string& run) {
    Player player(home, run);
    player.play(script);
    return player.complaints();
}

}  // namespace kumquat::conformance
