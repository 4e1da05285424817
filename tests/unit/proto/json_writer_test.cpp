#include "proto/json_writer.h"

#include <string>

#include <gtest/gtest.h>

#include "base/utf8.h"
#include "proto/json_tree.h"

namespace kumquat::proto {
namespace {

std::string json_of(std::string_view value) {
    JsonWriter json;
    json.string(value);
    return json.take();
}

TEST(JsonWriter, SeparatesMembersAndElements) {
    JsonWriter json;
    json.begin_object();
    json.name("a");
    json.begin_array();
    json.integer(1);
    json.boolean(true);
    json.begin_object();
    json.end_object();
    json.begin_array();
    json.end_array();
    json.string("x");
    json.end_array();
    json.name("b");
    json.raw("null");
    json.end_object();
    EXPECT_EQ(json.take(), R"({"a":[1,true,{},[],"x"],"b":null})");
}

TEST(JsonWriter, EscapesWhatMustBe) {
    EXPECT_EQ(json_of("a\"b\\c/"), R"("a\"b\\c/")");
    EXPECT_EQ(json_of("\b\f\n\r\t"), R"("\b\f\n\r\t")");
    EXPECT_EQ(json_of(std::string_view("\0\x1f\x7f", 3)), "\"\\u0000\\u001f\x7f\"");
    EXPECT_EQ(json_of("小橙子 🍊"), "\"小橙子 🍊\"");
    EXPECT_EQ(json_of(""), "\"\"");
}

TEST(JsonWriter, ReplacesBrokenUtf8) {
    EXPECT_EQ(json_of("a\xff\xfe b"), "\"a\xEF\xBF\xBD\xEF\xBF\xBD b\"");
    EXPECT_EQ(json_of("橙\xE6\xA9"), "\"橙\xEF\xBF\xBD\xEF\xBF\xBD\"");
}

TEST(JsonWriter, EveryByteComesBack) {
    for (int byte = 0; byte < 128; ++byte) {
        const std::string value(3, static_cast<char>(byte));
        const auto tree = JsonTree::parse(json_of(value), 100, 1);
        ASSERT_TRUE(tree) << byte;
        EXPECT_EQ(tree->root().string(), value) << byte;
    }
}

TEST(JsonWriter, WritesIntegersToTheEnds) {
    JsonWriter json;
    json.begin_array();
    json.integer(0);
    json.integer(INT64_MAX);
    json.integer(INT64_MIN);
    json.end_array();
    EXPECT_EQ(json.take(), "[0,9223372036854775807,-9223372036854775808]");
}

}  // namespace
}  // namespace kumquat::proto
