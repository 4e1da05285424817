// One JSON file per message, read and written by the codec in both directions, and broken in ways
// that must be refused.
//
// A file has "frames" (the first is the sample of samples.cpp with every field), and may have
// "accepted" and "refused": changes of the first frame, {"set": path, "to": value} or {"without":
// path}. A refused one has the "code" and, unless it is the path itself, the "context" of the
// error.
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

#include "golden/describe.h"
#include "golden/json_change.h"
#include "golden/samples.h"
#include "proto/codec.h"
#include "proto/json_tree.h"

namespace kumquat::proto {
namespace {

std::string read_file(const std::string& name) {
    std::ifstream file(std::string(KUMQUAT_SOURCE_DIR) + "/tests/golden/" + name + ".json");
    EXPECT_TRUE(file.good()) << name;
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

// What became of a frame's text: written again, or refused.
struct Outcome {
    std::string again;
    ErrorCode code{};
    std::string context;
    RequestId id;
};

Outcome read_and_write(bool from_client, const std::string& text) {
    if (from_client) {
        const auto decoded = decode_client_frame(text);
        if (const auto* bad = std::get_if<BadFrame>(&decoded)) {
            return {"", bad->error.code, bad->error.context, bad->id};
        }
        return {encode(std::get<ClientFrame>(decoded)), {}, "", std::get<ClientFrame>(decoded).id};
    }
    const auto decoded = decode_server_frame(text);
    if (!decoded) return {"", decoded.error().code, decoded.error().context, RequestId()};
    return {decoded->frame ? encode(*decoded->frame) : "unknown", {}, "", RequestId()};
}

class Golden : public testing::TestWithParam<Sample> {
  protected:
    Golden() : tree_(*JsonTree::parse(read_file(GetParam().file), 1 << 20, 64)) {}

    bool from_client() const { return std::holds_alternative<ClientFrame>(GetParam().frame); }
    Outcome outcome(const std::string& text) const { return read_and_write(from_client(), text); }
    std::optional<JsonNode> list(const char* name) const {
        const auto node = tree_.root().find(name);
        return node ? node->first() : std::nullopt;
    }
    std::string first_frame() const { return list("frames")->text(); }

  private:
    JsonTree tree_;
};

std::string text_of(const JsonNode& node, const char* name) {
    const auto member = node.find(name);
    return member && member->string() ? std::string(*member->string()) : "";
}

std::string changed(const std::string& frame, const JsonNode& change) {
    const std::string without = text_of(change, "without");
    if (!without.empty()) return change_json(frame, without, std::nullopt);
    return change_json(frame, text_of(change, "set"), change.find("to")->text());
}

TEST_P(Golden, IsWhatTheCodecWrites) {
    const std::string written =
        std::visit([](const auto& frame) { return encode(frame); }, GetParam().frame);
    EXPECT_EQ(written, first_frame());
}

TEST_P(Golden, IsReadAndWrittenAlike) {
    int count = 0;
    for (auto frame = list("frames"); frame; frame = frame->next(), ++count) {
        EXPECT_EQ(outcome(frame->text()).again, frame->text());
    }
    EXPECT_GE(count, 1);
}

TEST_P(Golden, VariantsAreAccepted) {
    for (auto change = list("accepted"); change; change = change->next()) {
        const Outcome result = outcome(changed(first_frame(), *change));
        EXPECT_EQ(result.again, first_frame()) << change->text() << ": " << result.context;
    }
}

TEST_P(Golden, BrokenVariantsAreRefused) {
    for (auto change = list("refused"); change; change = change->next()) {
        const Outcome result = outcome(changed(first_frame(), *change));
        const std::string path = text_of(*change, "set") + text_of(*change, "without");
        const bool elsewhere = change->find("context").has_value();
        EXPECT_EQ(static_cast<std::int64_t>(result.code), change->find("code")->integer())
            << change->text();
        EXPECT_EQ(result.context, elsewhere ? text_of(*change, "context") : path) << change->text();
    }
}

// Whether a field must be there, by its path ("body.messages[].seq"), for every message's body.
using Required = std::map<std::string, bool>;

void add_required(const std::string& path, const std::vector<FieldInfo>& fields,
                  Required* required) {
    for (const FieldInfo& field : fields) {
        const bool list = field.type.rfind("list of ", 0) == 0;
        required->emplace(path + field.name, field.required);
        add_required(path + field.name + (list ? "[]." : "."), field.inside, required);
    }
}

Required required_of(const std::string& file) {
    Required required;
    const auto add = [&required, &file](const char* kind) {
        return [&required, &file, kind](const std::string& name,
                                        const std::vector<FieldInfo>& fields) {
            if (name + kind == file) add_required("body.", fields, &required);
        };
    };
    for_each_message<Request>(add(".request"));
    for_each_message<Reply>(add(".reply"));
    for_each_message<EventBody>(add(".event"));
    for_each_message<Signal>(add(".signal"));
    if (file == "error") add_required("", describe_error(), &required);
    return required;
}

std::string without_indexes(const std::string& path) {
    return std::regex_replace(path, std::regex(R"(\[\d+\])"), "[]");
}

// Every field is in the file's frames, and every field of the first frame refuses null, and its
// absence as its list says.
TEST_P(Golden, EveryFieldIsThereAndChecked) {
    const Required required = required_of(GetParam().file);
    std::set<std::string> seen;
    const std::string frame = first_frame();
    for (const std::string& path : json_paths(frame)) {
        const auto field = required.find(without_indexes(path));
        if (field == required.end())
            continue;  // the envelope, a payload's inside, an event's in a page
        seen.insert(field->first);
        const Outcome nulled = outcome(change_json(frame, path, "null"));
        EXPECT_EQ(nulled.code, ErrorCode::kBadField) << path;
        EXPECT_EQ(nulled.context, path);
        if (from_client()) {
            EXPECT_EQ(nulled.id, RequestId(7));
        }
        const Outcome gone = outcome(change_json(frame, path, std::nullopt));
        EXPECT_EQ(gone.code, field->second ? ErrorCode::kBadField : ErrorCode{}) << path;
        EXPECT_EQ(gone.context, field->second ? path : "");
    }
    EXPECT_EQ(seen.size(), required.size()) << "a field is not in the golden file";
}

INSTANTIATE_TEST_SUITE_P(Messages, Golden, testing::ValuesIn(samples()), [](const auto& instance) {
    std::string name = instance.param.file;
    for (char& c : name)
        c = c == '.' ? '_' : c;
    return name;
});

template <typename Variant>
std::size_t count_samples(const std::string& kind) {
    std::size_t count = 0;
    for (const Sample& sample : samples()) {
        const std::size_t dot = sample.file.find('.');
        count += dot != std::string::npos && sample.file.substr(dot) == kind ? 1 : 0;
    }
    return count == std::variant_size_v<Variant> ? 0 : count + 1;
}

TEST(GoldenSamples, ThereIsOneForEveryMessage) {
    EXPECT_EQ(count_samples<Request>(".request"), 0U);
    EXPECT_EQ(count_samples<Reply>(".reply"), 0U);
    EXPECT_EQ(count_samples<EventBody>(".event"), 0U);
    EXPECT_EQ(count_samples<Signal>(".signal"), 0U);
}

}  // namespace
}  // namespace kumquat::proto
