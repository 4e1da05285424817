// PROTOCOL.md against the code: a message, field, bound, code or close code that the book lacks or
// tells otherwise fails here.
#include <algorithm>
#include <fstream>
#include <map>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "base/error_code.h"
#include "golden/describe.h"

namespace kumquat::proto {
namespace {

std::string read_source(const std::string& path) {
    std::ifstream file(std::string(KUMQUAT_SOURCE_DIR) + "/" + path);
    EXPECT_TRUE(file.good()) << path;
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    return lines;
}

// The cells of a table's row, without blanks and without `quotes` around the first.
std::vector<std::string> cells_of(const std::string& line) {
    std::vector<std::string> cells;
    std::istringstream stream(line);
    for (std::string cell; std::getline(stream, cell, '|');) {
        cell.erase(0, cell.find_first_not_of(' '));
        cell.erase(cell.find_last_not_of(' ') + 1);
        cells.push_back(cell);
    }
    if (!cells.empty()) cells.erase(cells.begin());  // before the first bar
    return cells;
}

// Rows of tables by their first cell, for every section by its heading.
class Book {
  public:
    using Rows = std::map<std::string, std::vector<std::string>>;

    Book() {
        std::string heading;
        for (const std::string& line : lines_of(read_source("src/proto/PROTOCOL.md"))) {
            if (line.rfind("##", 0) == 0) {
                heading = line.substr(line.find(' ') + 1);
                sections_[heading];
            } else if (line.rfind("| ", 0) == 0) {
                auto cells = cells_of(line);
                sections_[heading][cells[0]] = cells;
            }
        }
    }

    bool has(const std::string& heading) const { return sections_.count(heading) > 0; }
    const Rows& rows(const std::string& heading) const { return sections_.at(heading); }

