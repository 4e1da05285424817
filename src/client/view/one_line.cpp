#include "client/view/one_line.h"

#include "base/utf8.h"

namespace kumquat::client {

std::string one_line(std::string_view text, std::size_t bytes_max) {
    std::string line;
    bool blank = false;
    // Blanks that are left out do not count, within reason.
    for (const char c : truncate_utf8(text, bytes_max * 2)) {
        if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
            blank = !line.empty();
            continue;
        }
        if (blank) line.push_back(' ');
        blank = false;
        line.push_back(c);
    }
    return std::string(truncate_utf8(line, bytes_max));
}

}  // namespace kumquat::client
