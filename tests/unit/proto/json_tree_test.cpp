#include "proto/json_tree.h"

#include <string>

#include <gtest/gtest.h>

namespace kumquat::proto {
namespace {

constexpr std::size_t kBytes = 1 << 20;
constexpr std::size_t kDepth = 16;

JsonTree tree_of(std::string_view text) {
    auto tree = JsonTree::parse(text, kBytes, kDepth);
    EXPECT_TRUE(tree) << text;
    return *std::move(tree);
}

ErrorCode fault_of(std::string_view text) {
    const auto tree = JsonTree::parse(text, kBytes, kDepth);
    return tree ? ErrorCode{} : tree.error().code;
}

std::string again(std::string_view text) {
    return tree_of(text).root().text();
}

TEST(JsonTree, FindsMembers) {
    const JsonTree tree = tree_of(R"({"a":{"x":1,"y":[2]},"b":true,"":"empty"})");
    const JsonNode root = tree.root();
    EXPECT_TRUE(root.is_object());
    EXPECT_EQ(root.find("a")->find("x")->integer(), 1);
    EXPECT_EQ(root.find("a")->find("y")->first()->integer(), 2);
    EXPECT_EQ(root.find("b")->boolean(), true);
    EXPECT_EQ(root.find("")->string(), "empty");
    EXPECT_FALSE(root.find("x"));
    EXPECT_FALSE(root.find("b")->find("x"));
}

TEST(JsonTree, TheLastOfEqualNamesCounts) {
    EXPECT_EQ(tree_of(R"({"a":1,"b":[{"a":7}],"a":2})").root().find("a")->integer(), 2);
}

TEST(JsonTree, WalksThroughNestedValues) {
    const JsonTree tree = tree_of(R"([[1,[2,3]],{"a":[]},4])");
    std::string kinds;
    for (auto node = tree.root().first(); node; node = node->next()) {
        kinds += node->is_array() ? 'a' : node->is_object() ? 'o' : 'v';
    }
    EXPECT_EQ(kinds, "aov");
    EXPECT_FALSE(tree.root().next());
    EXPECT_FALSE(tree_of("[]").root().first());
    EXPECT_FALSE(tree_of("7").root().first());
    EXPECT_FALSE(tree_of("7").root().next());
}

TEST(JsonTree, StaysWholeWhenMoved) {
    JsonTree tree = tree_of(R"({"a":"x"})");
    const JsonTree moved = std::move(tree);
    EXPECT_EQ(moved.root().find("a")->string(), "x");
}

TEST(JsonTree, KnowsKindsApart) {
    const char* values[] = {"null", "true", "1", "\"1\"", "[1]", R"({"a":1})"};
    for (const char* value : values) {
        const JsonTree tree = tree_of(value);
        EXPECT_EQ(tree.root().boolean().has_value(), value == values[1]) << value;
        EXPECT_EQ(tree.root().integer().has_value(), value == values[2]) << value;
        EXPECT_EQ(tree.root().string().has_value(), value == values[3]) << value;
        EXPECT_EQ(tree.root().is_array(), value == values[4]) << value;
        EXPECT_EQ(tree.root().is_object(), value == values[5]) << value;
    }
}

TEST(JsonTree, TakesIntegersThatAllReadExactly) {
    EXPECT_EQ(tree_of("0").root().integer(), 0);
    EXPECT_EQ(tree_of("9007199254740991").root().integer(), 9007199254740991);
    for (const char* text : {"9007199254740992", "18446744073709551615", "18446744073709551616",
                             "-1", "1.0", "0.5", "1e3", "1E0", "123456789012345678901234567890"}) {
        EXPECT_FALSE(tree_of(text).root().integer()) << text;
    }
}

TEST(JsonTree, KeepsOrderAndDigits) {
    const std::string text =
        R"({"z":1,"a":[-5,0.50,1e3,1E-7,18446744073709551615,12345678901234567890123.0],"":{"n":null,"t":true,"f":false}})";
    EXPECT_EQ(again(text), text);
    EXPECT_EQ(again(" { \"b\" : [ ] ,\n\"a\":\t{ } , \"b\":\"\\u6a59\\/\" } "),
              "{\"b\":[],\"a\":{},\"b\":\"橙/\"}");
    EXPECT_EQ(again("[[],[[]],{}]"), "[[],[[]],{}]");
    EXPECT_EQ(again("\"x\""), "\"x\"");
    // A part alone.
    EXPECT_EQ(tree_of(R"([1,{"a":[2,{}]},3])").root().first()->next()->text(), R"({"a":[2,{}]})");
}

TEST(JsonTree, RefusesWhatIsNotJson) {
    for (const char* text : {"",
                             " ",
                             "{",
                             "}",
                             "[1,]",
                             "{\"a\":}",
                             "{\"a\"}",
                             "{a:1}",
                             "{'a':1}",
                             "01",
                             "+1",
                             ".5",
                             "1.",
                             "1e",
                             "0x1",
                             "NaN",
                             "Infinity",
                             "-",
                             "tru",
                             "nullx",
                             "\"",
                             "\"\\x\"",
                             "\"\\u12\"",
                             "\"\t\"",
                             "[1] [2]",
                             "{} x",
                             "// c\n1",
                             "1e999",
                             "\"\\ud800\"",
                             "\"\\udc00\"",
                             "\"\\ud800x\""}) {
        EXPECT_EQ(fault_of(text), ErrorCode::kBadFrame) << text;
    }
    EXPECT_EQ(fault_of(std::string_view("\0", 1)), ErrorCode::kBadFrame);
    EXPECT_EQ(fault_of(std::string_view("1\0", 2)), ErrorCode::kBadFrame);
}

TEST(JsonTree, TakesEscapedSurrogatePairs) {
    EXPECT_EQ(tree_of(R"("\ud83c\udf4a\u0000")").root().string(), std::string_view("🍊\0", 5));
}

TEST(JsonTree, RefusesBrokenUtf8BeforeParsing) {
    EXPECT_EQ(fault_of("\"\xff\""), ErrorCode::kBadUtf8);
    EXPECT_EQ(fault_of("\xC0\x80"), ErrorCode::kBadUtf8);
    EXPECT_EQ(fault_of("\"\xED\xA0\x80\""), ErrorCode::kBadUtf8);
}

TEST(JsonTree, CountsNestingOutsideOfStrings) {
    EXPECT_EQ(nesting("\"[[[{{{\""), 0U);
    EXPECT_EQ(nesting(R"({"a\"[[[":"\\"})"), 1U);
    EXPECT_EQ(nesting(R"([{"a":[]},[],[]])"), 3U);
    EXPECT_EQ(nesting("]]]}}[["), 2U);
    EXPECT_EQ(nesting("\"\\"), 0U);
    const std::string deep = std::string(kDepth, '[') + std::string(kDepth, ']');
    EXPECT_EQ(fault_of(deep), ErrorCode{});
    EXPECT_EQ(fault_of("[" + deep + "]"), ErrorCode::kFrameTooDeep);
    EXPECT_EQ(fault_of(std::string(kBytes, '[')), ErrorCode::kFrameTooDeep);
    EXPECT_EQ(fault_of(std::string(kBytes, '{')), ErrorCode::kFrameTooDeep);
}

TEST(JsonTree, RefusesWhatIsTooLarge) {
    const std::string full = "\"" + std::string(kBytes - 2, 'x') + "\"";
    EXPECT_EQ(fault_of(full), ErrorCode{});
    EXPECT_EQ(fault_of(full + " "), ErrorCode::kFrameTooLarge);
}

}  // namespace
}  // namespace kumquat::proto