  private:
    std::map<std::string, Rows> sections_;
};

const Book& book() {
    static const Book the_book;
    return the_book;
}

std::string with_commas(std::size_t number) {
    std::string text = std::to_string(number);
    for (std::size_t at = text.size(); at > 3;)
        text.insert(at -= 3, ",");
    return text;
}

void expect_field(const std::string& heading, const FieldInfo& field) {
    const auto& rows = book().rows(heading);
    const auto found = rows.find("`" + field.name + "`");
    ASSERT_NE(found, rows.end()) << heading << " lacks " << field.name;
    const std::vector<std::string>& row = found->second;
    ASSERT_EQ(row.size(), 4U) << heading << "." << field.name;
    EXPECT_EQ(row[1], field.type) << heading << "." << field.name;
    EXPECT_EQ(row[2], field.required ? "required" : "optional") << heading << "." << field.name;
    if (field.bounds.bytes_max != Bounds{}.bytes_max) {
        EXPECT_NE(row[3].find(with_commas(field.bounds.bytes_max) + " bytes"), std::string::npos)
            << heading << "." << field.name << " does not tell its bound: " << row[3];
    }
    if (field.bounds.least > 0) {
        const std::string least = std::to_string(field.bounds.least);
        EXPECT_NE(row[3].find(least), std::string::npos) << heading << "." << field.name;
    }
}

void expect_fields(const std::string& heading, const std::vector<FieldInfo>& fields) {
    ASSERT_TRUE(book().has(heading)) << "no section " << heading;
    for (const FieldInfo& field : fields)
        expect_field(heading, field);
    // And no field that the code does not have; the table's head and rule are two rows more.
    const std::size_t expected = fields.empty() ? 0 : fields.size() + 2;
    EXPECT_EQ(book().rows(heading).size(), expected)
        << heading << " has other fields than the code";
}

template <typename T>
void expect_part() {
    expect_fields(std::string(kPartName<T>), describe<T>());
}

TEST(Book, HasEveryRequest) {
    for_each_message<Request>(
        [](const std::string& name, const auto& fields) { expect_fields(name, fields); });
}

TEST(Book, HasEveryReply) {
    for_each_message<Reply>([](const std::string& name, const auto& fields) {
        expect_fields(name + " reply", fields);
    });
}

TEST(Book, HasEveryEvent) {
    for_each_message<EventBody>([](const std::string& name, const auto& fields) {
        expect_fields(name + " event", fields);
    });
}

TEST(Book, HasEverySignal) {
    for_each_message<Signal>([](const std::string& name, const auto& fields) {
        expect_fields(name + " signal", fields);
    });
}

TEST(Book, HasEveryPart) {
    expect_part<Profile>();
    expect_part<ClientMessageId>();
    expect_part<Body>();
    expect_part<Image>();
    expect_part<Rendition>();
    expect_part<Message>();
    expect_part<Friend>();
    expect_part<Account>();
    expect_part<FriendRequest>();
    expect_part<ConversationState>();
    expect_part<SessionInfo>();
    expect_part<Conversation>();
    expect_part<Limits>();
    expect_fields("error", describe_error());
}

TEST(Book, HasEveryWord) {
    std::string text = read_source("src/proto/PROTOCOL.md");
    for (const auto& [value, word] : kWireWords<SignInMode>) {
        EXPECT_NE(text.find("`" + std::string(word) + "`"), std::string::npos) << word;
    }
    for (const auto& [value, word] : kWireWords<GetHistory::Anchor>) {
        EXPECT_NE(text.find("`" + std::string(word) + "`"), std::string::npos) << word;
    }
    for (const auto& [value, word] : kWireWords<AllowType>) {
        EXPECT_NE(text.find("`" + std::string(word) + "`"), std::string::npos) << word;
    }
}

struct Code {
    std::string name;
    std::int64_t number;
    std::string text;
};

TEST(Book, HasEveryErrorCode) {
    const Code codes[] = {
#define KUMQUAT_X(name, number, text) {#name, number, text},
        KUMQUAT_ERROR_CODES(KUMQUAT_X)
#undef KUMQUAT_X
    };
    const auto& rows = book().rows("Codes");
    for (const Code& code : codes) {
        const auto row = rows.find(std::to_string(code.number));
        ASSERT_NE(row, rows.end()) << code.name;
        const bool ours = code.number >= 199000 && code.number <= 199999;
        const std::vector<std::string> expected{row->first, "`" + code.name + "`",
                                                ours ? "ours" : "TIM", code.text};
        EXPECT_EQ(row->second, expected);
    }
    EXPECT_EQ(rows.size(), std::size(codes) + 2)
        << "the book has codes that the code does not have";
}

TEST(Book, HasEveryCloseCode) {
    const Code codes[] = {
#define KUMQUAT_X(name, number, text) {#name, number, text},
        KUMQUAT_CLOSE_CODES(KUMQUAT_X)
#undef KUMQUAT_X
    };
    const auto& rows = book().rows("Close codes");
    for (const Code& code : codes) {
        const auto row = rows.find(std::to_string(code.number));
        ASSERT_NE(row, rows.end()) << code.name;
        EXPECT_EQ(row->second,
                  (std::vector<std::string>{row->first, "`" + code.name + "`", code.text}));
    }
    EXPECT_EQ(rows.size(), std::size(codes) + 2)
        << "the book has close codes that the code does not have";
}

// "128 * 1024", "10'000" and "4 * 1024 - 1", as base/limits.h writes them.
std::int64_t value_of(std::string expression) {
    const std::size_t minus = expression.find('-');
    if (minus != std::string::npos)
        return value_of(expression.substr(0, minus)) - value_of(expression.substr(minus + 1));
    expression.erase(std::remove(expression.begin(), expression.end(), '\''), expression.end());
    std::int64_t product = 1;
    std::istringstream stream(expression);
    for (std::string factor; std::getline(stream, factor, '*');)
        product *= std::stoll(factor);
    return product;
}

// base/limits.h has no list to walk through, so its text is read.
TEST(Book, HasEveryLimit) {
    const std::regex limit(R"(^inline constexpr std::\w+ (k\w+) = ([^;]+);)");
    const auto& rows = book().rows("Bounds");
    std::size_t count = 0;
    for (const std::string& line : lines_of(read_source("src/base/limits.h"))) {
        std::smatch match;
        if (!std::regex_search(line, match, limit)) continue;
        ++count;
        const auto row = rows.find("`" + match[1].str() + "`");
        ASSERT_NE(row, rows.end()) << match[1];
        EXPECT_EQ(row->second[1], std::to_string(value_of(match[2]))) << match[1];
    }
    EXPECT_GT(count, 20U);
    EXPECT_EQ(rows.size(), count + 2) << "the book has bounds that the code does not have";
}

}  // namespace
}  // namespace kumquat::proto
