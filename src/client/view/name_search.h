// Does a name match what was typed into a search field: as it stands, or by how it is spoken.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace kumquat::client {

/// The words of a text in lower-case ASCII, divided by single blanks, each Chinese character a word
/// of its own in pinyin: "小橙子 Wu2" gives "xiao cheng zi wu2". The page's; may be empty, then
/// nothing is found by sound.
using Spelling = std::function<std::string(std::string_view)>;

/// Lower case for ASCII; everything else stays.
std::string folded(std::string_view text);

/// `wanted`, folded and not empty, stands somewhere in `name`, or can be put together from the
/// beginnings of words of it that follow each other: "xcz", "xiaocheng" and "xchz" match 小橙子,
/// and so does "cz".
bool name_matches(std::string_view name, std::string_view wanted, const Spelling& spelling);

}  // namespace kumquat::client
