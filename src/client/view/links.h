// Web addresses in what people write.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace kumquat::client {

/// `text.substr(begin, end - begin)` is the address, with its scheme.
struct LinkRange {
    std::size_t begin = 0;
    std::size_t end = 0;

    friend bool operator==(const LinkRange&, const LinkRange&) = default;
};

/// The addresses in `text`, from first to last. http and https alone, and only with their scheme:
/// what a link leads to is what is read. It ends before a blank, before what no address has, and
/// before punctuation that belongs to the sentence around it; a host ends before the first
/// character beyond ASCII too, for Chinese goes on without a blank.
std::vector<LinkRange> find_links(std::string_view text);

}  // namespace kumquat::client
