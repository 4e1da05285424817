// Puts JSON text together, member by member. Total: whatever the strings hold, the result is valid
// JSON in valid UTF-8.
//
// Written by hand rather than through the JSON library: members keep the order of their field list,
// and no tree is built for each of the many frames that a server sends.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace kumquat::proto {

class JsonWriter {
  public:
    void begin_object() { open('{'); }
    void end_object() { close('}'); }
    void begin_array() { open('['); }
    void end_array() { close(']'); }
    /// The next member's name, inside an object.
    void name(std::string_view member);

    void string(std::string_view value);
    void integer(std::int64_t value);
    void boolean(bool value);
    /// A value that is JSON text already.
    void raw(std::string_view json);

    std::string take() { return std::move(text_); }

  private:
    void open(char bracket);
    void close(char bracket);
    void separate();
    void quoted(std::string_view value);

    std::string text_;
    bool first_ = true;
};

}  // namespace kumquat::proto
